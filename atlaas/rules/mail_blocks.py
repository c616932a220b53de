"""The HTML of a plain mail is the same text, cut into what a reader sees: paragraphs, lists, a link, a code."""

import re
from dataclasses import dataclass

CODE = re.compile(r"[0-9A-Z]{2,}(?:-[0-9A-Z]{2,})+")
LINK = re.compile(r"https?://\S+")
ITEM = "- "


@dataclass(frozen=True)
class Block:
    """`kind` is paragraph, list, link or code; `lines` are without their marks, one only for a link or a code."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """Cut a text at its empty lines."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [_block([line.strip() for line in part.splitlines()]) for part in parts if part.strip()]


def _block(lines: list[str]) -> Block:
    if all(line.startswith(ITEM) for line in lines):
        return Block("list", tuple(line.removeprefix(ITEM) for line in lines))
    if len(lines) == 1 and LINK.fullmatch(lines[0]):
        return Block("link", tuple(lines))
    if len(lines) == 1 and CODE.fullmatch(lines[0]):
        return Block("code", tuple(lines))
    return Block("paragraph", (" ".join(lines),))
