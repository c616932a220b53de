import pytest

from labels.models import Award, AwardEvent
from tests.factories.atlaas import UserFactory
from tests.factories.labels import (
    PUBLISHED,
    AwardFactory,
    EditionFactory,
    MentionFactory,
    MentionThemeFactory,
)
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
SOURCE = "https://presse.exemple/article"


def test_award_is_given_once_an_edition():
    award = AwardFactory()

    with refused_by("award_once_an_edition"):
        AwardFactory(edition=award.edition, collectivity=award.collectivity)


@pytest.mark.parametrize("level", [0, 6])
def test_award_level_goes_from_1_to_5(level):
    with refused_by("award_level_1_to_5"):
        AwardFactory(level=level)


def test_public_id_points_to_one_award():
    with refused_by("award_public_id_once"):
        AwardFactory(public_id=AwardFactory().public_id)


def test_award_without_level_names_a_source():
    with refused_by("award_without_level_has_source"):
        AwardFactory(level=None)


def test_award_without_level_is_kept_with_its_source():
    award = AwardFactory(level=None, level_text="hors concours", source=SOURCE)

    assert award.level_class == ""


@pytest.mark.parametrize("level", [{"level": 4}, {"level": 5, "level_is_certain": False, "source": SOURCE}])
def test_ten_is_at_a_sure_5(level):
    with refused_by("award_ten_is_5"):
        AwardFactory(is_ten=True, **level)


def test_doubt_is_between_4_and_5():
    with refused_by("award_doubt_is_between_4_and_5"):
        AwardFactory(level=3, level_is_certain=False)


@pytest.mark.parametrize(
    ("level", "certain", "level_class"), [(5, True, "5"), (4, True, "4"), (4, False, "4-5"), (1, True, "1")]
)
def test_level_class_keeps_doubt_apart(level, certain, level_class):
    award = AwardFactory(level=level, level_is_certain=certain)

    assert award.level_class == level_class
    assert [one for one in ("5", "4-5", "4", "3", "2", "1") if Award.objects.of_level(one).exists()] == [
        level_class
    ]


def test_award_is_visible_once_its_edition_is_published():
    public = AwardFactory(edition=EditionFactory(year=2025, published_at=PUBLISHED))
    AwardFactory(edition=EditionFactory(year=2026, published_at=None))
    AwardFactory(edition=EditionFactory(year=2027, published_at=PUBLISHED.replace(year=2199)))

    assert list(Award.objects.visible_to(UserFactory.build())) == [public]


def test_laureates_have_a_level():
    laureate = AwardFactory()
    AwardFactory(level=None, level_text="4 ou 5", source=SOURCE)

    assert list(Award.objects.laureates()) == [laureate]


def test_list_is_sorted_by_region_then_by_name():
    late = AwardFactory(collectivity__departement__region__sort_key="b", collectivity__sort_key="a")
    second = AwardFactory(collectivity__departement__region__sort_key="a", collectivity__sort_key="z")
    first = AwardFactory(
        collectivity__departement__region=second.collectivity.region, collectivity__sort_key="c"
    )

    assert list(Award.objects.for_lists()) == [first, second, late]


def test_history_keeps_what_raw_sql_did():
    award = AwardFactory(level=3)

    Award.objects.filter(pk=award.pk).update(level=2)

    assert list(AwardEvent.objects.order_by("pgh_id").values_list("pgh_label", "level")) == [
        ("insert", 3),
        ("update", 2),
    ]


def test_theme_exists_once_an_edition():
    theme = MentionThemeFactory()

    with refused_by("mention_theme_once_an_edition"):
        type(theme).objects.create(edition=theme.edition, name="Autre", slug=theme.slug)


def test_mention_is_given_once_a_theme():
    mention = MentionFactory()

    with refused_by("mention_once_a_theme"):
        MentionFactory(award=mention.award, theme=mention.theme)
