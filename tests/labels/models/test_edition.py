import pytest

from labels.models import Edition, PrintedFigure
from tests.factories.labels import EditionFactory, RulebookFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [1998, 2200])
def test_edition_year_is_plausible(year):
    with refused_by("edition_year_plausible"):
        EditionFactory(year=year)


def test_edition_is_once_a_year():
    EditionFactory(year=2025)

    with refused_by("labels_edition_year_key"):
        Edition.objects.create(year=2025, coverage="complete")


def test_title_holds_at_least_its_own_edition():
    with refused_by("rulebook_ten_at_least_once"):
        RulebookFactory(ten_held_for=0)


def test_printed_figure_is_noted_once():
    figure = {"edition": EditionFactory(), "key": "ten", "value": 13, "place": "page 12"}
    PrintedFigure.objects.create(**figure)

    with refused_by("printed_figure_once"):
        PrintedFigure.objects.create(**figure)


@pytest.mark.parametrize(("coverage", "complete"), [("complete", True), ("attested", False)])
def test_edition_says_whether_its_palmares_is_whole(coverage, complete):
    assert EditionFactory.build(coverage=coverage).is_complete is complete
