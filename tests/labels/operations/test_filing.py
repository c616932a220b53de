"""Filing: what is written, by whom, from which state; deadlines are in test_deadline.py, crowds in test_filing_races.py."""

import datetime as dt
import json
from itertools import product

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from atlaas.models import Job, Notice, PublicSheet
from atlaas.operations import sheet as fiche
from atlaas.rules.refusal import Refused
from labels.models import CandidacySheet, CandidacyStep, Edition, Snapshot
from labels.operations.filing import Incomplete, correct, file, keep, resume, withdraw
from labels.queries.candidacy import filed_dossier
from labels.queries.clock import now
from labels.rules.clock import PARIS
from labels.rules.receipt import receipt_of
from labels.rules.snapshot import canonical, sha256
from tests.factories.atlaas import (
    CommuneFactory,
    GroupFactory,
    UserFactory,
    agent_of,
    draft_sheet,
    published_sheet,
)
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db
STATES = ("draft", "filed", "correcting", "withdrawn")
VERBS = {"file": file, "correct": correct, "keep": keep, "withdraw": withdraw, "resume": resume}
# verb → state → state afterwards; what is not here is refused. Filing what is filed answers the snapshot that stands.
LEADS = {
    "file": {"draft": "filed", "filed": "filed", "correcting": "filed"},
    "correct": {"filed": "correcting"},
    "keep": {"correcting": "filed"},
    "withdraw": {"filed": "withdrawn", "correcting": "withdrawn"},
    "resume": {"withdrawn": "draft"},
}


def candidacy_in(state):
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)
    path = {
        "draft": (),
        "filed": ("file",),
        "correcting": ("file", "correct"),
        "withdrawn": ("file", "withdraw"),
    }
    for verb in path[state]:
        do(verb, candidacy, by)
    candidacy.refresh_from_db()
    return candidacy, by


def do(verb, candidacy, by):
    words = {} if verb == "keep" else {"arrived_at": now()}
    return VERBS[verb](candidacy, by=by, **words)


def document_of(snapshot):
    return json.loads(snapshot.document)


@pytest.mark.parametrize(("verb", "state"), list(product(VERBS, STATES)))
def test_verb_from_every_state(verb, state):
    candidacy, by = candidacy_in(state)
    before = CandidacyStep.objects.count()

    try:
        do(verb, candidacy, by)
        led = True
    except Refused as refused:
        led = "On ne peut pas" not in str(refused)

    candidacy.refresh_from_db()
    assert (led, candidacy.state) == (state in LEADS[verb], LEADS[verb].get(state, state))
    is_new = led and (verb, state) != ("file", "filed")
    assert CandidacyStep.objects.count() - before == is_new


@pytest.mark.parametrize(
    ("verb", "role"), list(product(VERBS, ("", "contributeur", "valideur", "responsable")))
)
def test_verb_asks_for_a_valideur(verb, role):
    state = next(iter(LEADS[verb]))
    candidacy, _ = candidacy_in(state)
    person = agent_of(candidacy.collectivity, role) if role else UserFactory(is_organiser=True)

    try:
        do(verb, candidacy, person)
        may = True
    except Refused as refused:
        may = "Seul un valideur" not in str(refused)

    assert may == (role in {"valideur", "responsable"})


def test_file_writes_the_whole_dossier():
    group = GroupFactory()
    town = CommuneFactory(epci=group)
    candidacy = a_complete_candidacy(town, sheets=2)
    by, arrived = publisher_of(town), now()
    first, second = PublicSheet.objects.order_by("title")
    CandidacySheet.objects.create(candidacy=candidacy, sheet=second.sheet, choice="flagship", position=1)

    snapshot = file(candidacy, by=by, arrived_at=arrived)

    facts = document_of(snapshot)
    assert snapshot.document == canonical(facts)
    assert snapshot.sha256 == sha256(snapshot.document)
    assert (snapshot.number, snapshot.rank, snapshot.by, snapshot.arrived_at) == (
        "2030-00001",
        1,
        by,
        arrived,
    )
    assert {one["id"]: (one["revision"], one["digest"]) for one in facts["sheets"]} == {
        str(one.pk): (one.revision.number, one.revision.digest) for one in (first, second)
    }
    assert facts["flagships"] == [str(second.pk)]
    assert (facts["number"], facts["rank"], facts["filed_by"]) == ("2030-00001", 1, "Camille Exemple")
    assert facts["collectivity"]["epci"] == {"code": group.code, "name": group.name}
    assert (facts["collectivity"]["population"], facts["collectivity"]["members"]) == (3000, [])
    assert (facts["subscription"], facts["category"]["category"]) == ("active", "ville")
    assert facts["people"]["elected_name"] == "Dominique Exemple"
    assert facts["rulebook"]["service_steps"] == [1, 16, 29, 45, 65]
    assert set(facts) == {
        *("answers", "arrived_at", "category", "collectivity", "counted_on", "derogations", "edition"),
        *("feedback", "filed_by", "flagships", "format", "mandate", "mayor_word", "mosaic", "number"),
        *("people", "questions", "rank", "rulebook", "sheets", "subscription", "taken_out"),
    }


def test_file_tells_the_members_of_a_group():
    group = GroupFactory()
    CommuneFactory(epci=group, code="59001", name="Exempleville")

    snapshot = file(a_complete_candidacy(group), by=publisher_of(group), arrived_at=now())

    assert document_of(snapshot)["collectivity"]["members"] == [
        {"code": "59001", "name": "Exempleville", "population": 3000}
    ]


def test_file_leaves_out_what_was_taken_out_and_what_does_not_count():
    candidacy = a_complete_candidacy(sheets=2)
    out = PublicSheet.objects.order_by("title")[1]
    CandidacySheet.objects.create(candidacy=candidacy, sheet=out.sheet, choice="out")
    draft_sheet(candidacy.collectivity, by=publisher_of(candidacy.collectivity))
    published_sheet()

    facts = document_of(file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now()))

    assert [one["content"]["title"] for one in facts["sheets"]] == ["Une action n° 0"]
    assert facts["taken_out"] == [str(out.pk)]


def test_file_draws_the_mosaic_of_the_very_fiches_of_the_dossier():
    candidacy = a_complete_candidacy(sheets=2)
    kept, out = PublicSheet.objects.order_by("title")
    CandidacySheet.objects.create(candidacy=candidacy, sheet=out.sheet, choice="out")

    snapshot = file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())

    candidacy.refresh_from_db()
    filed = filed_dossier(candidacy)
    counted = {tile.code: tile.count for tile in filed.mosaic.tiles}
    assert counted == {kept.sheet.services.get().code: 1, out.sheet.services.get().code: 0}
    assert [one.id for one in filed.sheets] == [str(kept.pk)]
    receipt = receipt_of(snapshot.document, sha256=snapshot.sha256, zone=PARIS)
    assert (receipt.services, filed.mosaic.covered) == (1, 1)


def test_file_incomplete_says_what_is_missing_and_writes_nothing():
    candidacy = a_complete_candidacy(elected_name="")

    with pytest.raises(Incomplete) as refusal:
        file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())

    assert len(refusal.value.missing) == 1
    assert (Snapshot.objects.count(), CandidacyStep.objects.count()) == (0, 0)


def test_file_asks_for_the_mail_and_tells_the_team():
    candidacy = a_complete_candidacy()
    colleague = agent_of(candidacy.collectivity, "contributeur")

    snapshot = file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())

    assert list(Job.objects.filter(kind="candidacy-mail").values_list("key", flat=True)) == [
        f"receipt:{snapshot.pk}"
    ]
    told = Notice.objects.get(user=colleague, kind="candidature")
    assert (told.title, told.url) == (
        "La candidature 2030 est déposée : n° 2030-00001",
        f"/espace/{candidacy.collectivity.code}/candidature/2030/recu/1/",
    )


def test_file_again_after_the_answer_was_lost_gives_the_same_snapshot():
    candidacy, by = candidacy_in("filed")

    again = file(candidacy, by=by, arrived_at=candidacy.edition.closes_at.replace(year=2031), rank=1)

    assert (again, Snapshot.objects.count()) == (candidacy.filed, 1)


def test_file_that_comes_back_during_a_correction_files_nothing_new():
    candidacy, by = candidacy_in("correcting")

    again = file(candidacy, by=by, arrived_at=now(), rank=1)

    candidacy.refresh_from_db()
    assert (again, candidacy.state, Snapshot.objects.count()) == (candidacy.filed, "correcting", 1)


def test_file_a_correction_replaces_what_counts_and_keeps_the_proof():
    candidacy, by = candidacy_in("correcting")
    first = candidacy.filed

    second = file(candidacy, by=by, arrived_at=now(), rank=2)

    candidacy.refresh_from_db()
    assert candidacy.filed == second
    assert [(one.rank, one.number) for one in candidacy.snapshots.order_by("rank")] == [
        (1, "2030-00001"),
        (2, "2030-00002"),
    ]
    assert first.sha256 != second.sha256


def test_a_correction_under_way_leaves_what_was_filed():
    candidacy, _ = candidacy_in("correcting")

    assert candidacy.filed == candidacy.snapshots.get()


def test_numbers_of_two_editions_are_apart():
    one = a_complete_candidacy(edition=open_edition(2030))
    other = a_complete_candidacy(edition=open_edition(2031))

    numbers = [file(it, by=publisher_of(it.collectivity), arrived_at=now()).number for it in (one, other)]

    assert numbers == ["2030-00001", "2031-00001"]


def test_a_fiche_that_changes_leaves_the_snapshot_and_its_hash(client):
    candidacy, by = candidacy_in("filed")
    snapshot = candidacy.filed
    sheet = PublicSheet.objects.get().sheet

    fiche.save(sheet, by=by, version=sheet.version, facts={"title": "Un tout autre titre"})
    sheet.refresh_from_db()
    fiche.publish(sheet, by=by, version=sheet.version)

    stored = Snapshot.objects.get()
    assert "Un tout autre titre" in client.get(f"/fiches/{sheet.pk}/").content.decode()
    assert (stored.document, stored.sha256) == (snapshot.document, snapshot.sha256)
    assert sha256(stored.document) == snapshot.sha256
    assert document_of(stored)["sheets"][0]["content"]["title"] == "Une action n° 0"


@pytest.mark.parametrize("change", [{"document": "{}"}, {"sha256": "0" * 64}, {"number": "2030-99999"}])
def test_a_snapshot_is_for_good(change):
    candidacy_in("filed")

    with pytest.raises(ProgrammingError, match="Cannot update of"), transaction.atomic():
        Snapshot.objects.update(**change)


def test_a_snapshot_is_never_deleted():
    candidacy, _ = candidacy_in("withdrawn")

    with pytest.raises(ProgrammingError, match="what was filed is for good"), transaction.atomic():
        candidacy.snapshots.all()._raw_delete("default")


def test_withdraw_keeps_the_proof_and_tells_the_team():
    candidacy, by = candidacy_in("withdrawn")

    step = candidacy.steps.get(step="withdraw")
    assert (candidacy.filed, candidacy.snapshots.count()) == (None, 1)
    assert Job.objects.filter(kind="candidacy-mail", key=f"withdrawn:{step.pk}").count() == 1
    assert Notice.objects.filter(user=by, title="La candidature 2030 est retirée").count() == 1


def test_file_after_a_withdrawal_takes_the_next_rank():
    candidacy, by = candidacy_in("withdrawn")
    resume(candidacy, by=by, arrived_at=now())

    assert file(candidacy, by=by, arrived_at=now()).rank == 2


def queries_of_filing(sheets):
    candidacy = a_complete_candidacy(sheets=sheets)
    by = publisher_of(candidacy.collectivity)
    with CaptureQueriesContext(connection) as captured:
        file(candidacy, by=by, arrived_at=now())
    return len(captured)


def test_file_asks_as_much_for_three_fiches_as_for_one():
    assert queries_of_filing(1) == queries_of_filing(3)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_moves_what_is_published(verb, state):
    candidacy, by = candidacy_in(state)
    Edition.objects.filter(pk=candidacy.edition_id).update(published_at=now())

    if (verb, state) == ("file", "filed"):
        assert do(verb, candidacy, by) == candidacy.filed  # the answer to a click that was lost
        return
    with pytest.raises(Refused, match="est public"):
        do(verb, candidacy, by)


def test_what_a_colleague_wrote_since_is_not_filed_unread():
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)

    with pytest.raises(Refused, match="relisez-le"):
        file(candidacy, by=by, arrived_at=now(), version=candidacy.version + 1)
    assert file(candidacy, by=by, arrived_at=now(), version=candidacy.version).rank == 1


def test_the_document_holds_what_was_asked_and_what_is_filed():
    candidacy = a_complete_candidacy(answers={"une-autre-categorie": "Oui."})
    by = publisher_of(candidacy.collectivity)
    gone = draft_sheet(candidacy.collectivity, by=by)
    kept = candidacy.collectivity.sheets.exclude(pk=gone.pk).get()
    for rank, sheet in enumerate((gone, kept), 1):
        CandidacySheet.objects.create(candidacy=candidacy, sheet=sheet, choice="flagship", position=rank)

    told = document_of(file(candidacy, by=by, arrived_at=now()))

    assert (told["answers"], told["flagships"]) == ({}, [str(kept.pk)])
    assert "grace_seconds" not in told["rulebook"]


def test_fiches_are_counted_on_the_day_the_request_arrived():
    candidacy = a_complete_candidacy()
    arrived_at = now() - dt.timedelta(days=2)

    told = document_of(file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=arrived_at))

    assert told["counted_on"] == arrived_at.astimezone(PARIS).date().isoformat()
