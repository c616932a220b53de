"""Text of people to HTML: CommonMark, then our own short list of tags; images only from our own host."""

import re

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "p",
    "br",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "blockquote",
    "a",
    "code",
    "pre",
    "hr",
    "img",
}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
OWN_PICTURE = re.compile(r"^/fiches/[0-9a-f-]{36}/pieces/[0-9a-f-]{36}/$")
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})


def html_of(text: str) -> str:
    """The cleaned HTML of a Markdown text; titles begin at h3, since a page has its own h1 and h2."""
    return nh3.clean(
        _shifted(_parser.render(text)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
        clean_content_tags={"script", "style"},
    )


def plain(text: str) -> str:
    """The words alone, for feeds, mails and searches."""
    bare = nh3.clean(_parser.render(text), tags=set())
    return re.sub(r"\s+", " ", bare).strip()


def _shifted(html: str) -> str:
    html = re.sub(r"<(/?)h[3-6]>", r"<\1h4>", html)
    return re.sub(r"<(/?)h[12]>", r"<\1h3>", html)


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not OWN_PICTURE.match(value):
        return None
    return value
