"""PDF made by typst: a template and facts in, a tagged document out (PDF/UA-1); the same input makes the same file."""

import json
from collections.abc import Mapping
from datetime import datetime

import typst

from atlaas.rules.drawable import drawable
from atlaas.rules.picture import fonts

MAIN = "main.typ"


def pdf(
    template: bytes, facts: object, *, made_at: datetime, beside: Mapping[str, bytes] | None = None
) -> bytes:
    """The facts reach the template as JSON (`json(bytes(sys.inputs.facts))`), never as markup; `made_at` dates the file.

    A sign that no font draws is left out (« □ » for a letter): the standard would refuse the document.
    `beside` holds what the template imports, by name: the look that documents share.
    """
    made = typst.compile(  # type: ignore[call-overload]  # several files by name: its stubs forget them
        {MAIN: template, **(beside or {})},
        font_paths=fonts(),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
        sys_inputs={"facts": json.dumps(drawable(facts), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
