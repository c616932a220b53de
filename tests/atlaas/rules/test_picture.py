import pytest

from atlaas.rules.picture import png

PAGE = "#let facts = json(bytes(sys.inputs.facts))\n#set page(width: 120pt, height: 63pt, margin: 0pt)\n"


def size(picture):
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def test_png_has_the_size_of_the_page():
    picture = png(PAGE + '#text(font: "Source Sans Pro", facts.name)', {"name": "L’Haÿ"})

    assert picture.startswith(b"\x89PNG")
    assert size(picture) == (120, 63)


def test_png_same_facts_make_the_same_picture():
    source = PAGE + "#facts.name"

    assert png(source, {"name": "a"}) == png(source, {"name": "a"}) != png(source, {"name": "b"})


def test_png_facts_are_no_markup():
    source = PAGE + "#facts.name"

    assert png(source, {"name": "#panic()"}).startswith(b"\x89PNG")


def test_png_several_pages_are_refused():
    with pytest.raises(TypeError, match="several pages"):
        png(PAGE + "a #pagebreak() b", {})
