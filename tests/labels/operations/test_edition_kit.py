"""The grid and the questionnaire of an edition, from the committed files."""

import csv
import shutil

import pytest
from django.utils import timezone

from atlaas.rules.reading import Rejected
from labels.management.commands.import_edition_kit import KIT
from labels.models import Criterion, Question
from labels.operations.edition_kit import import_edition_kit
from tests.factories.campaign import CandidacyFactory, open_edition

pytestmark = pytest.mark.django_db
YEAR = 2030


@pytest.fixture
def edition():
    return open_edition(YEAR)


@pytest.fixture
def folder(tmp_path):
    for name in ("criteria.csv", "questions.csv"):
        shutil.copy(KIT / name, tmp_path)
    return tmp_path


def with_cell(path, row, column, value):
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[row][rows[0].index(column)] = value
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_committed_kit_gives_each_category_its_grid_and_questions(edition):
    import_edition_kit(KIT, year=YEAR)

    grids = {
        category: edition.criteria.filter(category=category)
        for category in ("ville", "village", "territoire")
    }
    assert {name: rows.count() for name, rows in grids.items()} == {"ville": 6, "village": 6, "territoire": 6}
    assert all(one.is_proposal and len(one.anchors) == 5 for one in Criterion.objects.all())
    assert {one.section.category for one in Question.objects.all()} == {"ville", "village", "territoire"}
    assert Question.objects.filter(section__part="feedback", is_required=True).count() == 0


def test_kit_twice_is_once(edition):
    import_edition_kit(KIT, year=YEAR)
    before = Question.objects.count(), Criterion.objects.count()

    import_edition_kit(KIT, year=YEAR)

    assert (Question.objects.count(), Criterion.objects.count()) == before


def test_dry_run_writes_nothing(edition):
    import_edition_kit(KIT, year=YEAR, dry_run=True)

    assert Criterion.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("criteria.csv", "category", "royaume"),
        ("criteria.csv", "weight", "0"),
        ("criteria.csv", "value_4", ""),
        ("questions.csv", "kind", "dessin"),
        ("questions.csv", "required", "peut-être"),
        ("questions.csv", "text", "x" * 301),
    ],
)
def test_a_wrong_cell_refuses_all_of_it(edition, folder, name, column, value):
    with_cell(folder / name, 1, column, value)

    with pytest.raises(Rejected):
        import_edition_kit(folder, year=YEAR)
    assert (Criterion.objects.count(), Question.objects.count()) == (0, 0)


def test_kit_needs_its_edition():
    with pytest.raises(Rejected, match="not known"):
        import_edition_kit(KIT, year=YEAR)


def test_questionnaire_stands_once_candidacies_began(edition):
    CandidacyFactory(edition=edition)

    with pytest.raises(Rejected, match="have begun"):
        import_edition_kit(KIT, year=YEAR)


def test_kit_of_a_published_edition_stands(edition):
    type(edition).objects.filter(pk=edition.pk).update(published_at=timezone.now())

    with pytest.raises(Rejected, match="is published: it stands"):
        import_edition_kit(KIT, year=YEAR)
