"""The public roster of a jury, from a file."""

import pytest
from django.core.management import call_command

from atlaas.rules.reading import Rejected
from labels.models import JuryMember
from labels.operations.demo import LABEL
from labels.operations.jury_member import import_jury
from tests.factories.files import written
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db
HEADER = "name,function,biography,president,source\n"
LINES = "Camille Exemple,Chercheuse,Elle l'étudie.,oui,Un document\nSacha Exemple,,,non,\n"


@pytest.fixture(autouse=True)
def edition():
    return EditionFactory(year=2025)


def load(folder, lines=LINES, year=2025, **options):
    return import_jury(written(folder, "jury.csv", HEADER + lines), year=year, **options)


def test_import_writes_the_roster_in_its_order(tmp_path, edition):
    assert load(tmp_path).created == 2

    told = edition.jury_members.values_list("name", "function", "biography", "is_president", "position")
    assert list(told) == [
        ("Camille Exemple", "Chercheuse", "Elle l’étudie.", True, 1),
        ("Sacha Exemple", "", "", False, 2),
    ]


def test_import_twice_changes_nothing(tmp_path):
    load(tmp_path)

    assert str(load(tmp_path)) == "created 0 / updated 0 / unchanged 2 / refused 0"


def test_import_follows_the_file(tmp_path, edition):
    load(tmp_path)

    counts = load(
        tmp_path, "Sacha Exemple,,,oui,\nCamille Exemple,Chercheuse,Elle l'étudie.,non,Un document\n"
    )
    assert counts.updated == 2
    assert edition.jury_members.get(is_president=True).name == "Sacha Exemple"
    assert load(tmp_path, "Sacha Exemple,,,oui,\n").updated == 1
    assert edition.jury_members.get().name == "Sacha Exemple"


def test_dry_run_writes_nothing(tmp_path):
    load(tmp_path, dry_run=True)

    assert not JuryMember.objects.exists()


@pytest.mark.parametrize(
    ("lines", "year", "problem"),
    [
        (LINES + LINES, 2025, "Camille Exemple"),
        (LINES.replace(",non,", ",oui,"), 2025, "a jury has one"),
        (LINES.replace("oui", "peut-être"), 2025, "president"),
        (LINES, 2024, "is not known"),
    ],
)
def test_a_wrong_file_is_refused_whole(tmp_path, lines, year, problem):
    with pytest.raises(Rejected, match=problem):
        load(tmp_path, lines, year)

    assert not JuryMember.objects.exists()


def test_the_press_kit_of_the_edition_is_whole(edition):
    call_command("import_jury", LABEL / "jury_2025.csv", "--year", "2025")

    assert edition.jury_members.count() == 16
    assert edition.jury_members.get(is_president=True).name == "Didier Desponds"
    assert all(one.function and "seize" in one.source for one in edition.jury_members.all())
