import pytest

from labels.models import PrintedFigure, StatisticsRun
from labels.operations import statistics
from labels.rules.definitions import DEFINITIONS
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/statistiques/2025/"


def ask(client, url=URL):
    answer = client.get(url)
    return answer.status_code, answer.json()


def test_statistics_tells_every_row_with_definitions_and_fingerprint(client):
    award = AwardFactory(level=4, level_is_certain=False, collectivity__population=900)
    statistics.recompute("2025")

    status, answer = ask(client)

    run = StatisticsRun.objects.get()
    assert (status, answer["note"], answer["digest"]) == (200, "", run.digest)
    assert answer["computed_at"] is not None
    assert [one["key"] for one in answer["definitions"]] == [one.key for one in DEFINITIONS]
    assert [(row["region"] and row["region"]["code"], row["category"]) for row in answer["rows"]] == [
        (None, ""),
        (None, "territoire"),
        (None, "village"),
        (None, "ville"),
        (award.collectivity.region.code, ""),
        (award.collectivity.region.code, "ville"),
    ]
    france = answer["rows"][0]
    assert (france["laureates"], france["inhabitants"]) == (1, 900)
    assert {one["level"]: one["count"] for one in france["levels"]} == {
        "5": 0,
        "4-5": 1,
        "4": 0,
        "3": 0,
        "2": 0,
        "1": 0,
    }


def test_statistics_tells_what_is_printed_otherwise(client):
    edition = AwardFactory().edition
    PrintedFigure.objects.create(edition=edition, key="laureates", value=1, place="Dossier, p. 9")
    PrintedFigure.objects.create(
        edition=edition, key="cities", value=7, place="Dossier, p. 9", comment="Compte les villages"
    )
    statistics.recompute("2025")

    _, answer = ask(client)

    assert answer["differences"] == [
        {
            "key": "cities",
            "label": "villes",
            "region": None,
            "printed": 7,
            "computed": 1,
            "place": "Dossier, p. 9",
            "comment": "Compte les villages",
        }
    ]


@pytest.mark.parametrize(
    ("coverage", "note"), [("complete", "pas encore calculées"), ("attested", "que par des lignes attestées")]
)
def test_statistics_without_figures_says_why(client, coverage, note):
    EditionFactory(coverage=coverage)

    status, answer = ask(client)

    assert (status, answer["rows"], answer["computed_at"], answer["digest"], answer["differences"]) == (
        200,
        [],
        None,
        "",
        [],
    )
    assert note in answer["note"]


@pytest.mark.parametrize("year", ["2026", "1", "9" * 20, "9" * 5000])
def test_statistics_unseen_is_not_found(client, year):
    EditionFactory(year=2026, published_at=None)

    assert client.get(f"/api/v1/statistiques/{year}/").status_code == 404


def test_statistics_refuses_a_parameter(client):
    EditionFactory()

    status, answer = ask(client, f"{URL}?region=bretagne")

    assert (status, answer["detail"]) == (
        400,
        "Paramètre inconnu\u00a0: region. Paramètres possibles\u00a0: aucun.",
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_statistics_takes_the_same_queries_whatever_the_number(client, rows, django_assert_num_queries):
    AwardFactory.create_batch(rows)
    statistics.recompute("2025")

    with django_assert_num_queries(8):
        ask(client)
