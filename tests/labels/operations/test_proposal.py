"""What a jury proposes to the palmarès of its edition."""

import datetime as dt

import pghistory.models
import pytest
from django.utils import timezone

from atlaas.rules.refusal import Refused
from labels.models import Award, Edition, StatisticsRun
from labels.operations.proposal import Line, propose_awards
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.campaign import open_edition
from tests.factories.labels import AwardFactory, MentionFactory, MentionThemeFactory

pytestmark = pytest.mark.django_db
EVIDENCE = "e" * 64


@pytest.fixture
def edition():
    return open_edition()


@pytest.fixture
def place():
    return CommuneFactory()


def line(place, level=3, category="ville", *, is_ten=False, themes=()):
    return Line(place.pk, place.code, category, level, is_ten, tuple(themes))


def propose(edition, *lines):
    propose_awards(edition, lines, evidence=EVIDENCE, by=UserFactory())


def told(award):
    award.refresh_from_db()
    return award.category, award.level, award.is_ten, award.level_is_certain, award.version


def test_awards_are_made_with_their_mentions(edition, place):
    theme = MentionThemeFactory(edition=edition)

    propose(edition, line(place, 5, is_ten=True, themes=[theme.pk]))

    award = Award.objects.get()
    assert (award.collectivity, told(award)) == (place, ("ville", 5, True, True, 1))
    assert [one.theme for one in award.mentions.all()] == [theme]


def test_what_stands_already_is_not_written_anew(edition, place):
    theme = MentionThemeFactory(edition=edition)
    lines = [line(place, 4, themes=[theme.pk])]
    propose(edition, *lines)
    award, mention = Award.objects.get(), Award.objects.get().mentions.get()

    propose(edition, *lines)

    assert (told(award)[-1], award.mentions.get()) == (1, mention)


@pytest.mark.parametrize("change", [{"level": 2}, {"category": "village"}, {"level": 5, "is_ten": True}])
def test_what_changed_is_written_with_a_new_version(edition, place, change):
    propose(edition, line(place))
    award = Award.objects.get()

    propose(edition, line(place, **change))

    expected = {"category": "ville", "level": 3, "is_ten": False} | change
    assert told(award) == (*expected.values(), True, 2)


def test_what_a_jury_decided_is_certain(edition, place):
    award = AwardFactory(edition=edition, collectivity=place, level=4, level_is_certain=False)

    propose(edition, line(place, 4))

    assert told(award) == ("ville", 4, False, True, 2)


def test_mentions_follow(edition, place):
    kept, gone, new = (
        MentionThemeFactory(edition=edition, slug=slug, name=slug) for slug in ("kept", "gone", "new")
    )
    propose(edition, line(place, themes=[kept.pk, gone.pk]))

    propose(edition, line(place, themes=[kept.pk, new.pk]))

    assert {one.theme for one in Award.objects.get().mentions.all()} == {kept, new}


def test_who_is_no_longer_proposed_wins_nothing(edition, place):
    other = MentionFactory(award=AwardFactory(edition=edition)).award
    elsewhere = AwardFactory(edition=open_edition(2031))

    propose(edition, line(place))

    assert set(Award.objects.values_list("collectivity", flat=True)) == {
        place.pk,
        elsewhere.collectivity_id,
    }
    assert not Award.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_palmares_that_has_its_hour_is_not_changed(edition, place, days):
    at = timezone.now() + dt.timedelta(days=days)
    Edition.objects.filter(pk=edition.pk).update(published_at=at)

    with pytest.raises(Refused, match="Le palmarès est public"):
        propose(edition, line(place))

    assert Award.objects.count() == 0


def test_the_history_says_which_line_of_the_journal_says_so(edition, place):
    by = UserFactory()

    propose_awards(edition, [line(place)], evidence=EVIDENCE, by=by)

    metadata = pghistory.models.Events.objects.tracks(Award.objects.get()).get().pgh_context
    assert (metadata["reason"], metadata["user"]) == (f"séance du jury, journal {EVIDENCE}", by.pk)
    assert not StatisticsRun.objects.filter(edition=edition).exists()
