import pytest

from atlaas.rules.reading import Rejected
from labels.models import PrintedFigure
from labels.operations.printed_figure import import_printed_figures
from tests.factories.atlaas import RegionFactory
from tests.factories.files import written
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db
HEADER = "key,region,value,place,comment\n"
LINES = "laureates,,226,page 8,\nregion_laureates,91,,page 11,L'oubli : rien\nmember_communes,,252,page 8,\nmember_communes,,288,page 9,\n"


@pytest.fixture(autouse=True)
def edition():
    RegionFactory(code="91")
    return EditionFactory(year=2025)


def load(folder, lines=LINES, year=2025, **options):
    return import_printed_figures(written(folder, "figures.csv", HEADER + lines), year=year, **options)


def test_import_keeps_figures_that_contradict_each_other_and_one_forgotten(tmp_path):
    assert load(tmp_path).created == 4

    assert sorted(PrintedFigure.objects.values_list("key", "region_id", "value", "comment")) == [
        ("laureates", None, 226, ""),
        ("member_communes", None, 252, ""),
        ("member_communes", None, 288, ""),
        ("region_laureates", "91", None, "L’oubli\u00a0: rien"),
    ]


def test_import_twice_changes_nothing(tmp_path):
    load(tmp_path)

    assert str(load(tmp_path)) == "created 0 / updated 0 / unchanged 4 / refused 0"


def test_import_follows_a_corrected_value_and_comment(tmp_path):
    load(tmp_path)

    counts = load(tmp_path, LINES.replace("226", "227").replace("rien", "tout"))

    assert str(counts) == "created 1 / updated 2 / unchanged 2 / refused 0"
    assert PrintedFigure.objects.get(key="laureates").value == 227


def test_import_dry_run_writes_nothing(tmp_path):
    assert load(tmp_path, dry_run=True).created == 4
    assert PrintedFigure.objects.count() == 0


def test_import_gives_every_error_at_once(tmp_path):
    with pytest.raises(Rejected) as refusal:
        load(tmp_path, "people,,1,page 8,\nlaureates,77,1,page 8,\nlaureates,,-1,,\nten,,1,p,\nten,,1,p,\n")

    assert [str(problem).split(": ", 2)[2] for problem in refusal.value.problems] == [
        (
            "column key: 'people' is none of laureates, region_laureates, cities, villages, territories, "
            "member_communes, communes, inhabitants, ten, mentions"
        ),
        "column region: 77 is not known",
        "column value: '-1' is not a whole number from 0 to 100000000",
        "column place: the cell is empty",
        "ten, None, 1, p: stands already at line 5",
    ]


def test_import_needs_its_edition(tmp_path):
    with pytest.raises(Rejected, match="the edition 2024 is not known"):
        load(tmp_path, year=2024)
