"""Reminders J-30, J-7, J-1 to those who have not filed."""

import datetime as dt

import pytest
from django.utils import timezone

from atlaas.models import Notice
from labels.operations.filing import correct, file
from labels.operations.reminder import remind_unfiled
from labels.queries.clock import now
from labels.tasks import remind
from tests.factories.atlaas import CommuneFactory, agent_of
from tests.factories.campaign import CandidacyFactory, SubscriptionFactory, open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://atlaas.test"


def closing_in(days, **facts):
    at = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + dt.timedelta(days=days)
    return open_edition(closes_at=at, **facts)


@pytest.mark.parametrize(
    ("days", "told"), [(31, 0), (30, 1), (28, 1), (27, 0), (8, 0), (7, 1), (5, 1), (4, 0), (1, 1)]
)
def test_team_is_told_on_three_days_and_a_little_later(days, told):
    candidacy = CandidacyFactory(edition=closing_in(days))
    agent_of(candidacy.collectivity, "contributeur")

    assert remind_unfiled(timezone.localdate()) == told
    assert Notice.objects.count() == told


def test_twice_a_day_tells_once():
    candidacy = CandidacyFactory(edition=closing_in(7))
    agent_of(candidacy.collectivity, "contributeur")

    remind()
    remind()

    assert Notice.objects.get().title.startswith("Il reste 7")


def test_the_edition_s_own_words_are_told():
    edition = closing_in(7)
    words = {"subject": "Plus que {jours}, {collectivite}", "body": "Voyez {lien}"}
    edition.mails.create(kind="reminder", **words)
    candidacy = CandidacyFactory(edition=edition)
    agent_of(candidacy.collectivity, "contributeur")

    remind_unfiled(timezone.localdate())

    told = Notice.objects.get()
    assert told.title == f"Plus que 7 jours, {candidacy.collectivity.name}"
    assert told.body.strip() == f"Voyez https://atlaas.test{told.url}"


def test_who_has_filed_is_left_alone():
    candidacy = a_complete_candidacy(edition=closing_in(7))
    file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())
    Notice.objects.all().delete()

    assert remind_unfiled(timezone.localdate()) == 0


def test_who_filed_last_year_and_has_not_begun_is_told():
    town = CommuneFactory()
    last = a_complete_candidacy(town, edition=open_edition(2030))
    file(last, by=publisher_of(town), arrived_at=now())
    Notice.objects.all().delete()
    closing_in(7, year=2031)

    assert remind_unfiled(timezone.localdate()) == 1


@pytest.mark.parametrize(("status", "told"), [("active", 1), ("pending", 1), ("ended", 0)])
def test_who_has_its_adhesion_and_has_not_begun_is_told(status, told):
    town = CommuneFactory()
    agent_of(town)
    SubscriptionFactory(collectivity=town, year=closing_in(7).year, status=status)

    assert (remind_unfiled(timezone.localdate()), Notice.objects.count()) == (told, told)


def test_a_day_that_was_told_is_not_told_the_day_after():
    candidacy = CandidacyFactory(edition=closing_in(7))
    agent_of(candidacy.collectivity, "contributeur")
    today = timezone.localdate()

    for days in range(3):
        remind_unfiled(today + dt.timedelta(days=days))

    assert Notice.objects.get().title.startswith("Il reste 7")


def test_who_corrects_has_filed_and_is_left_alone():
    candidacy = a_complete_candidacy(edition=closing_in(7))
    by = publisher_of(candidacy.collectivity)
    file(candidacy, by=by, arrived_at=now())
    correct(candidacy, by=by, arrived_at=now())
    Notice.objects.all().delete()

    assert remind_unfiled(timezone.localdate()) == 0
