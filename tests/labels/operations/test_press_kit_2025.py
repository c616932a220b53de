"""The press kit of 2025: the printed list whole, and every figure of the PDF that of the page and of the API."""

import csv
from collections import defaultdict

import pytest
from django.db import transaction

from atlaas.rules.text import expanded, fold
from labels.choices import Category
from labels.models import Edition
from labels.operations.demo import LABEL, load_committed_data
from labels.queries.press_kit import document_of
from tests.labels.press_kit import (
    figure,
    page_sections,
    pdf_lines,
    pdf_of,
    pdf_rows,
    plain,
    press_kit_page,
    press_kit_pdf,
    press_kit_table,
    words_of,
)
from tests.pdf import faults_of

pytestmark = pytest.mark.django_db
TOTAL = (169, 45, 12, 226, 13, 10, 480, 4358569)
ATTESTED_TEN = 13


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker, tmp_path_factory):
    """All the committed data, loaded once for the module and undone after it, its files in a folder of their own."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        load_committed_data(lambda _line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kit(committed):
    return document_of(Edition.objects.select_related("rulebook").get(year=2025))


@pytest.fixture
def rows(committed, client):
    """The figures that the API gives, by région and category."""
    found = client.get("/api/v1/statistiques/2025/").json()["rows"]
    return {(one["region"] and one["region"]["name"], one["category"]): one for one in found}


def printed():
    """The transcription of pages 20 to 26 of the document: 226 lines, by région."""
    found = defaultdict(list)
    with (LABEL / "palmares_2025_as_printed.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            found[fold(line["region"])].append((line["name_as_printed"], int(line["arobases_as_printed"])))
    return found


def test_pdf_holds_the_printed_list_whole(kit, client):
    words = words_of(client)
    variants = {expanded(row[1]): expanded(row[0]) for row in kit["names"]["rows"]}
    assert all(plain(f"{row[0]} {row[1]} {row[2]}") in words for row in kit["names"]["rows"])

    listed = {
        fold(name): sorted(
            (variants.get(expanded(one["name"]), expanded(one["name"])), level(one)) for one in lines
        )
        for name, lines in pdf_lines(client, [region["name"] for region in kit["list"]]).items()
    }

    titled = {expanded(one["name"]) for one in kit["ten"]["names"]}
    legible = {fold("Île-de-France"), fold("Hauts-de-France")}
    expected = {
        region: sorted(
            (expanded(name), as_read(expanded(name), count, titled, region in legible))
            for name, count in lines
        )
        for region, lines in printed().items()
    }
    assert sum(map(len, expected.values())) == 226
    assert listed == expected


def level(line):
    return line["level"].removesuffix(" *")


def as_read(name, count, titled, is_legible):
    """How the rule of levels reads a number of @ on paper."""
    if name in titled:
        return "5 @"
    if count == 4 and not is_legible:
        return "4 ou 5 @"
    return f"{min(5, count)} @"


def test_the_page_lists_what_the_pdf_lists(committed, client):
    listed = page_sections(client)
    drawn = pdf_lines(client, list(listed))

    assert {
        name: [(one["name"], one["category"], one["level"]) for one in lines] for name, lines in drawn.items()
    } == {
        name: [(plain(one["name"]), one["category"], one["level"]) for one in lines]
        for name, lines in listed.items()
    }


@pytest.mark.parametrize("reader", [press_kit_page, press_kit_pdf, press_kit_table])
def test_regions_sum_to_the_total(committed, client, reader):
    regions, categories, total = reader(client)

    assert (regions["Normandie"], regions["Mayotte"]) == (14, 1)
    assert (sum(regions.values()), categories, total) == (226, (169, 45, 12), 226)


def test_every_figure_by_region_is_that_of_the_api(kit, rows, client):
    drawn = pdf_rows(client, [region["name"] for region in kit["list"]])

    expected = {
        name or "France": (
            *(rows.get((name, one), {}).get("laureates", 0) for one in Category.values),
            *(found[key] for key in ("laureates", "ten", "mentions", "communes", "inhabitants")),
        )
        for (name, category), found in rows.items()
        if not category
    }
    assert (drawn, drawn["France"]) == ({plain(name): figures for name, figures in expected.items()}, TOTAL)


def test_every_figure_by_level_and_category_is_that_of_the_api(kit, rows, client):
    words, page = words_of(client), plain(client.get("/palmares/2025/dossier-de-presse/").content.decode())

    counts = {
        one["label"]: (
            *(rows[None, category]["levels"][rank]["count"] for category in Category.values),
            one["count"],
        )
        for rank, one in enumerate(rows[None, ""]["levels"])
    }
    told = {plain(label): tuple(figure(one) for one in figures) for label, *figures in kit["levels"]["rows"]}
    assert told == {plain(label): figures for label, figures in counts.items()}
    for row in [*kit["levels"]["rows"], kit["levels"]["total"]]:
        assert plain(" ".join(row)) in words
        assert all(plain(cell) in page for cell in row)


def test_titles_and_mentions_are_those_of_the_api(kit, client):
    words = words_of(client)
    laureates = client.get("/api/v1/palmares/2025/").json()["laureates"]

    titled = {one["collectivity"]["name"] for one in laureates if one["is_ten"]}
    given = {(theme, one["collectivity"]["name"]) for one in laureates for theme in one["mentions"]}

    assert {one["name"] for one in kit["ten"]["names"]} == titled
    assert len(titled) == ATTESTED_TEN
    assert {(group["theme"], one["name"]) for group in kit["mentions"] for one in group["names"]} == given
    drawn = pdf_lines(client, [region["name"] for region in kit["list"]])
    assert sum(bool(one["ten"]) for lines in drawn.values() for one in lines) == 13
    assert sum(one["mentions"].count(", mention ") for lines in drawn.values() for one in lines) == 10
    assert "13 titres 2025\u202f; titulaires 2023 et 2024 non connus ici." in words


def test_key_figures_differences_and_roster_are_in_page_and_pdf(kit, client):
    words, page = words_of(client), plain(client.get("/palmares/2025/dossier-de-presse/").content.decode())

    for one in kit["figures"]:
        assert plain(f"{one['value']} {one['words']}") in words
        assert f"<dd> {plain(one['value'])} </dd>" in page
    assert len(kit["differences"]["rows"]) == 6
    assert all(
        plain(f"{printed_as} {computed}") in words for *_, printed_as, computed in kit["differences"]["rows"]
    )
    assert len(kit["jury"]["members"]) == 16
    assert all(plain(one["name"]) in words and plain(one["name"]) in page for one in kit["jury"]["members"])


def test_pdf_of_the_edition_is_accessible(committed, client):
    assert faults_of(pdf_of(client), title="Dossier de presse, palmarès 2025") == []
