"""The deadline to the second, on both clocks, where France is, the nights when the clock changes included."""

import datetime as dt
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from atlaas.rules.refusal import Refused
from labels.models import Snapshot
from labels.operations.extension import end, grant
from labels.operations.filing import correct, file, keep, resume, withdraw
from labels.queries.clock import deadline_of, now, window_for, window_of
from tests.factories.atlaas import (
    CommuneFactory,
    DepartementFactory,
    GroupFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
PLACES = {
    "Paris": ("75", "Europe/Paris"),
    "Fort-de-France": ("972", "America/Martinique"),
    "Saint-Denis": ("974", "Indian/Reunion"),
    "Mamoudzou": ("976", "Indian/Mayotte"),
    "Nouméa": ("988", "Pacific/Noumea"),
    "Papeete": ("987", "Pacific/Tahiti"),
}
# A plain night, then the nights when Paris goes back to winter and forward to summer: the wall says 23:59, or an hour of
# the morning after the change.
NIGHTS = {
    "plain": dt.datetime(2030, 11, 15, 23, 59, tzinfo=PARIS),
    "autumn, before the change": dt.datetime(2030, 10, 27, 1, 30, tzinfo=PARIS),
    "autumn, after the change": dt.datetime(2030, 10, 27, 4, 0, tzinfo=PARIS),
    "spring, before the change": dt.datetime(2030, 3, 31, 1, 30, tzinfo=PARIS),
    "spring, after the change": dt.datetime(2030, 3, 31, 4, 0, tzinfo=PARIS),
}
GRACE = 120
TAKEN = {-1: True, 0: True, GRACE - 1: True, GRACE: False, GRACE + 1: False}
SECOND = dt.timedelta(seconds=1)


def edition_closing(at, clock):
    return open_edition(opens_at=at - dt.timedelta(days=200), closes_at=at, closing_clock=clock)


def town_in(place):
    return CommuneFactory(departement=DepartementFactory(code=PLACES[place][0]))


def expected_end(at, clock, place):
    """Said another way than the rule says it: the same digits on the wall of the place."""
    if clock == "paris":
        return at
    wall = at.replace(tzinfo=None)
    return wall.replace(tzinfo=ZoneInfo(PLACES[place][1]))


@pytest.mark.parametrize(("clock", "place", "night"), list(product(("paris", "local"), PLACES, NIGHTS)))
def test_window_ends_where_the_wall_says(clock, place, night):
    at = NIGHTS[night]

    window = window_for(edition_closing(at, clock), town_in(place))

    end_at = expected_end(at, clock, place)
    assert {after: window.takes(end_at + after * SECOND) for after in TAKEN} == TAKEN
    assert window.told_end == end_at


@pytest.mark.parametrize(("clock", "place"), list(product(("paris", "local"), PLACES)))
def test_file_takes_until_the_end_of_the_grace(clock, place):
    at = NIGHTS["autumn, after the change"]
    town, edition = town_in(place), edition_closing(at, clock)
    end_at = expected_end(at, clock, place)

    filed = {}
    for after in TAKEN:
        candidacy = a_complete_candidacy(town, edition=edition)
        try:
            snapshot = file(candidacy, by=publisher_of(town), arrived_at=end_at + after * SECOND)
            filed[after] = snapshot.arrived_at == end_at + after * SECOND
        except Refused:
            filed[after] = False
        candidacy.steps.all().delete()
        type(candidacy).objects.filter(pk=candidacy.pk).update(state="draft", filed=None)

    assert filed == TAKEN


def test_file_before_the_opening_says_when_it_opens():
    candidacy = a_complete_candidacy()

    with pytest.raises(Refused, match="n’est pas encore ouvert : il ouvre le"):
        file(
            candidacy, by=publisher_of(candidacy.collectivity), arrived_at=candidacy.edition.opens_at - SECOND
        )


def test_file_too_late_names_the_closing_and_not_the_grace():
    candidacy = a_complete_candidacy(edition=edition_closing(NIGHTS["plain"], "paris"))
    late = NIGHTS["plain"] + dt.timedelta(seconds=GRACE)

    with pytest.raises(Refused) as refusal:
        file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=late)

    assert "vendredi 15\u00a0novembre 2030 à 23\u00a0h\u00a059 (heure de Paris)" in str(refusal.value)
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("verb", [correct, withdraw])
def test_steps_of_people_close_with_the_window(verb):
    candidacy = a_complete_candidacy()
    by, closes = publisher_of(candidacy.collectivity), candidacy.edition.closes_at
    file(candidacy, by=by, arrived_at=now())

    with pytest.raises(Refused, match="est clos depuis"):
        verb(candidacy, by=by, arrived_at=closes + dt.timedelta(seconds=GRACE))

    candidacy.refresh_from_db()
    assert candidacy.state == "filed"


def test_keep_is_possible_after_the_closing():
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)
    snapshot = file(candidacy, by=by, arrived_at=now())
    correct(candidacy, by=by, arrived_at=now())
    edition = candidacy.edition
    edition.closes_at = now() - dt.timedelta(days=1)
    edition.save()

    kept = keep(candidacy, by=by)

    assert (kept.state, kept.filed) == ("filed", snapshot)


def test_resume_asks_for_an_open_window():
    candidacy = a_complete_candidacy(state="withdrawn")

    with pytest.raises(Refused, match="est clos depuis"):
        resume(
            candidacy,
            by=publisher_of(candidacy.collectivity),
            arrived_at=candidacy.edition.closes_at + dt.timedelta(seconds=GRACE),
        )


def closed_candidacy():
    closes = now() - dt.timedelta(hours=1)
    return a_complete_candidacy(edition=open_edition(closes_at=closes))


def test_extension_lets_one_candidacy_file_late():
    late, other = closed_candidacy(), None
    other = a_complete_candidacy(edition=late.edition)
    until = now() + dt.timedelta(hours=2)

    grant(late, until, "Panne de la fibre dans la commune.", UserFactory(is_organiser=True))

    assert file(late, by=publisher_of(late.collectivity), arrived_at=until + (GRACE - 1) * SECOND).rank == 1
    with pytest.raises(Refused, match="est clos depuis"):
        file(other, by=publisher_of(other.collectivity), arrived_at=now())


def test_extension_expires():
    candidacy = closed_candidacy()
    until = now() + dt.timedelta(hours=2)
    grant(candidacy, until, "Panne.", UserFactory(is_organiser=True))

    assert not window_of(candidacy).takes(until + GRACE * SECOND)


def test_extension_ended_closes_at_once():
    candidacy = closed_candidacy()
    organiser = UserFactory(is_organiser=True)
    extension = grant(candidacy, now() + dt.timedelta(hours=2), "Panne.", organiser)

    ended = end(extension, organiser)

    assert ended.ended_at is not None
    assert not window_of(candidacy).takes(now())


def test_extension_of_a_group_overseas_follows_its_region():
    group = GroupFactory(region=RegionFactory(code="02"), departement=None)
    at = NIGHTS["plain"]

    window = window_for(edition_closing(at, "local"), group)

    assert window.closes_at == dt.datetime(2030, 11, 16, 3, 59, tzinfo=dt.UTC)


def test_window_of_an_edition_without_campaign_is_refused():
    with pytest.raises(Refused, match="ne reçoit pas de candidature"):
        window_for(open_edition(opens_at=None, closes_at=None), CommuneFactory())


def test_deadline_tells_the_extension_and_hides_the_grace():
    candidacy = closed_candidacy()
    collectivity, edition = candidacy.collectivity, candidacy.edition
    before = deadline_of(edition, collectivity)
    until = now() + dt.timedelta(hours=2)

    grant(candidacy, until, "Panne.", UserFactory(is_organiser=True))

    after = deadline_of(edition, collectivity)
    assert (before.is_open, before.is_extended, before.end) == (False, False, edition.closes_at)
    assert (after.is_open, after.is_extended, after.end) == (True, True, until)


def test_now_moves_inside_a_transaction():
    assert now() < now()
