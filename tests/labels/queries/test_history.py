import datetime as dt

import pytest

from atlaas.models import Succession
from labels.queries.history import history_of
from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def edition(year, coverage="attested", **facts):
    return EditionFactory(year=year, coverage=coverage, **facts)


def test_history_runs_from_2000_to_the_latest_public_edition():
    commune = CommuneFactory()
    AwardFactory(collectivity=commune, edition=edition(2008), level=4)
    edition(2025, "complete")

    years = history_of(commune, None).years

    assert [years[0].year, years[-1].year, len(years)] == [2000, 2025, 26]
    assert [(one.year, one.shown.level) for one in years if one.shown] == [(2008, 4)]
    assert [one.year for one in years if one.is_complete and not one.awards] == [2025]
    assert [years[8].short, years[8].century, years[8].is_mark, years[10].is_mark] == [
        "08",
        "20",
        False,
        True,
    ]


def test_history_of_nothing_is_empty():
    history = history_of(CommuneFactory(), None)

    assert (history.years, history.awards, history.latest, history.titles) == ((), (), None, [])


def test_unpublished_edition_is_not_told():
    commune = CommuneFactory()
    AwardFactory(collectivity=commune, edition=edition(2026, published_at=None))
    AwardFactory(
        collectivity=commune,
        edition=edition(2025, published_at=dt.datetime(2199, 1, 1, tzinfo=dt.UTC)),
    )

    assert history_of(commune, None).awards == ()


def test_awards_of_those_it_took_over_show_with_their_own_name():
    old = CommuneFactory(code="01001", is_current=False)
    new = CommuneFactory(code="01002")
    Succession.objects.create(old_code="01001", successor=new, date="2019-01-01", source="essai")
    former = AwardFactory(collectivity=old, edition=edition(2017), level=3)
    inherited = AwardFactory(collectivity=old, edition=edition(2018), level=5)
    own = AwardFactory(collectivity=new, edition=edition(2018), level=2)

    history = history_of(new, None)

    assert list(history.awards) == [own, inherited, former]
    assert [one.awards for one in history.years if one.year == 2018] == [(own, inherited)]
    assert history.latest == own


def test_words_without_a_level_are_told_apart():
    commune = CommuneFactory()
    told = AwardFactory(
        collectivity=commune, edition=edition(2008), level=None, level_text="hors concours", source="essai"
    )
    doubtful = AwardFactory(
        collectivity=commune, edition=edition(2025, "complete"), level=4, level_is_certain=False
    )

    history = history_of(commune, None)

    assert (history.untold, history.latest, history.has_doubt, history.has_absence) == (
        [told],
        doubtful,
        True,
        False,
    )


def test_title_holds_for_the_editions_of_its_rulebook():
    commune = CommuneFactory()
    titled = AwardFactory(collectivity=commune, edition=edition(2025, "complete"), level=5, is_ten=True)
    bare = AwardFactory(collectivity=commune, edition=edition(2012, rulebook=None), level=5, is_ten=True)

    titles = history_of(commune, None).titles

    assert [(title.award, title.years) for title in titles] == [(titled, [2025, 2026, 2027]), (bare, [2012])]


@pytest.mark.parametrize("lines", [1, 3])
def test_history_takes_four_queries(lines, django_assert_num_queries):
    commune = CommuneFactory()
    for year in range(2010, 2010 + lines):
        AwardFactory(collectivity=commune, edition=edition(year))

    with django_assert_num_queries(4):
        assert len(history_of(commune, None).awards) == lines
