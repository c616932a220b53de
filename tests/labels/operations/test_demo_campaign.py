"""The invented campaign: every state is there, everything says that it is a demonstration."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from atlaas.models import Job
from atlaas.operations.referential import import_referential
from atlaas.rules.refusal import Refused
from labels.models import Candidacy, Derogation, Edition, Snapshot
from labels.operations.demo_campaign import build, seed_campaign
from labels.operations.demo_corpus import ask, seed
from labels.rules.demo_campaign import answer_to
from labels.rules.snapshot import sha256
from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
REFERENTIAL = Path(__file__).resolve().parents[3] / "atlaas" / "data" / "referential_2025.csv"
LAUREATES = 10


@pytest.fixture
def corpus(settings):
    """Ten laureates of a real palmarès, and their invented fiches."""
    settings.DEMO = True
    import_referential(REFERENTIAL, year=2025)
    edition = EditionFactory(year=2025)
    for place in range(LAUREATES):
        town = CommuneFactory(code=f"100{place:02}", population=800, lon=2.0 + place, lat=47.0)
        AwardFactory(edition=edition, collectivity=town, level=place % 5 + 1)
    seed(size=150, today=timezone.localdate())


def test_open_edition_has_candidacies_in_every_state(corpus):
    seed_campaign(closed=0, opened=LAUREATES)

    edition = Edition.objects.get(year=2028)
    states = Counter(edition.candidacies.values_list("state", flat=True))
    assert set(states) == {"draft", "filed", "correcting", "withdrawn"}
    assert edition.candidacies.filter(category_answer="asked").count() >= 1
    assert Derogation.objects.filter(edition=edition, state="asked").count() >= 1
    assert edition.is_demo
    assert edition.published_at is None


def test_closed_edition_is_filed_before_its_end(corpus):
    seed_campaign(closed=LAUREATES, opened=0)

    edition = Edition.objects.get(year=2027)
    told = Snapshot.objects.filter(candidacy__edition=edition)
    assert told.count() == edition.candidacies.filter(state="filed").count() > LAUREATES / 2
    assert all(edition.opens_at < one.arrived_at < edition.closes_at for one in told)
    assert all('"is_demo":true' in one.document for one in told)


def test_campaign_twice_is_once(corpus):
    build("4:4")
    before = Snapshot.objects.count(), Candidacy.objects.count()

    build("4:4")

    assert (Snapshot.objects.count(), Candidacy.objects.count()) == before == (before[0], 8)


def test_campaign_is_refused_outside_of_the_demonstration():
    with pytest.raises(Refused, match="démonstration"):
        seed_campaign(closed=1, opened=1)


def test_campaign_needs_a_palmares(settings):
    settings.DEMO = True
    with pytest.raises(Refused, match="palmarès"):
        build("1:1")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("number", int), ("yes_no", str), ("one", str), ("several", list), ("line", str), ("text", str)],
)
def test_answers_are_of_their_kind(kind, expected):
    assert isinstance(answer_to("code", kind, ["a", "b"]), expected)


def test_the_year_before_is_filed_for_the_jury_and_wins_nothing(corpus, client):
    before = EditionFactory(year=2026, coverage="attested")
    seed_campaign(closed=LAUREATES, opened=0)

    last = {one.collectivity_id: one for one in Candidacy.objects.filter(edition__year=2027, state="filed")}
    past = {one.collectivity_id: one for one in before.candidacies.select_related("filed")}
    assert past.keys() == last.keys()
    assert not before.awards.exists()
    for place, one in past.items():
        then, now = (json.loads(each.filed.document) for each in (one, last[place]))
        assert then["edition"]["is_demo"] is True
        assert (then["edition"]["year"], one.filed.sha256) == (2026, sha256(one.filed.document))
        assert {sheet["id"] for sheet in then["sheets"]} != {sheet["id"] for sheet in now["sheets"]}
        client.force_login(one.filed.by)
        assert client.get(f"/espace/{one.collectivity.code}/candidature/2026/").status_code == 404


@pytest.mark.parametrize(("days", "is_moved"), [(0, False), (80, True)])
def test_a_demonstration_left_alone_finds_its_dates_again(corpus, days, is_moved):
    seed_campaign(closed=2, opened=2)
    for edition in Edition.objects.filter(is_demo=True):
        for name in ("opens_at", "closes_at", "jury_on", "ceremony_on"):
            setattr(edition, name, getattr(edition, name) - dt.timedelta(days=days))
        edition.save()
    stood = dict(Edition.objects.filter(is_demo=True).values_list("year", "closes_at"))

    seed_campaign(closed=2, opened=2)

    found = dict(Edition.objects.filter(is_demo=True).values_list("year", "closes_at"))
    now = timezone.now()
    assert {year: at > now for year, at in found.items()} == {2027: False, 2028: True}
    assert (found != stood) is is_moved


def test_an_invented_edition_has_its_themes(corpus):
    seed_campaign(closed=1, opened=1)

    assert {one.themes.count() for one in Edition.objects.filter(is_demo=True)} == {4}


def test_a_demonstration_that_starts_again_looks_at_its_dates(corpus):
    Job.objects.all().delete()

    assert ask(150) is False
    assert Job.objects.get().kind == "demo-campaign"


def test_an_invented_palmares_is_not_what_one_invents_from(corpus):
    seed_campaign(closed=2, opened=2)
    Edition.objects.filter(year=2027).update(published_at=timezone.now())

    seed_campaign(closed=2, opened=2)

    assert set(Edition.objects.filter(is_demo=True).values_list("year", flat=True)) == {2027, 2028}
