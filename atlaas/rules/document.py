"""PDF made by typst: a template and facts in, a tagged document out (PDF/UA-1); the same input makes the same file."""

import json
from datetime import datetime

import typst

from atlaas.rules.drawable import drawable
from atlaas.rules.picture import fonts


def pdf(template: bytes, facts: object, *, made_at: datetime) -> bytes:
    """The facts reach the template as JSON (`json(bytes(sys.inputs.facts))`), never as markup; `made_at` dates the file.

    A sign that no font draws is left out (« □ » for a letter): the standard would refuse the document.
    """
    made = typst.compile(
        template,
        font_paths=fonts(),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
        sys_inputs={"facts": json.dumps(drawable(facts), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
