"""The régions sum to the total of the edition wherever it is read, and one award altered is seen by every reader.

A new reader of a palmarès (a document, a feed) is one function more in READERS: it reads the whole list, and counts it.
"""

import csv
import io
import re
from collections import Counter

import pytest
from django.db import transaction

from labels.models import Award
from labels.operations.demo import load_committed_data
from labels.operations.statistics import recompute
from tests.labels.press_kit import press_kit_page, press_kit_pdf, press_kit_table

pytestmark = pytest.mark.django_db
CATEGORIES = ("ville", "village", "territoire")
KNOWN = {"Normandie": 14, "Mayotte": 1}


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """All the committed data, loaded once for the module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_committed_data(lambda _line: None)
        yield
        transaction.set_rollback(True)


def counted(pairs):
    """Laureates by région and by category, of a list of both."""
    listed = list(pairs)
    regions, categories = (Counter(one) for one in zip(*listed, strict=True))
    return dict(regions), tuple(categories[one] for one in CATEGORIES), len(listed)


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").split())


def palmares_csv(client):
    rows = table(client.get("/palmares/2025/palmares.csv"))
    return counted((one["region"], one["categorie"]) for one in rows)


def palmares_api(client):
    found = client.get("/api/v1/palmares/2025/").json()["laureates"]
    return counted((one["collectivity"]["region"]["name"], one["category"]) for one in found)


def palmares_geojson(client):
    found = client.get("/api/v1/palmares/2025/carte.geojson").json()["features"]
    return counted((one["properties"]["region"], one["properties"]["category"]) for one in found)


def palmares_list(client):
    """The list of the page, région by région."""
    page = client.get("/palmares/2025/").content.decode()
    pairs = []
    for section in re.findall(r'<section class="region".*?</section>', page, re.DOTALL):
        [name] = re.findall(r"<h3[^>]*>\s*<a[^>]*>([^<]*)</a>", section)
        pairs += [(name, one) for one in re.findall(r"</a> <small>(\w+)", section)]
    return counted(pairs)


def palmares_table(client):
    """The table « répartition géographique » of the page: total, villes, villages, territoires."""
    page = client.get("/palmares/2025/").content.decode()
    [drawn] = re.findall(r'<table class="by-region">.*?</table>', page, re.DOTALL)
    rows = [words(one) for one in re.findall(r"<tr>.*?</tr>", drawn, re.DOTALL)[1:]]
    read = [re.match(r"(.+?) (\d+) (\S+) (\S+) (\S+) ", one).groups() for one in rows]
    *regions, france = [(name, *(int(cell) if cell != "–" else 0 for cell in cells)) for name, *cells in read]
    return {one[0]: one[1] for one in regions}, france[2:], france[1]


def statistics_csv(client):
    rows = table(client.get("/statistiques/2025/regions.csv"))
    *regions, france = rows
    found = {one["Région"]: int(one["Lauréats"]) for one in regions}
    return (
        found,
        tuple(int(france[one]) for one in ("Villes", "Villages", "Territoires")),
        int(france["Lauréats"]),
    )


def statistics_api(client):
    rows = client.get("/api/v1/statistiques/2025/").json()["rows"]
    of = {(one["region"] and one["region"]["name"], one["category"]): one["laureates"] for one in rows}
    regions = {name: count for (name, category), count in of.items() if name and not category}
    return regions, tuple(of[None, one] for one in CATEGORIES), of[None, ""]


READERS = {
    one.__name__: one
    for one in (
        palmares_csv,
        palmares_api,
        palmares_geojson,
        palmares_list,
        palmares_table,
        statistics_csv,
        statistics_api,
        press_kit_page,
        press_kit_table,
        press_kit_pdf,
    )
}


@pytest.mark.parametrize("reader", READERS)
def test_regions_sum_to_the_total(committed, client, reader):
    regions, categories, total = READERS[reader](client)

    assert {name: regions[name] for name in KNOWN} == KNOWN
    assert (sum(regions.values()), categories, total) == (226, (169, 45, 12), 226)


@pytest.mark.parametrize("reader", READERS)
def test_one_award_taken_away_is_seen(committed, client, reader):
    Award.objects.filter(edition__year=2025, collectivity__region__name="Mayotte").delete()
    recompute("2025")

    regions, categories, total = READERS[reader](client)

    assert "Mayotte" not in regions
    assert (sum(regions.values()), sum(categories), total) == (225, 225, 225)


@pytest.mark.parametrize("reader", READERS)
def test_one_award_of_another_category_is_seen(committed, client, reader):
    award = Award.objects.filter(edition__year=2025, category="ville").order_by("pk").first()
    Award.objects.filter(pk=award.pk).update(category="village")
    recompute("2025")

    _regions, categories, total = READERS[reader](client)

    assert (categories, total) == ((168, 46, 12), 226)
