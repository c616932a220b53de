"""A file of fiches that is sent again before it is confirmed, or as a workbook."""

import pytest

from atlaas.models import Sheet, SheetImport
from atlaas.operations.sheet_import import check, confirm
from tests.factories.atlaas import CommuneFactory, agent_of
from tests.factories.uploads import csv_file, workbook

pytestmark = pytest.mark.django_db
ROWS = ("Titre", "Résumé"), ("Un bus", "En bref")
FILE = csv_file(*ROWS)


def test_the_same_file_sent_twice_is_one_run_and_one_fiche():
    town = CommuneFactory()
    by = agent_of(town)

    first, second = (check(town, by=by, file_name=f"{n}.csv", content=FILE) for n in (1, 2))
    confirm(first, by=by)
    confirm(second, by=by)

    assert first == second
    assert SheetImport.objects.get().file_name == "2.csv"
    assert Sheet.objects.count() == 1


def test_the_same_file_of_another_collectivity_is_its_own():
    for town in (CommuneFactory(), CommuneFactory()):
        check(town, by=agent_of(town), file_name="f.csv", content=FILE)

    assert SheetImport.objects.count() == 2


def test_workbook_is_imported_as_csv_is():
    town = CommuneFactory()
    by = agent_of(town)
    run = check(town, by=by, file_name="f.xlsx", content=workbook(*ROWS))

    assert confirm(run, by=by).lines[0]["outcome"] == "created"
