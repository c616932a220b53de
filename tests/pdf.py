"""What every PDF for people is checked for: its words, its tags, and PDF/UA-1 by veraPDF where that is installed."""

import io
import re
import shutil
import subprocess
from itertools import pairwise

import pikepdf
import pypdfium2

SPACES = re.compile(r"[^\S\u202f]+")
HEADING = re.compile(r"H([1-6])")


def pages_of(content):
    """The words of each page, every run of spaces as one space; a narrow one stays: it holds a number together."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [SPACES.sub(" ", page.get_textpage().get_text_bounded()).strip() for page in document]
    finally:
        document.close()


def text_of(content):
    return " ".join(pages_of(content))


def bare_pages_of(content):
    """The same with every run of spaces as one plain space, the narrow ones too."""
    return [" ".join(page.split()) for page in pages_of(content)]


def bare_text_of(content):
    return " ".join(bare_pages_of(content))


def alternative_texts(content):
    """The words that stand for each picture, in reading order."""
    return [alt for _, alt in elements_of(content) if alt]


def elements_of(content):
    """The tags in reading order, as (type, alternative text)."""
    with pikepdf.open(io.BytesIO(content)) as document:
        root = document.Root.get("/StructTreeRoot")
        roles = {str(key): str(value) for key, value in (root.get("/RoleMap") or {}).items()} if root else {}
        return list(_walk(root.get("/K"), roles)) if root else []


def _walk(node, roles):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _walk(one, roles)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        kind = str(node["/S"])
        yield roles.get(kind, kind).removeprefix("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _walk(node["/K"], roles)


def accessibility_of(content):
    """What PDF/UA-1 asks at least: (tagged, title, shown as the title, language, part of the standard)."""
    with pikepdf.open(io.BytesIO(content)) as document, document.open_metadata() as metadata:
        root = document.Root
        return (
            bool(root.MarkInfo.Marked),
            str(metadata["dc:title"]),
            bool(root.ViewerPreferences.DisplayDocTitle),
            str(root.Lang),
            str(metadata["pdfuaid:part"]),
        )


def faults_of(content, *, title):
    """What a reader of the screen would miss; empty when all is well."""
    with pikepdf.open(io.BytesIO(content)) as document:
        root = document.Root
        shown = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
        found = {
            "not tagged": not bool(root.get("/MarkInfo", {}).get("/Marked")),
            "not in French": str(root.get("/Lang", "")) != "fr",
            "title not shown": not bool(shown),
            "not PDF/UA-1": document.open_metadata().get("pdfuaid:part") != "1",
            "another title": str(document.docinfo.get("/Title", "")) != title,
        }
    tags = elements_of(content)
    levels = [int(match[1]) for kind, _ in tags if (match := HEADING.fullmatch(kind))]
    found |= {
        "a picture without words": any(kind == "Figure" and not alt for kind, alt in tags),
        "no first heading": levels[:1] != [1] or levels.count(1) != 1,
        "a level of headings is skipped": any(after > before + 1 for before, after in pairwise(levels)),
    }
    return [fault for fault, is_there in found.items() if is_there] + verapdf(content)


def verapdf(content):
    """What veraPDF says against PDF/UA-1; nothing where it is not installed."""
    program = shutil.which("verapdf")
    if program is None:
        return []
    told = subprocess.run(
        [program, "--flavour", "ua1", "--format", "text"], input=content, capture_output=True, check=False
    )
    return [] if told.stdout.startswith(b"PASS") else [told.stdout.decode(errors="replace")[:2000]]
