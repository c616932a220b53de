import pytest

from labels.forms.palmares import PalmaresForm
from labels.queries.palmares import PalmaresFilter
from tests.factories.atlaas import RegionFactory

pytestmark = pytest.mark.django_db


def criteria(**asked):
    form = PalmaresForm(asked)
    return form.is_valid(), form.criteria()


def test_form_reads_every_parameter():
    RegionFactory(slug="bretagne")

    read = criteria(q=" Rennes ", region="bretagne", categorie="ville", niveau="4-5", distinction="mention")

    assert read == (
        True,
        PalmaresFilter(q="Rennes", region="bretagne", category="ville", level="4-5", distinction="mention"),
    )


def test_form_of_nothing_asks_nothing():
    valid, asked = criteria()

    assert (valid, asked, bool(asked)) == (True, PalmaresFilter(), False)


def test_form_not_validated_asks_nothing():
    assert PalmaresForm({"niveau": "5"}).criteria() == PalmaresFilter()


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "atlantide"},
        {"categorie": "x"},
        {"niveau": "6"},
        {"distinction": "or"},
        {"q": "x" * 101},
        {"q": "\x00"},
    ],
)
def test_form_leaves_out_what_it_cannot_read_and_keeps_the_rest(asked):
    RegionFactory(slug="bretagne")
    rest = {"niveau": "5"} if "niveau" not in asked else {"categorie": "ville"}

    valid, read = criteria(**asked, **rest)

    assert (valid, read) == (
        False,
        PalmaresFilter(level=rest.get("niveau", ""), category=rest.get("categorie", "")),
    )


@pytest.mark.parametrize("name", ["q", "region", "category", "level", "distinction"])
def test_filter_is_true_when_anything_is_asked(name):
    assert bool(PalmaresFilter(**{name: "x"})) is True
