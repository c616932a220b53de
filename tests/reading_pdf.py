"""What a reader finds in a PDF of ours: its text, page by page, and what makes it accessible."""

import io

import pikepdf
import pypdfium2


def pages_of(content):
    """The text of each page, its line ends as spaces."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text_of(content):
    return " ".join(pages_of(content))


def accessibility_of(content):
    """What PDF/UA-1 asks at least: (tagged, title, shown as the title, language, part of the standard)."""
    with pikepdf.open(io.BytesIO(content)) as document:
        root = document.Root
        with document.open_metadata() as metadata:
            return (
                bool(root.MarkInfo.Marked),
                str(metadata["dc:title"]),
                bool(root.ViewerPreferences.DisplayDocTitle),
                str(root.Lang),
                str(metadata["pdfuaid:part"]),
            )


def alternative_texts(content):
    """The alternative text of every figure, in the order of the structure tree."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return list(_alternatives(document.Root.StructTreeRoot))


def _alternatives(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _alternatives(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/Alt" in node:
            yield str(node.Alt)
        if "/K" in node:
            yield from _alternatives(node.K)
