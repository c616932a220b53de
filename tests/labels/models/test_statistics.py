import pytest

from labels.models import Statistic
from tests.factories.labels import EditionFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
EMPTY = dict.fromkeys(
    (
        "level_1",
        "level_2",
        "level_3",
        "level_4",
        "level_5",
        "level_unconfirmed",
        "ten",
        "mentions",
        "communes",
        "member_communes",
        "inhabitants",
    ),
    0,
)


def test_statistic_exists_once():
    edition = EditionFactory()
    Statistic.objects.create(edition=edition, laureates=0, **EMPTY)

    with refused_by("statistic_once"):
        Statistic.objects.create(edition=edition, laureates=0, **EMPTY)


def test_statistic_classes_make_the_total():
    with refused_by("statistic_levels_add_up"):
        Statistic.objects.create(edition=EditionFactory(), laureates=2, **EMPTY | {"level_unconfirmed": 1})
