import pytest

from labels.models import Award
from labels.queries.line import lines
from tests.factories.atlaas import CommuneFactory, DepartementFactory, RegionFactory
from tests.factories.labels import AwardFactory, MentionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def normandy():
    return RegionFactory(code="28", name="Normandie")


def award(region, name, **values):
    commune = CommuneFactory(name=name, departement=DepartementFactory(region=region))
    return AwardFactory(collectivity=commune, **values)


def test_lines_tell_what_a_page_shows(normandy):
    won = award(normandy, "Exempleville", level=5, is_ten=True)
    MentionFactory(award=won)

    (line,) = lines(Award.objects.for_lists())

    assert (line.name, line.region.slug, line.level, line.is_ten) == ("Exempleville", "normandie", 5, True)
    assert line.mentions == ("Médiation numérique",)
    assert line.url == won.collectivity.get_absolute_url()
    assert line.level_class == won.level_class == "5"


@pytest.mark.parametrize(
    ("values", "level_class"),
    [
        ({"level": 4}, "4"),
        ({"level": 4, "level_is_certain": False}, "4-5"),
        (
            {"level": None, "level_is_certain": False, "level_text": "hors concours", "source": "un journal"},
            "",
        ),
    ],
)
def test_lines_level_class_is_the_one_of_the_award(normandy, values, level_class):
    won = award(normandy, "Exempleville", level_as_printed=None, **values)

    assert [line.level_class for line in lines(Award.objects.all())] == [won.level_class] == [level_class]


@pytest.mark.parametrize("count", [1, 3])
def test_lines_cost_two_queries(normandy, count, django_assert_num_queries):
    for number in range(count):
        MentionFactory(award=award(normandy, f"Exempleville {number}"))

    with django_assert_num_queries(2):
        assert len(lines(Award.objects.for_lists())) == count
