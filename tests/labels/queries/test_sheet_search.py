"""The filters of fiches, and the counts beside them: the same rule read in two ways."""

import datetime as dt

import pytest
from django.utils import timezone

from atlaas.models import PublicSheet
from labels.queries.category import category_rule
from labels.queries.sheet_facets import facets
from labels.queries.sheet_search import count, matching
from labels.queries.sheet_vocabulary import read
from labels.rules.sheet_filters import FACETS
from tests.factories.atlaas import (
    CommuneFactory,
    GroupFactory,
    ServiceFactory,
    agent_of,
    an_enjeu,
    published_sheet,
)
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    """Four fiches: a village's ended event, a town's two, a group's."""
    EditionFactory()
    schools = ServiceFactory(code="ECO-1", name="Écoles", enjeu=an_enjeu("ECO", "Éducation"))
    health = ServiceFactory(code="SAN-1", name="Santé", enjeu=an_enjeu("SAN", "Santé"))
    village = CommuneFactory(code="01001", population=800)
    town = CommuneFactory(code="02001", population=30_000)
    group = GroupFactory(code="200000001", population=120_000)
    ended = {"is_running": False, "ended_on": dt.date(2025, 1, 1)}
    return {
        "fête": published_sheet(
            village, by=agent_of(village), title="Fête", kind="evenement", services=[schools], **ended
        ),
        "école": published_sheet(town, by=agent_of(town), title="École", services=[schools, health]),
        "santé": published_sheet(town, by=agent_of(town), title="Santé", services=[health]),
        "fibre": published_sheet(group, by=agent_of(group), title="Fibre", kind="lieu", services=[schools]),
    }


def found(user=None, **asked):
    sheets = matching(read(asked).filters, user)
    return sorted(sheets.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["Fibre", "Fête", "Santé", "École"]),
        ({"service": "SAN-1"}, ["Santé", "École"]),
        ({"enjeu": "education"}, ["Fibre", "Fête", "École"]),
        ({"famille": "famille-d-essai"}, ["Fibre", "Fête", "Santé", "École"]),
        ({"service": "SAN-1", "enjeu": "education"}, ["École"]),
        ({"categorie": "village"}, ["Fête"]),
        ({"categorie": "ville"}, ["Santé", "École"]),
        ({"categorie": "territoire"}, ["Fibre"]),
        ({"taille": "moins-de-1000"}, ["Fête"]),
        ({"taille": "10000-49999"}, ["Santé", "École"]),
        ({"taille": "100000-et-plus"}, ["Fibre"]),
        ({"nature": "lieu"}, ["Fibre"]),
        ({"encours": "non"}, ["Fête"]),
        ({"encours": "oui"}, ["Fibre", "Santé", "École"]),
        ({"annee": "1999"}, []),
        ({"collectivite": "02001"}, ["Santé", "École"]),
        ({"q": "ecoles", "collectivite": "02001"}, ["École"]),
    ],
)
def test_matching_keeps_what_is_asked(corpus, asked, titles):
    assert found(**asked) == titles


def test_places_are_filters(corpus):
    sheet = corpus["fête"].public

    assert found(region=sheet.region.slug) == ["Fête"]
    assert found(departement=sheet.departement_id) == ["Fête"]


def test_year_is_read_on_the_clock_of_paris(corpus):
    PublicSheet.objects.update(updated_at=dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC))

    assert (len(found(annee="2026")), len(found(annee="2025"))) == (4, 0)


def test_award_overrules_the_category_of_the_rule(corpus):
    AwardFactory(collectivity=corpus["fête"].collectivity, category="ville")

    assert found(categorie="village") == []
    assert found(categorie="ville") == ["Fête", "Santé", "École"]


def test_rulebook_says_where_villages_end(corpus):
    edition = EditionFactory(year=2026, published_at=None)
    edition.rulebook.village_below = 500
    edition.rulebook.save()
    type(edition).objects.filter(pk=edition.pk).update(published_at=timezone.now())
    AwardFactory(edition=edition, collectivity=corpus["école"].collectivity, category="ville")

    assert found(categorie="village") == []


def test_commune_of_unknown_population_has_no_category(corpus):
    PublicSheet.objects.filter(title="Fête").update(population=None)

    told = counts_of()

    assert found(categorie="village") == []
    assert told["categorie"] == {"ville": 2, "territoire": 1}
    assert found(taille="moins-de-1000") == []


def counts_of(**asked):
    reading = read(asked)
    told = facets(reading.filters, reading.vocabulary, category_rule(None), None)
    return {name: {line.choice.value: line.count for line in lines} for name, lines in told.lists.items()}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "ecole"},
        {"service": "SAN-1"},
        {"categorie": "ville", "enjeu": "education"},
        {"taille": "moins-de-1000", "encours": "oui", "nature": "lieu"},
        {"collectivite": "02001", "service": "ECO-1"},
    ],
)
def test_each_count_is_what_choosing_it_finds(corpus, asked):
    reading = read(asked)

    told = facets(reading.filters, reading.vocabulary, category_rule(None), None)

    assert told.total == count(reading.filters, None)
    for name in FACETS:
        for line in told.lists[name]:
            chosen = read(asked | {name: line.choice.value}).filters
            assert (name, line.choice.value, line.count) == (name, line.choice.value, count(chosen, None))


def test_every_value_that_finds_something_is_listed(corpus):
    told = counts_of(categorie="ville")

    assert told["categorie"] == {"ville": 2, "village": 1, "territoire": 1}
    assert told["service"] == {"ECO-1": 1, "SAN-1": 2}
    assert told["nature"] == {"initiative": 2}


def test_archived_fiche_is_found_nowhere(corpus):
    PublicSheet.objects.filter(title="Fête").delete()

    assert found(categorie="village") == []
    assert "village" not in counts_of()["categorie"]
