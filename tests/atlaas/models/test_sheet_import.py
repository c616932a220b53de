import pytest
from django.utils import timezone

from atlaas.models import ImportedSheet, SheetImport
from tests.factories.atlaas import draft_sheet
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def run_of(sheet, **fields):
    return SheetImport.objects.create(
        collectivity=sheet.collectivity, file_name="fiches.csv", sha256="0" * 64, **fields
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "checked", "done_at": timezone.now()},
        {"state": "done"},
        {"state": "undone", "undone_at": timezone.now()},
        {"state": "other"},
    ],
)
def test_state_without_its_dates_is_refused(fields):
    sheet = draft_sheet()

    with refused_by("sheet_import_state_has_dates"):
        run_of(sheet, **fields)


def test_fiche_twice_in_a_run_is_refused():
    sheet = draft_sheet()
    run = run_of(sheet)
    ImportedSheet.objects.create(run=run, sheet=sheet, line=2, is_new=True, version_after=1)

    with refused_by("imported_sheet_once"):
        ImportedSheet.objects.create(run=run, sheet=sheet, line=3, is_new=True, version_after=1)


@pytest.mark.parametrize(("is_new", "before"), [(True, {}), (False, None)])
def test_what_was_before_goes_with_a_change(is_new, before):
    sheet = draft_sheet()
    run = run_of(sheet)

    with refused_by("imported_sheet_keeps_before"):
        ImportedSheet.objects.create(
            run=run, sheet=sheet, line=2, is_new=is_new, before=before, version_after=1
        )


def test_runs_are_named_by_their_file():
    sheet = draft_sheet()

    assert (str(run_of(sheet)), str(ImportedSheet(line=3))) == ("fiches.csv", "ligne 3")
