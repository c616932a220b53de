"""A responsable imports a table with seven errors, mends it from the annotated file, imports it, undoes it."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.factories.uploads import csv_file

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
HEADER = ("Titre", "Résumé", "Récit", "Services", "Début", "Toujours en cours", "Courriel")
WRONG = (
    ("x" * 121, "y" * 301, "Récit", "Nulle part", "31/02/2025", "peut-être", "moi"),
    ("Un atelier importé (démonstration)", "En bref", "Récit", "SPU-01", "printemps", "oui", ""),
)
MENDED = ("Un bus importé (démonstration)", "En bref", "Récit", "SPU-01", "01/02/2025", "oui", "")


@pytest.fixture
def page(visit):
    """The page of import of the first collectivité of the demo's responsable."""
    found = visit().page
    found.goto("/espace/")
    if found.get_by_text("Changer de compte").count():
        found.get_by_text("Changer de compte").first.click()
    button = found.get_by_role("button", name="Devenir responsable", include_hidden=True)
    button.evaluate("one => one.closest('details') && (one.closest('details').open = true)")
    button.click()
    found.goto("/espace/")
    place = (
        found.locator("main a[href^='/espace/']")
        .filter(has_text=re.compile(r"\w"))
        .evaluate_all(
            "links => links.map(one => one.getAttribute('href')).find(one => /^\\/espace\\/[0-9AB]{5,9}\\/$/.test(one))"
        )
    )
    found.goto(f"{place}import/")
    return found


def violations(page):
    return [one["id"] for one in Axe().run(page).response["violations"]]


def send(page, name, content):
    page.get_by_label("Fichier à vérifier").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Vérifier ce fichier").click()


def test_seven_errors_are_mended_imported_and_undone(page):
    assert violations(page) == []
    send(page, "fiches.csv", csv_file(HEADER, *WRONG))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("7.erreurs à corriger"))
    assert violations(page) == []

    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le fichier annoté").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book["Fiches"]
    told = [row[-1].value for row in sheet.iter_rows(min_row=2)]
    assert [len(cell.splitlines()) for cell in told] == [6, 1]

    for place, value in enumerate(MENDED, start=1):
        sheet.cell(2, place).value = value
    sheet["E3"].value = "01/03/2025"
    stream = io.BytesIO()
    book.save(stream)
    page.get_by_role("link", name="envoyez-le de nouveau").click()
    send(page, "corrige.xlsx", stream.getvalue())
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("2.fiches prêtes"))
    page.get_by_role("button", name=re.compile("Importer 2.fiches")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import fait")
    assert violations(page) == []

    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import annulé")
    assert violations(page) == []
