import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from atlaas.models import Sheet, SheetImport
from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, draft_sheet, published_sheet
from tests.factories.uploads import csv_file

pytestmark = pytest.mark.django_db
HEADER = ("Titre", "Résumé", "Récit", "Services")


@pytest.fixture
def town():
    ServiceFactory(code="SPU-01", name="L’accès aux droits")
    return CommuneFactory()


@pytest.fixture
def agent(client, town):
    person = agent_of(town, "valideur")
    client.force_login(person)
    return client


def send(client, town, *rows, header=HEADER, content=None):
    file = SimpleUploadedFile("fiches.csv", content or csv_file(header, *rows))
    return client.post(f"/espace/{town.code}/import/", {"fichier": file})


def text_of(answer):
    for space in ("\u00a0", "\u202f", "&nbsp;"):
        answer.content = answer.content.replace(space.encode(), b" ")
    return " ".join(answer.content.decode().split())


def test_upload_page_offers_the_model_and_the_past(agent, town):
    send(agent, town, ("Un bus", "", "", ""))

    text = text_of(agent.get(f"/espace/{town.code}/import/"))

    assert "modèle XLSX" in text
    assert "vérifié, pas encore importé" in text


def test_report_tells_every_error(agent, town):
    answer = send(agent, town, ("x" * 121, "y" * 301, "", "Nulle part"), ("Un bus", "", "", "SPU-01"))

    text = text_of(agent.get(answer["Location"]))

    assert "3 erreurs à corriger" in text
    assert "Le texte dépasse 120 signes (1 de trop) : raccourcissez-le." in text
    assert "Importer 1 fiche" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4", "un PDF"),
        (b" \n", "est vide"),
        (b"", "est vide"),
        (b"Budget\n1\n", "La colonne « Titre » manque"),
    ],
)
def test_file_that_is_refused_is_told_on_the_page(agent, town, content, words):
    answer = agent.post(f"/espace/{town.code}/import/", {"fichier": SimpleUploadedFile("f.csv", content)})

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert SheetImport.objects.count() == 0


def test_no_file_is_told(agent, town):
    assert "Choisissez un fichier" in text_of(agent.post(f"/espace/{town.code}/import/"))


def test_import_is_confirmed_then_undone(agent, town):
    path = send(agent, town, ("Un bus", "En bref", "Récit", "SPU-01"), ("Un car", "", "", ""))["Location"]

    done = agent.post(path, {"geste": "importer", "publier": "1"}, follow=True)
    assert "1 fiche créée et publiée" in text_of(done)
    assert "1 brouillon créé" in text_of(done)
    undone = agent.post(f"{path}annuler/", follow=True)

    assert "Import annulé" in text_of(undone)
    assert [sheet.state for sheet in Sheet.objects.all()] == ["archived"]


def test_choices_of_the_page_are_kept(agent, town):
    path = send(agent, town, ("Un bus", "", "", ""), ("Un car", "", "", ""))["Location"]

    kept = agent.post(path, {"geste": "choisir", "ligne-2": "skip", "ligne-x": "skip"}, follow=True)
    agent.post(path, {"geste": "importer"})

    assert "Vos choix sont gardés" in text_of(kept)
    assert [sheet.title for sheet in Sheet.objects.all()] == ["Un car"]


@pytest.mark.parametrize("words", [{}, {"geste": "effacer"}])
def test_incomplete_form_is_told(agent, town, words):
    path = send(agent, town, ("Un bus", "", "", ""))["Location"]

    assert "Le formulaire reçu est incomplet" in text_of(agent.post(path, words, follow=True))
    assert Sheet.objects.count() == 0


def test_contributor_who_publishes_is_refused(client, town):
    client.force_login(agent_of(town, "contributeur"))
    path = send(client, town, ("Un bus", "", "", ""))["Location"]

    answer = client.post(path, {"geste": "importer", "publier": "1"}, follow=True)

    assert "Publier les fiches complètes" not in text_of(answer)
    assert Sheet.objects.count() == 0


def test_stale_line_is_told(agent, town):
    sheet = draft_sheet(town, title="Un bus")
    path = send(agent, town, ("Un bus", "Autre", "", ""))["Location"]
    Sheet.objects.filter(pk=sheet.pk).update(version=9)

    assert "1 fiche a changé entre la vérification" in text_of(
        agent.post(path, {"geste": "importer"}, follow=True)
    )


def test_annotated_file_says_what_to_mend(agent, town):
    path = send(agent, town, ("Un bus", "=2+2" + "y" * 301, "", ""), ("Un car", "", "", ""))["Location"]

    answer = agent.get(f"{path}annote.xlsx")

    sheet = load_workbook(io.BytesIO(answer.content))["Fiches"]
    assert [cell.value for cell in sheet[1]] == [*HEADER, "À corriger"]
    assert sheet["B2"].data_type == "s"
    assert "raccourcissez-le" in sheet["B2"].comment.text
    assert sheet["E2"].value.startswith("Résumé : Le texte dépasse")
    assert sheet["E3"].value is None


def test_annotated_file_may_be_sent_again(agent, town):
    path = send(agent, town, ("Un bus", "", "", "Nulle part"))["Location"]
    again = send(agent, town, content=agent.get(f"{path}annote.xlsx").content)["Location"]

    run = SheetImport.objects.get(pk=again.split("/")[-2])

    assert (len(run.lines[0]["problems"]), run.remarks) == (1, [])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_model_and_export_are_files(agent, town, kind):
    published_sheet(town)

    for path in (
        f"/espace/{town.code}/import/modele.{kind}",
        f"/espace/{town.code}/export.{kind}?etat=published",
    ):
        answer = agent.get(path)
        assert f".{kind}" in answer["Content-Disposition"]
        assert answer.getvalue()


def test_export_of_another_kind_is_404(agent, town):
    assert agent.get(f"/espace/{town.code}/export.pdf").status_code == 404
    assert agent.get(f"/espace/{town.code}/import/modele.pdf").status_code == 404


def test_export_neutralises_formulas(agent, town):
    draft_sheet(town, title="=cmd|x", summary="@somme")

    text = b"".join(agent.get(f"/espace/{town.code}/export.csv").streaming_content).decode()

    assert ";'=cmd|x;'@somme;" in text


@pytest.mark.parametrize("path", ["", "1/", "1/annote.xlsx", "modele.csv"])
def test_other_town_is_404(agent, path):
    assert agent.get(f"/espace/{CommuneFactory().code}/import/{path}").status_code == 404


def test_run_of_another_town_is_404(agent, town):
    other = SheetImport.objects.create(collectivity=CommuneFactory(), file_name="x", sha256="0")

    for path in (f"{other.pk}/", f"{other.pk}/annote.xlsx"):
        assert agent.get(f"/espace/{town.code}/import/{path}").status_code == 404
    assert agent.post(f"/espace/{town.code}/import/{other.pk}/annuler/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_the_same_queries(agent, town, rows, django_assert_num_queries):
    for rank in range(rows):
        path = send(agent, town, *[(f"Fiche {rank} {line}", "", "", "") for line in range(rows)])["Location"]

    with django_assert_num_queries(5):
        agent.get(path)
    with django_assert_num_queries(5):
        agent.get(f"/espace/{town.code}/import/")


@pytest.mark.parametrize("rows", [1, 3])
def test_export_takes_the_same_queries(agent, town, rows, django_assert_num_queries):
    for _ in range(rows):
        published_sheet(town)

    with django_assert_num_queries(6):
        agent.get(f"/espace/{town.code}/export.csv").getvalue()
