import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from atlaas.models import (
    ImportedSheet,
    Mandate,
    PublicSheet,
    Revision,
    Service,
    Sheet,
    SheetImport,
    SheetStep,
)
from atlaas.operations.sheet import archive, save
from atlaas.operations.sheet import confirm as confirm_running
from atlaas.operations.sheet_import import check, choose, confirm
from atlaas.operations.sheet_import_undo import undo
from atlaas.queries.sheet import content_of
from atlaas.queries.sheet_export import csv_of, export_rows, model_csv, model_xlsx, xlsx_of
from atlaas.queries.sheet_import import tally
from atlaas.rules.refusal import Refused
from atlaas.rules.uploaded_table import Unreadable
from tests.factories.atlaas import (
    CommuneFactory,
    ServiceFactory,
    UserFactory,
    agent_of,
    draft_sheet,
    published_sheet,
)
from tests.factories.uploads import csv_file

pytestmark = pytest.mark.django_db
HEADER = ("Titre", "Résumé", "Récit", "Services")


@pytest.fixture
def town():
    return CommuneFactory()


@pytest.fixture
def service():
    return ServiceFactory(code="SPU-01", name="L’accès aux droits")


def checked(town, *rows, header=HEADER, by=None):
    return check(town, by=by or agent_of(town), file_name="fiches.csv", content=csv_file(header, *rows))


def full(title="Un bus"):
    return (title, "En bref", "Le récit", "SPU-01")


def exported(town):
    return "".join(csv_of(export_rows(town))).encode()


def verdicts(run):
    return [line["verdict"] for line in run.lines]


def test_check_writes_no_fiche(town, service):
    run = checked(town, full(), full("Un autre"))

    assert (verdicts(run), Sheet.objects.count()) == (["create", "create"], 0)


def test_confirm_writes_drafts(town, service):
    by = agent_of(town, "contributeur")

    run = confirm(checked(town, full(), by=by), by=by)

    sheet = Sheet.objects.get()
    assert (sheet.title, sheet.state, sheet.version, sheet.created_by) == ("Un bus", "draft", 1, by)
    assert (sheet.lon, sheet.lat, sheet.precision) == (2.5, 47.0, "centre")
    assert list(sheet.services.all()) == [service]
    assert list(sheet.steps.values_list("step", flat=True)) == ["start"]
    assert (run.state, run.lines[0]["outcome"]) == ("done", "created")


def test_confirm_publishes_what_is_complete(town, service):
    by = agent_of(town, "valideur")

    run = confirm(checked(town, full(), ("À finir", "", "", ""), by=by), by=by, publish=True)

    assert [line["outcome"] for line in run.lines] == ["created_published", "created"]
    revision = Revision.objects.get()
    assert (revision.kind, revision.number, revision.by) == ("import", 1, by)
    assert revision.content == content_of(revision.sheet)
    assert PublicSheet.objects.get().title == "Un bus"


def test_contributor_does_not_publish(town, service):
    by = agent_of(town, "contributeur")
    run = checked(town, full(), by=by)

    with pytest.raises(Refused):
        confirm(run, by=by, publish=True)


def test_confirming_twice_writes_once(town, service):
    run, by = checked(town, full()), agent_of(town)

    confirm(run, by=by)
    confirm(run, by=by)

    assert (Sheet.objects.count(), ImportedSheet.objects.count()) == (1, 1)


def test_nothing_chosen_is_refused(town, service):
    run, by = checked(town, full()), agent_of(town)
    choose(run, by=by, choices={2: "skip"})

    with pytest.raises(Refused):
        confirm(run, by=by)


def test_choice_that_a_line_does_not_allow_is_left(town, service):
    run = checked(town, full(), ("", "x", "", ""))

    chosen = choose(run, by=agent_of(town), choices={2: "update", 3: "create", 9: "create"})

    assert [line["choice"] for line in chosen.lines] == ["create", "skip"]


def test_choices_end_with_the_import(town, service):
    run, by = checked(town, full()), agent_of(town)
    confirm(run, by=by)

    with pytest.raises(Refused):
        choose(run, by=by, choices={2: "skip"})


def test_same_title_updates_the_fiche(town, service):
    sheet = published_sheet(town, title="Un Bus !")
    by = agent_of(town)

    run = confirm(checked(town, full("un bus")), by=by, publish=True)

    sheet.refresh_from_db()
    assert (verdicts(run), sheet.summary, sheet.version, sheet.published_version) == (
        ["update"],
        "En bref",
        3,
        3,
    )
    assert [one.kind for one in sheet.revisions.all()] == ["import", "publication"]
    assert sheet.public.title == "un bus"


def test_same_title_may_be_created_all_the_same(town, service):
    published_sheet(town, title="Un bus")
    run, by = checked(town, full()), agent_of(town)

    confirm(choose(run, by=by, choices={2: "create"}), by=by)

    assert Sheet.objects.filter(title="Un bus").count() == 2


def test_fiche_changed_since_the_check_is_left_alone(town, service):
    sheet, by = draft_sheet(town, title="Un bus"), agent_of(town)
    run = checked(town, full(), full("Neuve"))
    save(sheet, by=by, version=sheet.version, facts={"summary": "Écrit entre-temps"})

    run = confirm(run, by=by)

    sheet.refresh_from_db()
    assert sheet.summary == "Écrit entre-temps"
    assert [line["outcome"] for line in run.lines] == ["stale", "created"]


def test_fiche_of_another_town_is_never_met(town, service):
    other = published_sheet()

    run = checked(town, (str(other.pk), "Un bus"), header=("Identifiant", "Titre"))

    assert (verdicts(run), run.lines[0]["sheet"]) == (["error"], None)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_comes_back_unchanged(town, service, kind):
    by = agent_of(town)
    published_sheet(town, title="=1+1", summary="'=x", text='+33 4 ; "oui"\n\n- non', lon=-1.234567, lat=0.5)
    draft_sheet(town, title="", links=["https://exemple.fr/a", "http://exemple.fr/b"], is_running=False)
    archive(published_sheet(town, started_on="2024-02-29", ended_on="2025-01-01", is_running=False), by=by)
    draft_sheet(town, operator="delegataire", operator_name="@nous", precision="adresse", kind="lieu")
    content = exported(town) if kind == "csv" else xlsx_of(export_rows(town))

    run = check(town, by=by, file_name="x", content=content)

    assert [(line["verdict"], line["changes"], line["problems"]) for line in run.lines] == [
        ("skip", [], [])
    ] * 4
    assert run.remarks == []


def test_export_of_one_state(town):
    published_sheet(town)
    draft_sheet(town, title="Un brouillon")

    assert [row[1] for row in export_rows(town, state="draft")] == ["Un brouillon"]


@pytest.mark.parametrize("content", [model_csv, model_xlsx])
def test_model_is_read_without_a_problem(town, service, content):
    made = content()

    run = check(
        town, by=agent_of(town), file_name="m", content=made if isinstance(made, bytes) else made.encode()
    )

    assert (verdicts(run), run.lines[0]["missing"], run.remarks) == (["create"], [], [])
    assert run.lines[0]["title"].startswith("Démonstration")


def test_file_without_its_columns_is_refused(town):
    with pytest.raises(Unreadable, match="La colonne « Titre » manque"):
        checked(town, ("x",), header=("Récit",))


def test_stranger_checks_nothing(town):
    with pytest.raises(Refused):
        checked(town, full(), by=UserFactory())


def test_mandate_is_named_on_what_it_did(town, service):
    by = UserFactory()
    mandate = Mandate.objects.create(
        collectivity=town,
        holder=by,
        holder_body="Association",
        until=timezone.now() + dt.timedelta(days=1),
        granted_by=agent_of(town),
    )

    confirm(checked(town, full(), by=by), by=by, publish=True)

    assert {step.mandate for step in SheetStep.objects.all()} == {mandate}
    assert Revision.objects.get().mandate == mandate


def test_undo_erases_new_drafts(town, service):
    run, by = checked(town, full()), agent_of(town)
    confirm(run, by=by)

    undone = undo(undo(run, by=by), by=by)

    assert (undone.state, Sheet.objects.count()) == ("undone", 0)


def test_undo_archives_what_it_published(town, service):
    run, by = checked(town, full()), agent_of(town)
    confirm(run, by=by, publish=True)

    undo(run, by=by)

    sheet = Sheet.objects.get()
    assert (sheet.state, sheet.revisions.count(), PublicSheet.objects.count()) == ("archived", 1, 0)


@pytest.mark.parametrize("publishes", [True, False])
def test_undo_gives_a_public_fiche_its_text_back(town, service, publishes):
    by = agent_of(town)
    sheet = published_sheet(town, title="Un bus")
    before = content_of(sheet)
    run = checked(town, full())
    confirm(run, by=by, publish=publishes)

    undo(run, by=by)

    sheet.refresh_from_db()
    assert (content_of(sheet), sheet.state, sheet.has_unpublished_changes) == (before, "published", False)
    assert sheet.public.summary == before["summary"]
    assert [one.restored for one in sheet.revisions.all()] == (
        [sheet.revisions.last(), None, None] if publishes else [None]
    )


def test_undo_keeps_what_waited_to_be_published(town, service):
    by = agent_of(town)
    sheet = published_sheet(town, title="Un bus")
    save(sheet, by=by, version=sheet.version, facts={"summary": "En attente"})
    run = checked(town, full())
    confirm(run, by=by, publish=True)

    undo(run, by=by)

    sheet.refresh_from_db()
    assert (sheet.summary, sheet.has_unpublished_changes) == ("En attente", True)
    assert sheet.public.summary.startswith("Deux après-midi")


def test_undo_archives_a_draft_it_had_published(town, service):
    by = agent_of(town)
    sheet = draft_sheet(town, title="Un bus")
    before = content_of(sheet)
    run = checked(town, full())
    confirm(run, by=by, publish=True)

    undo(run, by=by)

    sheet.refresh_from_db()
    assert (sheet.state, content_of(sheet)) == ("archived", before)


@pytest.mark.parametrize(
    "touch",
    [
        lambda sheet, by: save(sheet, by=by, version=1, facts={"summary": "Repris"}),
        lambda sheet, by: confirm_running(sheet, by=by),
        lambda sheet, by: archive(sheet, by=by),
    ],
    ids=["saved", "confirmed", "archived"],
)
@pytest.mark.django_db(transaction=True)
def test_undo_is_refused_once_a_fiche_was_touched(town, service, touch):
    run, by = checked(town, full()), agent_of(town)
    confirm(run, by=by, publish=True)
    touch(Sheet.objects.get(), by)

    with pytest.raises(Refused, match="reprises depuis"):
        undo(run, by=by)


def test_undo_before_the_import_is_refused(town, service):
    with pytest.raises(Refused):
        undo(checked(town, full()), by=agent_of(town))


def test_contributor_does_not_undo_a_publication(town, service):
    run = checked(town, full())
    confirm(run, by=agent_of(town), publish=True)

    with pytest.raises(Refused):
        undo(run, by=agent_of(town, "contributeur"))


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_are_one(town, service):
    run, by = checked(town, full()), agent_of(town)
    failures = []

    def work():
        try:
            confirm(SheetImport.objects.get(pk=run.pk), by=by)
        except Exception as error:  # noqa: BLE001 (told by the assertion)
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (failures, Sheet.objects.count()) == ([], 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_confirm_takes_the_same_queries_whatever_its_length(town, service, rows, django_assert_num_queries):
    by = agent_of(town)
    for rank in range(rows):
        published_sheet(town, by=by, title=f"Ancienne {rank}")
    run = checked(
        town,
        *[full(f"Ancienne {rank}") for rank in range(rows)],
        *[full(f"Neuve {rank}") for rank in range(rows)],
        by=by,
    )

    with django_assert_num_queries(29):
        confirm(run, by=by, publish=True)


def test_three_hundred_errors_are_all_told(town, service):
    rows = [(f"Fiche {rank}", "x" * 301, "", "XXX-99", "31/02/2025") for rank in range(100)]

    run = checked(town, *rows, header=(*HEADER, "Début"))

    assert (tally(run).errors, tally(run).error) == (300, 100)


def test_service_that_vanished_meanwhile_is_left_out(town, service):
    run, by = checked(town, full()), agent_of(town)
    Service.objects.all().delete()

    confirm(run, by=by, publish=True)

    assert Sheet.objects.get().state == "draft"
