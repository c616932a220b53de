import datetime as dt

import pytest

from labels.models import Rulebook
from labels.queries.campaign import current_edition
from labels.queries.mosaic import mosaic_of
from tests.factories.atlaas import CommuneFactory, published_sheet
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
DAY = dt.date(2030, 5, 1)


def test_mosaic_of_collectivity_without_fiche(django_assert_max_num_queries):
    edition = open_edition()
    Rulebook.objects.get_or_create(edition=edition)
    collectivity = CommuneFactory()

    with django_assert_max_num_queries(6):
        mosaic = mosaic_of(edition, collectivity, day=DAY)

    assert {(one.count, one.before) for one in mosaic.tiles} <= {(0, None)}


def test_mosaic_of_compares_with_the_previous_closing():
    edition, last = open_edition(2031), open_edition(2030)
    for one in (edition, last):
        Rulebook.objects.get_or_create(edition=one)

    mosaic = mosaic_of(edition, CommuneFactory(), day=DAY)

    assert {one.before for one in mosaic.tiles} <= {0}


def test_current_edition_is_the_newest_that_opened():
    open_edition(2030)
    newest = open_edition(2031)

    assert current_edition() == newest


def test_mosaic_of_counts_a_published_fiche():
    edition = open_edition()
    Rulebook.objects.get_or_create(edition=edition)
    sheet = published_sheet()

    mosaic = mosaic_of(edition, sheet.collectivity, day=DAY)

    assert sum(one.count for one in mosaic.tiles) == sheet.services.count()
