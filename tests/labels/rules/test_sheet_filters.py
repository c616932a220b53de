import pytest

from labels.rules.sheet_filters import (
    BANDS,
    FILTERS,
    LONGEST,
    Choice,
    SheetFilters,
    cleaned,
    parse,
    shortened,
)

VILLE = Choice("ville", "ville")
NORTH = Choice("59", "Nord", "59")
KNOWN = {"categorie": {"ville": VILLE}, "departement": {"59": NORTH}}


def test_parse_reads_what_is_known():
    found = parse({"q": " bus  ", "categorie": "ville", "departement": "59", "tri": "date"}, KNOWN)

    assert found.filters == SheetFilters(q="bus", categorie=VILLE, departement=NORTH, tri="date")
    assert found.unread == ()


def test_parse_says_what_it_left_aside():
    found = parse(
        {"q": "x" * 201, "categorie": "bourg", "region": "y" * 90, "tri": "nom", "autre": "1"}, KNOWN
    )

    assert found.filters == SheetFilters(q="x" * LONGEST)
    assert [one.name for one in found.unread] == ["q", "region", "categorie", "tri"]
    assert found.unread[2].sentence == (
        "Catégorie : « bourg » n’est pas une valeur connue, ce filtre n’est pas appliqué."
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\x00bus\x00", "bus"),
        ("a\nb", "a b"),
        ("x" * 10**6, "x" * 800),
        ("\ud83d", ""),
        ("  ", ""),
        ("é", "é"),
    ],
)
def test_cleaned_keeps_nothing_that_postgresql_refuses(given, kept):
    assert cleaned(given) == kept


@pytest.mark.parametrize(("value", "told"), [("court", "court"), ("x" * 61, "x" * 60 + "…")])
def test_shortened(value, told):
    assert shortened(value) == told


def test_one_search_has_one_address():
    filters = SheetFilters(q="bus & vélo", departement=NORTH, categorie=VILLE)

    assert filters.query() == "?q=bus+%26+v%C3%A9lo&departement=59&categorie=ville"
    assert filters.query(tri="date", q="") == "?departement=59&categorie=ville&tri=date"
    assert SheetFilters().query() == ""


@pytest.mark.parametrize(
    ("filters", "order"),
    [
        (SheetFilters(), "date"),
        (SheetFilters(tri="pertinence"), "date"),
        (SheetFilters(q="bus"), "pertinence"),
        (SheetFilters(q="bus", tri="date"), "date"),
    ],
)
def test_order_is_relevance_only_with_a_text(filters, order):
    assert filters.order == order


def test_without_takes_one_thing_back():
    filters = SheetFilters(q="bus", categorie=VILLE)

    assert filters.without("q") == SheetFilters(categorie=VILLE)
    assert filters.without("categorie") == SheetFilters(q="bus")
    assert (bool(filters), bool(SheetFilters(tri="date"))) == (True, False)


def test_bands_follow_each_other_without_hole():
    assert [band.under for band in BANDS] == [*(band.least for band in BANDS[1:]), None]


def test_every_filter_is_a_field():
    assert set(FILTERS) <= set(SheetFilters.__dataclass_fields__)
