import pytest
from django.db import connection

from atlaas.models import Succession
from labels.queries.collectivity import search, standing_for
from tests.factories.atlaas import CommuneFactory, DepartementFactory, GroupFactory
from tests.factories.labels import AwardFactory

pytestmark = pytest.mark.django_db


def found(text, **asked):
    return [one.name for one in search(text, **asked)]


@pytest.fixture
def communes():
    for name in (
        "Orléans",
        "Fleury-les-Aubrais",
        "Fleury",
        "Fleury-sur-Orne",
        "Les Ponts-de-Cé",
        "Œuilly",
        "Caen",
    ):
        CommuneFactory(name=name)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("orleans", "Orléans"),
        ("ORLÉANS", "Orléans"),
        ("Orlaens", "Orléans"),
        ("Oeuilly", "Œuilly"),
        ("œuilly", "Œuilly"),
        ("ponts de cé", "Les Ponts-de-Cé"),
        ("Pont de Ce", "Les Ponts-de-Cé"),
        ("fleury aubrais", "Fleury-les-Aubrais"),
        ("  fleury   sur ORNE ", "Fleury-sur-Orne"),
        ("flery sur orne", "Fleury-sur-Orne"),
    ],
)
def test_search_forgives_accents_and_slips(communes, text, first):
    assert found(text)[0] == first


def test_search_puts_the_exact_name_first_then_what_begins_so_then_what_is_alike(communes):
    CommuneFactory(name="Fleurey")

    assert found("fleury") == ["Fleury", "Fleury-les-Aubrais", "Fleury-sur-Orne", "Fleurey"]


def test_search_meets_codes_exactly():
    CommuneFactory(name="Ajaccio", code="2A004")
    GroupFactory(name="CC des Essais", code="200000172")

    assert (found("2a004"), found(" 200000172 "), found("2A00")) == (["Ajaccio"], ["CC des Essais"], [])


@pytest.mark.parametrize("text", ["", "   "])
def test_search_of_nothing_is_alphabetical(communes, text):
    assert found(text) == [
        "Caen",
        "Fleury",
        "Fleury-les-Aubrais",
        "Fleury-sur-Orne",
        "Les Ponts-de-Cé",
        "Œuilly",
        "Orléans",
    ]


@pytest.mark.parametrize(
    "text", ["%", "_", "!!!", "«»", "日本", "xyzzy", "\\", "'; DROP TABLE", "e" * 10_000]
)
def test_search_of_what_names_nobody_finds_nobody(communes, text):
    assert found(text) == []


def test_search_finds_one_letter_names():
    CommuneFactory(name="Y")
    CommuneFactory(name="Ypres")

    assert found("y") == ["Y", "Ypres"]


def test_search_meets_every_condition():
    caen = CommuneFactory(name="Caen")
    CommuneFactory(name="Caen-Nord", departement=DepartementFactory(region=caen.region))
    CommuneFactory(name="Caen-Ailleurs")
    GroupFactory(name="Caen la Mer", region=caen.region)
    CommuneFactory(name="Caen-Jadis", departement=caen.departement, is_current=False)

    assert found("caen", region=caen.region) == ["Caen", "Caen la Mer", "Caen-Nord"]
    assert found("caen", departement=caen.departement) == ["Caen"]
    assert found("caen", region=caen.region, kind="epci") == ["Caen la Mer"]


def test_search_by_category_reads_the_latest_award_that_shows():
    town = AwardFactory(category="village", edition__year=2024).collectivity
    AwardFactory(collectivity=town, category="ville", edition__year=2025)
    AwardFactory(collectivity=town, category="village", edition__year=2026, edition__published_at=None)

    assert [found("", category=category) for category in ("ville", "village")] == [[town.name], []]


def test_search_can_use_the_indexes_alone():
    CommuneFactory(name="Fleury")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")

    plan = search("fleury").order_by().explain()

    assert "Bitmap Index Scan on collectivity_name_trigrams" in plan
    assert "Seq Scan on atlaas_collectivity" not in plan


def test_standing_for_a_code_in_force():
    commune = CommuneFactory(code="2A004")

    assert (standing_for("2A004"), standing_for("2a004"), standing_for("2A005")) == (commune, commune, None)


def test_standing_for_a_former_code_is_the_successor():
    last = CommuneFactory(code="01003")
    middle = CommuneFactory(code="01002", is_current=False)
    CommuneFactory(code="01001", is_current=False)
    Succession.objects.create(old_code="01001", successor=middle, date="2020-01-01", source="Arrêté")
    Succession.objects.create(old_code="01002", successor=last, date="2026-01-01", source="Arrêté")
    Succession.objects.create(old_code="99001", successor=last, date="2026-01-01", source="Arrêté")

    assert [standing_for(code) for code in ("01001", "01002", "01003", "99001")] == [last] * 4


def test_standing_for_a_former_code_that_nobody_took_over_is_itself():
    former = CommuneFactory(is_current=False)

    assert standing_for(former.code) == former
