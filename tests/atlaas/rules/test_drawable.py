import datetime as dt

import pytest

from atlaas.rules.document import pdf
from atlaas.rules.drawable import drawable
from tests.pdf import bare_text_of

SOURCE = b"""
#let facts = json(bytes(sys.inputs.facts))
#set document(title: "Essai")
#set text(font: "Source Sans Pro", lang: "fr")
#for one in facts.lines { par(text(one)) }
"""
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Où l’œuvre naît\u202f?", "Où l’œuvre naît\u202f?"),
        ("Fête 🎉 du numérique", "Fête  du numérique"),
        ("Nul\x00 et cloche\x07", "Nul et cloche"),
        ("漢字", "□□"),
        ("שלום", "שלום"),
        ("#eval(1) *gras*", "#eval(1) *gras*"),
    ],
)
def test_drawable_keeps_what_our_fonts_draw(typed, kept):
    assert drawable(typed) == kept


def test_drawable_keeps_the_shape():
    facts = {"a": ["🎉x", 3, None, True], "b": {"c": "y"}, "d": ("z",)}

    assert drawable(facts) == {"a": ["x", 3, None, True], "b": {"c": "y"}, "d": ["z"]}


def test_pdf_takes_whatever_people_type():
    lines = ["Fête 🎉", "\x00Nul", "漢字", "#eval(1) $x$"]

    made = pdf(SOURCE, {"lines": lines}, made_at=NOW)

    assert bare_text_of(made) == "Fête Nul □□ #eval(1) $x$"
