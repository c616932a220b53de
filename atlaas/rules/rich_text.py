"""Markdown as plain data: blocks of runs, which a page and a typst document both draw, so that both say the same words.

The same short list of marks as `rules.markdown`; what has no form in a document (pictures, raw HTML) keeps its words alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypedDict

from markdown_it import MarkdownIt
from markdown_it.token import Token

from atlaas.rules.text import french

EDGE = "\x00"  # holds the spaces at both ends of a run while its typography is set
SCHEMES = ("http://", "https://", "mailto:")
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
_parser.disable("code")


class Run(TypedDict):
    """Words in one style; `link` is an address or nothing."""

    text: str
    strong: bool
    em: bool
    link: str


class Block(TypedDict):
    """`kind` is paragraph, heading, quote, bullets or numbers; a list has `items`, the others `runs`."""

    kind: str
    runs: list[Run]
    items: list[list[Run]]


class _Piece(TypedDict):
    kind: str
    runs: list[Run]


LISTS = ("bullets", "numbers")


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text, in order; lists in lists are told in a row."""
    found: list[Block] = []
    for kind, group in groupby(_pieces(_parser.parse(text)), key=lambda piece: piece["kind"]):
        told = [piece["runs"] for piece in group]
        if kind in LISTS:
            found.append({"kind": kind, "runs": [], "items": told})
        else:
            found += [{"kind": kind, "runs": runs, "items": []} for runs in told]
    return found


def _pieces(tokens: Iterable[Token]) -> Iterator[_Piece]:
    lists: list[str] = []
    quotes, is_heading = 0, False
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append("bullets")
            case "ordered_list_open":
                lists.append("numbers")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "heading_open" | "heading_close":
                is_heading = token.nesting > 0
            case "inline":
                kind = _kind(lists, is_heading=is_heading, is_quote=quotes > 0)
                yield {"kind": kind, "runs": _runs(token.children or ())}


def _kind(lists: Sequence[str], *, is_heading: bool, is_quote: bool) -> str:
    if is_heading:
        return "heading"
    if lists:
        return lists[-1]
    return "quote" if is_quote else "paragraph"


def _runs(tokens: Iterable[Token]) -> list[Run]:
    runs: list[Run] = []
    strong = em = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                em += token.nesting
            case "link_open":
                href = str(token.attrs.get("href", ""))
                link = href if href.startswith(SCHEMES) else ""
            case "link_close":
                link = ""
            case "text" | "code_inline" | "image" | "softbreak" | "hardbreak":
                words = token.content or " "
                runs.append({"text": words, "strong": strong > 0, "em": em > 0, "link": link})
    return [{**one, "text": _typeset(one["text"])} for one in _joined(runs)]


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours in one style make one run: a line that was folded is not two."""
    found: list[Run] = []
    for one in runs:
        if found and {**found[-1], "text": ""} == {**one, "text": ""}:
            found[-1]["text"] += one["text"]
        elif one["text"]:
            found.append(one)
    return found


def _typeset(words: str) -> str:
    return french(f"{EDGE}{words}{EDGE}").strip(EDGE)
