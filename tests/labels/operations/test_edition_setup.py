"""A new edition from the previous one, and its dates."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Conflict, Refused
from labels.management.commands.import_edition_kit import KIT
from labels.models import EditionMailText, Question, Rulebook
from labels.operations.edition_kit import import_edition_kit
from labels.operations.edition_setup import SETTINGS, make_edition, set_dates
from labels.queries.mark import mark_of
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
DAY = dt.timedelta(days=1)


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


@pytest.fixture
def previous():
    edition = open_edition(2030)
    import_edition_kit(KIT, year=2030)
    Rulebook.objects.filter(edition=edition).update(most_flagships=4)
    EditionMailText.objects.create(edition=edition, kind="receipt", subject="Reçu", body="Bien reçu.")
    edition.refresh_from_db()
    return edition


def dates(**facts):
    now = timezone.now().replace(second=0, microsecond=0)
    words = {
        "opens_at": now + dt.timedelta(days=10),
        "closes_at": now + dt.timedelta(days=100),
        "closing_clock": "local",
        "jury_on": (now + dt.timedelta(days=120)).date(),
        "ceremony_on": (now + dt.timedelta(days=150)).date(),
    }
    return words | facts


def test_a_new_edition_is_a_copy_that_lives_its_own_life(previous, organiser):
    made = make_edition(2031, previous=previous, by=organiser, dates=dates())

    assert (made.made_from, made.closing_clock, made.rulebook.most_flagships) == (previous, "local", 4)
    assert made.criteria.count() == previous.criteria.count() == 18
    assert Question.objects.filter(section__edition=made).count() == Question.objects.count() / 2
    assert made.mails.get().subject == "Reçu"
    made.criteria.all().delete()
    assert previous.criteria.count() == 18


def test_a_year_is_made_once(previous, organiser):
    with pytest.raises(Refused, match="existe déjà"):
        make_edition(2030, previous=previous, by=organiser, dates=dates())


def test_only_the_association_makes_one(previous):
    with pytest.raises(Refused, match="équipe de l’association"):
        make_edition(2031, previous=previous, by=UserFactory(), dates=dates())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"closes_at": None}, "clôture suit"),
        ({"closes_at": timezone.now()}, "clôture suit"),
        ({"jury_on": timezone.localdate()}, "jury suit"),
        ({"ceremony_on": timezone.localdate() + dt.timedelta(days=110)}, "jury suit"),
        ({"closes_at": dt.datetime(2199, 10, 27, 2, 30, tzinfo=PARIS)}, "l’heure change"),
    ],
)
def test_dates_that_cannot_be_are_refused(previous, organiser, facts, words):
    with pytest.raises(Refused, match=words):
        make_edition(2031, previous=previous, by=organiser, dates=dates(**facts))


def test_dates_move_until_the_window_closes(previous, organiser):
    later = previous.closes_at + dt.timedelta(days=5)
    told = dates(opens_at=previous.opens_at, closes_at=later, jury_on=None, ceremony_on=None)

    assert set_dates(previous, by=organiser, dates=told, read=mark_of(previous, SETTINGS)).closes_at == later


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ({"published_at": timezone.now()}, "ne change plus"),
        (
            {
                "opens_at": timezone.now() - dt.timedelta(days=9),
                "closes_at": timezone.now() - dt.timedelta(days=1),
            },
            "est clos",
        ),
        ({"opens_at": timezone.now() - dt.timedelta(days=9)}, "ouverture ne change plus"),
    ],
)
def test_what_has_happened_stands(organiser, stored, words):
    edition = open_edition(2030, **stored)
    with pytest.raises(Refused, match=words):
        set_dates(edition, by=organiser, dates=dates(), read=mark_of(edition, SETTINGS))


def test_a_jury_and_a_ceremony_are_put_off_after_the_closing(organiser):
    now = timezone.now()
    edition = open_edition(2030, opens_at=now - 9 * DAY, closes_at=now - DAY)
    told = {name: getattr(edition, name) for name in SETTINGS} | {
        "jury_on": (now + 30 * DAY).date(),
        "ceremony_on": (now + 60 * DAY).date(),
    }

    saved = set_dates(edition, by=organiser, dates=told, read=mark_of(edition, SETTINGS))

    assert (saved.jury_on, saved.ceremony_on) == (told["jury_on"], told["ceremony_on"])


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"opens_at": timezone.now() - 3 * DAY}, "ouverture est dans l’avenir"),
        ({"closes_at": timezone.now() - DAY}, "clôture est dans l’avenir"),
    ],
)
def test_a_date_does_not_move_into_the_past(organiser, facts, words):
    at = timezone.now() + DAY
    edition = open_edition(2030, opens_at=at, closes_at=at + 9 * DAY)
    told = {name: getattr(edition, name) for name in SETTINGS} | facts

    with pytest.raises(Refused, match=words):
        set_dates(edition, by=organiser, dates=told, read=mark_of(edition, SETTINGS))


def test_dates_changed_meanwhile_are_not_overwritten(previous, organiser):
    read = mark_of(previous, SETTINGS)
    type(previous).objects.filter(pk=previous.pk).update(jury_on=dt.date(2199, 1, 1))

    with pytest.raises(Conflict, match="Quelqu’un a changé"):
        set_dates(previous, by=organiser, dates=dates(opens_at=previous.opens_at), read=read)


@pytest.mark.parametrize(
    ("year", "facts", "words"),
    [
        (2029, {}, "ne suit pas 2030"),
        (2031, {"opens_at": timezone.now() - DAY}, "ouverture est dans l’avenir"),
    ],
)
def test_an_edition_to_come_comes_after(previous, organiser, year, facts, words):
    with pytest.raises(Refused, match=words):
        make_edition(year, previous=previous, by=organiser, dates=dates(**facts))
