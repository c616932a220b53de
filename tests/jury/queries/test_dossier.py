"""The list of a juror, their place in it, and what was judged before."""

import datetime as dt

import pytest

from atlaas.models import Succession
from jury.queries.dossier import Criteria, past_of, shelf, standing_of
from tests.factories.atlaas import CommuneFactory
from tests.factories.campaign import open_edition
from tests.factories.dossier import a_document, a_filed, a_sheet
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.recusal import begun, closed_edition, entrusted, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def juror(edition):
    return a_juror(edition)


def named(edition, name, **facts):
    return judged(edition, CommuneFactory(name=name, **facts))


def tied(juror, candidacy):
    return RecusalFactory(juror=juror, collectivity=candidacy.collectivity)


def test_entrusted_dossiers_come_first_then_by_name(edition, juror):
    one, two, three = (named(edition, name) for name in ("Aville", "Bville", "Cville"))
    entrusted(juror, three)
    entrusted(a_juror(edition), one)

    assert [(found, found.is_assigned) for found in shelf(juror)] == [
        (three, True),
        (one, False),
        (two, False),
    ]


def test_own_state_is_that_of_the_juror_alone(edition, juror):
    read, unread = named(edition, "Aville"), named(edition, "Bville")
    begun(juror, read)
    begun(a_juror(edition), unread)

    assert [one.own_state for one in shelf(juror)] == ["draft", None]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (Criteria(), ["Étretat", "Yville", "Zville"]),
        (Criteria(who="confies"), ["Étretat"]),
        (Criteria(category="village"), ["Zville"]),
        (Criteria(text="etre"), ["Étretat"]),
        (Criteria(text="ÉTRE"), ["Étretat"]),
        (Criteria(text="zzz"), []),
    ],
)
def test_filters_keep(edition, juror, criteria, expected):
    entrusted(juror, named(edition, "Étretat"))
    named(edition, "Yville")
    village = named(edition, "Zville")
    village.category = "village"
    village.save()

    assert [one.collectivity.name for one in shelf(juror, criteria)] == expected


def test_standing_goes_through_the_list(edition, juror):
    one, two, three = (named(edition, f"{name}ville") for name in "abc")
    entrusted(juror, two)
    entrusted(juror, three)

    found = standing_of(juror, three, Criteria())

    assert (found.is_assigned, found.rank, found.total) == (True, 2, 2)
    assert (found.previous, found.next) == (two.pk, one.pk)


def test_standing_steps_over_what_is_tied(edition, juror):
    one, hidden, three = (named(edition, f"{name}ville") for name in "abc")
    tied(juror, hidden)

    first, last = (standing_of(juror, found, Criteria()) for found in (one, three))

    assert (first.previous, first.next, first.total) == (None, three.pk, 2)
    assert (last.previous, last.next) == (one.pk, None)


def test_standing_follows_the_filters_that_keep_the_dossier(edition, juror):
    one, two, three = (named(edition, name) for name in ("Aville", "Bourg", "Cville"))

    kept, left_out = (standing_of(juror, found, Criteria(text="ville")) for found in (one, two))

    assert (kept.next, left_out.previous, left_out.next) == (three.pk, one.pk, three.pk)


def before(year=2029, collectivity=None, sheets=("a",), name="Exempleville"):
    facts = {"collectivity": {"name": name}}
    document = a_document(year, [a_sheet(one) for one in sheets], **facts)
    return a_filed(closed_edition(year), document, collectivity=collectivity)


def test_a_first_dossier_has_no_past(edition, juror):
    before()

    found = past_of(juror, a_filed(edition))

    assert (found.dossier, found.awards) == (None, [])


def test_the_past_is_the_latest_edition_before(edition, juror):
    place = CommuneFactory()
    for year in (2027, 2029):
        before(year, place)
    before(2031, place)

    assert past_of(juror, a_filed(edition, collectivity=place)).dossier.year == 2029


def test_an_edition_still_open_is_no_past(edition, juror):
    place = CommuneFactory()
    a_filed(open_edition(2029), collectivity=place)

    assert past_of(juror, a_filed(edition, collectivity=place)).dossier is None


def test_an_edition_without_a_window_is_a_past(edition, juror):
    place = CommuneFactory()
    a_filed(EditionFactory(year=2026, published_at=None), a_document(2026), collectivity=place)

    assert past_of(juror, a_filed(edition, collectivity=place)).dossier.year == 2026


def test_a_collectivity_that_was_taken_over_counts(edition, juror):
    place, gone, older = CommuneFactory(), CommuneFactory(), CommuneFactory()
    Succession.objects.create(old_code=gone.code, successor=place, date=dt.date(2029, 1, 1), source="Essai")
    Succession.objects.create(old_code=older.code, successor=gone, date=dt.date(2028, 1, 1), source="Essai")
    before(2029, gone, "a", name="Gone")
    before(2029, older, "b", name="Older")
    before(2029, place, "c", name="Place")

    found = past_of(juror, a_filed(edition, collectivity=place)).dossier

    assert (found.name.split(" et ")[0], len(found.sheets)) == ("Place", 3)


def test_the_past_of_a_tied_predecessor_is_not_there(edition, juror):
    place, gone = CommuneFactory(), CommuneFactory()
    Succession.objects.create(old_code=gone.code, successor=place, date=dt.date(2029, 1, 1), source="Essai")
    AwardFactory(collectivity=gone)
    before(2029, gone)
    candidacy = a_filed(edition, collectivity=place)
    assert len(past_of(juror, candidacy).dossier.sheets) == 1
    RecusalFactory(juror=juror, collectivity=gone)

    found = past_of(juror, candidacy)

    assert (found.dossier, found.awards) == (None, [])


def test_awards_are_the_published_ones_before(edition, juror):
    place = CommuneFactory()
    older = AwardFactory(collectivity=place, edition=EditionFactory(year=2024))
    newer = AwardFactory(collectivity=place, edition=EditionFactory(year=2025))
    AwardFactory(collectivity=place, edition=closed_edition(2029))
    AwardFactory(collectivity=place, edition=EditionFactory(year=2031))

    assert past_of(juror, a_filed(edition, collectivity=place)).awards == [newer, older]
