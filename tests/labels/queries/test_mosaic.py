import datetime as dt

import pytest
from django.utils import timezone

from atlaas.models import SheetStep, Succession
from atlaas.operations.publication import project
from labels.models import Candidacy, Edition, Extension, NotConcerned
from labels.queries.campaign import current_edition
from labels.queries.mosaic import mosaic_shown
from tests.factories.atlaas import (
    CommuneFactory,
    DepartementFactory,
    ServiceFactory,
    UserFactory,
    published_sheet,
)
from tests.factories.campaign import open_edition
from tests.factories.labels import EditionFactory
from tests.factories.renewal import past_sheets, revise

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOW = timezone.now()
CLOSED = NOW - 300 * DAY  # the closing of the last edition
LAST, THIS = 2030, 2031


def closed_edition(year=LAST, *, at=CLOSED, **facts):
    return open_edition(year, opens_at=at - 100 * DAY, closes_at=at, **facts)


def counts_of(place, service, edition=None):
    """How many fiches now, how many at the previous closing."""
    edition = edition or Edition.objects.get(year=THIS)
    tiles = {one.code: one for one in mosaic_shown(edition, place).mosaic.tiles}
    return tiles[service.code].count, tiles[service.code].before


def move(sheet, step, at, state):
    """A step of the life of a fiche, at that time."""
    SheetStep.objects.create(sheet=sheet, step=step, at=at)
    sheet.state = state
    sheet.save(update_fields=["state"])
    project([sheet.pk])


@pytest.fixture
def years():
    return closed_edition(), open_edition(THIS)


@pytest.fixture
def town():
    return CommuneFactory()


@pytest.fixture
def service():
    return ServiceFactory()


def test_mosaic_of_a_collectivity_without_fiche(town, service, django_assert_num_queries):
    edition = open_edition()

    with django_assert_num_queries(4):
        shown = mosaic_shown(edition, town)

    assert [(one.code, one.count, one.before) for one in shown.mosaic.tiles] == [(service.code, 0, None)]
    assert (shown.day, shown.is_closed) == (timezone.localdate(), False)


@pytest.mark.parametrize("number", [1, 3])
def test_mosaic_takes_the_same_queries_whatever_the_fiches(
    years, town, service, number, django_assert_num_queries
):
    past_sheets(number, town, service=service, at=CLOSED - DAY)

    with django_assert_num_queries(6):
        mosaic_shown(years[1], town)

    assert counts_of(town, service) == (number, number)


@pytest.mark.parametrize("number", [1, 3])
def test_mosaic_of_a_closed_edition_takes_the_same_queries_whatever_the_fiches(
    town, service, number, django_assert_num_queries
):
    closed_edition()
    edition = closed_edition(THIS, at=NOW - DAY)
    past_sheets(number, town, service=service, at=CLOSED - DAY)

    with django_assert_num_queries(6):
        mosaic_shown(edition, town)

    assert counts_of(town, service) == (number, number)


def test_what_is_new_since_the_closing(years, town, service):
    past_sheets(1, town, service=service, at=CLOSED + DAY)

    assert counts_of(town, service) == (1, 0)


def test_what_was_lost_since_the_closing(years, town, service):
    (sheet,) = past_sheets(1, town, service=service, at=CLOSED - DAY)
    move(sheet, "archive", CLOSED + DAY, "archived")

    assert counts_of(town, service) == (0, 1)


def test_what_changed_its_service_since_the_closing(years, town, service):
    (sheet,) = past_sheets(1, town, service=service, at=CLOSED - DAY)
    other = ServiceFactory()
    revise(sheet, CLOSED + DAY, services=[other.code])
    project([sheet.pk])

    assert (counts_of(town, service), counts_of(town, other)) == ((0, 1), (1, 0))


@pytest.mark.parametrize(("after", "counted"), [(-dt.timedelta(microseconds=1), 1), (dt.timedelta(0), 0)])
def test_the_last_revision_before_the_closing_is_read(years, town, service, after, counted):
    (sheet,) = past_sheets(1, town, service=ServiceFactory(), at=CLOSED - 2 * DAY)
    revise(sheet, CLOSED + after, services=[service.code])

    assert counts_of(town, service)[1] == counted


@pytest.mark.parametrize("step", ["archive", "withdraw"])
def test_what_was_out_of_sight_at_the_closing_was_not_counted(years, town, service, step):
    (sheet,) = past_sheets(1, town, service=service, at=CLOSED - 3 * DAY)
    state = {"archive": "archived", "withdraw": "withdrawn"}[step]
    move(sheet, step, CLOSED - 2 * DAY, state)

    assert counts_of(town, service) == (0, 0)


@pytest.mark.parametrize("step", ["restauration", "lift"])
def test_what_was_put_back_before_the_closing_was_counted(years, town, service, step):
    (sheet,) = past_sheets(1, town, service=service, at=CLOSED - 3 * DAY)
    move(sheet, "archive", CLOSED - 2 * DAY, "archived")
    move(sheet, step, CLOSED - DAY, "published")

    assert counts_of(town, service) == (1, 1)


def test_what_was_put_back_after_the_closing_is_new(years, town, service):
    (sheet,) = past_sheets(1, town, service=service, at=CLOSED - 3 * DAY)
    move(sheet, "archive", CLOSED - 2 * DAY, "archived")
    move(sheet, "restauration", CLOSED + DAY, "published")

    assert counts_of(town, service) == (1, 0)


def test_a_finished_fiche_counts_until_the_limit_of_each_edition(years, town, service):
    past_sheets(
        1, town, service=service, at=CLOSED - 600 * DAY, is_running=False, ended_on=dt.date(2020, 1, 1)
    )

    assert counts_of(town, service) == (0, 1)


def test_a_replaced_service_is_told_under_its_heirs(town):
    closed_edition(referential_year=2025)
    open_edition(THIS, referential_year=2026)
    old, split = ServiceFactory(last_year=2025), ServiceFactory(last_year=2025)
    heir, other = ServiceFactory(first_year=2026), ServiceFactory(first_year=2026)
    for one in (old, split):
        one.replaced_by.add(heir)
    split.replaced_by.add(other)
    sheet, _waiting = past_sheets(2, town, service=old, at=CLOSED - DAY)
    revise(sheet, CLOSED + DAY, services=[heir.code])
    past_sheets(1, town, service=split, at=CLOSED - DAY)
    project([sheet.pk])

    assert (counts_of(town, heir), counts_of(town, other)) == ((1, 3), (0, 1))


def test_a_service_that_nothing_replaces_is_none(town):
    closed_edition(referential_year=2025)
    edition = open_edition(THIS, referential_year=2026)
    past_sheets(1, town, service=ServiceFactory(last_year=2025), at=CLOSED - DAY)

    assert list(mosaic_shown(edition, town).mosaic.tiles) == []


def test_fiches_of_what_it_took_over_were_there_before(years, town, service):
    former, first = CommuneFactory(is_current=False), CommuneFactory(is_current=False)
    for old, new in ((first, former), (former, town)):
        Succession.objects.create(
            old_code=old.code, successor=new, date=dt.date(2026, 1, 1), source="Arrêté d’essai"
        )
        past_sheets(1, old, service=service, at=CLOSED - DAY)
    past_sheets(1, town, service=service, at=CLOSED - DAY)

    assert counts_of(town, service) == (1, 3)


def test_an_edition_that_is_not_closed_compares_with_nothing(town, service):
    open_edition(LAST)
    open_edition(THIS)

    assert counts_of(town, service) == (0, None)


def test_mosaic_of_a_closed_edition_stands_still(town, service):
    edition = closed_edition(THIS, at=NOW - 10 * DAY)
    kept, gone, moved = past_sheets(3, town, service=service, at=NOW - 20 * DAY)
    before = mosaic_shown(edition, town)

    move(gone, "archive", NOW - DAY, "archived")
    revise(moved, NOW - DAY, services=[ServiceFactory(first_year=2099).code])
    project([moved.pk])
    published_sheet(town, services=[service])
    NotConcerned.objects.create(collectivity=town, service=service)

    assert mosaic_shown(edition, town) == before
    assert (before.day, before.is_closed) == (timezone.localdate(NOW - 10 * DAY), True)
    assert (counts_of(town, service), kept.state) == ((3, None), "published")


def test_an_extension_keeps_the_mosaic_alive(town, service):
    edition = closed_edition(THIS, at=NOW - 10 * DAY)
    published_sheet(town, services=[service])
    candidacy = Candidacy.objects.create(edition=edition, collectivity=town, category="ville")
    assert counts_of(town, service) == (0, None)

    Extension.objects.create(candidacy=candidacy, until=NOW + DAY, reason="Panne", by=UserFactory())

    assert counts_of(town, service) == (1, None)


@pytest.mark.parametrize(("clock", "counted"), [("paris", 0), ("local", 1)])
def test_the_closing_is_on_the_clock_of_the_edition(clock, counted, service):
    closes_at = NOW - dt.timedelta(hours=2)
    edition = closed_edition(THIS, at=closes_at, closing_clock=clock)
    papeete = CommuneFactory(departement=DepartementFactory(code="987"))  # eleven hours or more behind Paris
    past_sheets(1, papeete, service=service, at=NOW - dt.timedelta(hours=1))

    assert counts_of(papeete, service, edition)[0] == counted


def test_mosaic_counts_a_published_fiche():
    edition = open_edition()
    sheet = published_sheet()

    mosaic = mosaic_shown(edition, sheet.collectivity).mosaic

    assert [(one.code, one.count) for one in mosaic.tiles] == [(sheet.services.get().code, 1)]


def test_current_edition_is_the_newest_that_opened():
    open_edition(2030)
    newest = open_edition(2031)
    open_edition(2032, opens_at=NOW + DAY, closes_at=NOW + 2 * DAY)

    assert current_edition() == newest


def test_current_edition_is_never_one_that_is_being_prepared():
    published = EditionFactory(year=2025)
    EditionFactory(year=2026, coverage="attested")
    open_edition(2031, opens_at=NOW + DAY, closes_at=NOW + 2 * DAY)
    open_edition(2032, opens_at=None, closes_at=None)
    EditionFactory(year=2033, published_at=NOW + DAY)

    assert current_edition() == published
