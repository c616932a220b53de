"""Every verb of a fiche from every state by every role; writers at once are in test_sheet_races.py."""

import datetime as dt
from itertools import product
from uuid import uuid4

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from atlaas.models import PublicSheet, Revision, Sheet
from atlaas.models.public_sheet import FRENCH
from atlaas.operations.attachment import add, remove
from atlaas.operations.moderation import withdraw
from atlaas.operations.sheet import (
    Incomplete,
    archive,
    confirm,
    delete_draft,
    end,
    publish,
    restore,
    save,
    start,
)
from atlaas.rules.refusal import Conflict, Refused
from tests.factories.atlaas import (
    CommuneFactory,
    ServiceFactory,
    UserFactory,
    agent_of,
    draft_sheet,
    published_sheet,
)
from tests.factories.attachments import picture

pytestmark = pytest.mark.django_db
ROLES = ("", "contributeur", "valideur", "responsable")
WRITERS, PUBLISHERS = ROLES[1:], ROLES[2:]
STATES = ("draft", "published", "archived", "withdrawn")
# verb → state → state afterwards; what is not here is refused.
LEADS = {
    "save": {state: state for state in STATES},
    "publish": {"draft": "published", "published": "published", "archived": "published"},
    "confirm": {"published": "published"},
    "end": {"published": "published"},
    "archive": {"published": "archived"},
    "restore": {"published": "published", "archived": "published"},
    "delete_draft": {"draft": None},
}
ALLOWED = dict.fromkeys(LEADS, PUBLISHERS) | {"save": WRITERS, "delete_draft": WRITERS}


def sheet_in(state, **facts):
    """A fiche in that state, with two revisions unless it is a draft."""
    if state == "draft":
        return draft_sheet(**facts)
    sheet = published_sheet(**facts)
    by = agent_of(sheet.collectivity)
    sheet = save(sheet, by=by, version=sheet.version, facts={"audience": "Les aînés"})
    publish(sheet, by=by, version=sheet.version)
    if state == "archived":
        archive(sheet, by=by)
    if state == "withdrawn":
        withdraw(sheet, by=UserFactory(is_organiser=True), reason="Donnée personnelle")
    sheet.refresh_from_db()
    return sheet


def person(sheet, role):
    return agent_of(sheet.collectivity, role) if role else agent_of(CommuneFactory())


def do(verb, sheet, by):
    acts = {
        "save": lambda: save(sheet, by=by, version=sheet.version, facts={"title": "Nouveau titre"}),
        "publish": lambda: publish(sheet, by=by, version=sheet.version),
        "confirm": lambda: confirm(sheet, by=by),
        "end": lambda: end(sheet, by=by, on=dt.date(2025, 6, 1)),
        "archive": lambda: archive(sheet, by=by),
        "restore": lambda: restore(
            sheet, revision=sheet.revisions.last() or Revision(pk=0), by=by, version=sheet.version
        ),
        "delete_draft": lambda: delete_draft(sheet, by=by),
    }
    return acts[verb]()


def stored(sheet):
    found = Sheet.objects.filter(pk=sheet.pk).first()
    return found and (found.state, found.version, found.revisions.count(), found.steps.count())


@pytest.mark.parametrize(("verb", "state", "role"), list(product(LEADS, STATES, ROLES)))
def test_every_verb_from_every_state_by_every_role(verb, state, role):
    sheet = sheet_in(state)
    by = person(sheet, role)
    before = stored(sheet)

    if role in ALLOWED[verb] and state in LEADS[verb]:
        do(verb, sheet, by)
        after = stored(sheet)
        assert (after and after[0]) == LEADS[verb][state]
        assert PublicSheet.objects.filter(pk=sheet.pk).exists() is (LEADS[verb][state] == "published")
    else:
        with pytest.raises(Refused):
            do(verb, sheet, by)
        assert stored(sheet) == before


def test_published_fiche_is_found_without_accents_nor_plurals():
    sheet = published_sheet()

    assert PublicSheet.objects.filter(search=SearchQuery("hameau numeriques", config=FRENCH)).exists() is True
    assert sheet.public.title == "Un bus numérique dans les huit hameaux"


def test_start_twice_with_one_key_is_one_fiche():
    town, key = CommuneFactory(), uuid4()
    by = agent_of(town, "contributeur")

    one, other = start(town, by=by, draft_key=key), start(town, by=by, draft_key=key)

    assert (one.pk, list(one.steps.values_list("step", flat=True))) == (other.pk, ["start"])
    assert (one.lon, one.lat, one.created_by) == (town.lon, town.lat, by)


def test_start_elsewhere_is_refused():
    with pytest.raises(Refused, match="rattaché"):
        start(CommuneFactory(), by=agent_of(CommuneFactory()), draft_key=uuid4())


def test_stale_save_is_a_conflict_with_both_texts():
    sheet = draft_sheet()
    by = agent_of(sheet.collectivity)
    save(sheet, by=by, version=sheet.version, facts={"title": "Un autre titre"})

    with pytest.raises(Conflict) as conflict:
        save(sheet, by=by, version=sheet.version, facts={"title": "Encore un autre"}, services=[])

    assert conflict.value.current.title == "Un autre titre"
    assert conflict.value.proposed == {"facts": {"title": "Encore un autre"}, "services": []}


def test_saving_what_is_there_changes_nothing_whatever_the_version():
    sheet = draft_sheet()
    codes = list(sheet.services.values_list("code", flat=True))

    same = save(
        sheet,
        by=agent_of(sheet.collectivity),
        version=1,
        facts={"title": sheet.title, "text": sheet.text.replace("\n", "\r\n")},
        services=[*codes, "INCONNU"],
    )

    assert same.version == sheet.version


def test_save_changes_services_alone():
    sheet, other = draft_sheet(), ServiceFactory()

    saved = save(
        sheet, by=agent_of(sheet.collectivity), version=sheet.version, facts={}, services=[other.code]
    )

    assert (saved.version, list(saved.services.all())) == (sheet.version + 1, [other])


def test_saving_the_same_services_changes_nothing():
    sheet = draft_sheet()
    codes = list(sheet.services.values_list("code", flat=True))

    same = save(sheet, by=agent_of(sheet.collectivity), version=sheet.version, facts={}, services=codes)

    assert same.version == sheet.version


def test_save_strips_what_postgresql_cannot_keep():
    sheet = draft_sheet()

    saved = save(
        sheet,
        by=agent_of(sheet.collectivity),
        version=sheet.version,
        facts={"title": "a\x00b\x07\ud800", "text": "un\r\ndeux\rtrois\tfin\x85"},
    )

    assert (saved.title, saved.text) == ("ab", "un\ndeux\ntrois\tfin")


def test_erased_draft_is_refused_in_words():
    sheet = draft_sheet()
    by = agent_of(sheet.collectivity)
    delete_draft(sheet, by=by)

    with pytest.raises(Refused, match="effacée"):
        save(sheet, by=by, version=1, facts={})


def test_incomplete_fiche_says_what_to_mend_and_stays_a_draft():
    sheet = draft_sheet(summary="", is_running=False)

    with pytest.raises(Incomplete) as incomplete:
        publish(sheet, by=agent_of(sheet.collectivity), version=sheet.version)

    assert [one.field for one in incomplete.value.problems] == ["summary", "ended_on"]
    assert Sheet.objects.get().state == "draft"


def test_publishing_what_is_public_already_makes_no_second_revision():
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)

    again = publish(sheet, by=by, version=sheet.version)

    assert (again.number, sheet.revisions.count()) == (1, 1)


def test_publishing_a_stale_version_is_a_conflict():
    sheet = draft_sheet()

    with pytest.raises(Conflict, match="relisez-la"):
        publish(sheet, by=agent_of(sheet.collectivity), version=sheet.version - 1)


def test_unpublished_changes_are_not_public():
    sheet = published_sheet()

    saved = save(sheet, by=agent_of(sheet.collectivity), version=sheet.version, facts={"title": "Pas encore"})

    assert saved.has_unpublished_changes is True
    assert PublicSheet.objects.get().title == "Un bus numérique dans les huit hameaux"


def test_confirming_leaves_the_digest_as_it_was_and_what_waits_alone():
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)
    save(sheet, by=by, version=sheet.version, facts={"title": "Pas encore"})

    revision = confirm(sheet, by=by)

    assert [one.digest for one in sheet.revisions.all()] == [revision.digest] * 2
    assert revision.content["title"] == "Un bus numérique dans les huit hameaux"


@pytest.mark.parametrize(("has_draft", "published_too"), [(False, True), (True, False)])
def test_end_is_written_in_what_is_public_and_in_the_working_copy(has_draft, published_too):
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)
    if has_draft:
        save(sheet, by=by, version=sheet.version, facts={"title": "Pas encore"})

    revision = end(sheet, by=by, on=dt.date(2025, 6, 1))

    sheet.refresh_from_db()
    assert (sheet.is_running, sheet.ended_on) == (False, dt.date(2025, 6, 1))
    assert (sheet.published_version == sheet.version) is published_too
    assert (revision.kind, revision.content["ended_on"]) == ("fin", "2025-06-01")
    assert revision.digest == sheet.revisions.last().digest


def test_end_before_the_start_is_refused():
    sheet = published_sheet(started_on=dt.date(2025, 1, 1))

    with pytest.raises(Incomplete):
        end(sheet, by=agent_of(sheet.collectivity), on=dt.date(2024, 1, 1))


def test_restore_takes_back_every_field_services_and_files():
    service = ServiceFactory()
    sheet = draft_sheet(services=[service])
    by = agent_of(sheet.collectivity)
    kept = add(sheet, by=by, version=sheet.version, data=picture(), name="a.jpg", alt="Un bus")
    publish(sheet, by=by, version=sheet.version + 1)
    first = sheet.revisions.get()
    remove(kept, by=by, version=sheet.version + 1)
    sheet.refresh_from_db()
    facts = {"title": "Tout autre", "started_on": dt.date(2024, 1, 1), "links": ["https://exemple.test/"]}
    sheet = save(sheet, by=by, version=sheet.version, facts=facts, services=[ServiceFactory().code])
    publish(sheet, by=by, version=sheet.version)

    made = restore(sheet, revision=first, by=by, version=sheet.version)

    assert (made.number, made.kind, made.restored, made.content) == (3, "restauration", first, first.content)
    assert PublicSheet.objects.get().service_ids == [service.pk]
    sheet.refresh_from_db()
    assert (sheet.has_unpublished_changes, sheet.attachments.get().removed_at) == (False, None)


def test_restore_of_a_stale_version_is_a_conflict():
    sheet = published_sheet()

    with pytest.raises(Conflict):
        restore(sheet, revision=sheet.revisions.get(), by=agent_of(sheet.collectivity), version=1)


def test_restore_of_what_credits_an_erased_fiche_credits_nobody():
    sheet, source = published_sheet(), draft_sheet()
    by = agent_of(sheet.collectivity)
    Sheet.objects.filter(pk=sheet.pk).update(inspired_by=source)
    sheet = save(sheet, by=by, version=sheet.version, facts={"title": "Un titre"})
    publish(sheet, by=by, version=sheet.version)
    delete_draft(source, by=agent_of(source.collectivity))

    made = restore(sheet, revision=sheet.revisions.first(), by=by, version=sheet.version)

    assert made.content["inspired_by"] is None
    assert PublicSheet.objects.get().inspired_by is None


def test_draft_that_was_published_is_not_erased():
    sheet = published_sheet()
    Sheet.objects.filter(pk=sheet.pk).update(state="draft")

    with pytest.raises(Refused, match="archivez"):
        delete_draft(sheet, by=agent_of(sheet.collectivity))


@pytest.mark.parametrize(
    ("column", "value"),
    [("number", "9"), ("kind", "'fin'"), ("content", "'{}'"), ("digest", "repeat('a', 64)"), ("at", "now()")],
)
def test_revision_never_changes_even_by_raw_sql(column, value):
    published_sheet()

    with (
        pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE atlaas_revision SET {column} = {value}")


def test_revision_says_when_it_was_made():
    before = timezone.now()

    assert before - dt.timedelta(minutes=5) < published_sheet().revisions.get().at


def test_restore_keeps_what_a_colleague_is_writing():
    sheet = published_sheet()
    by, first = agent_of(sheet.collectivity), sheet.revisions.get()
    sheet = save(sheet, by=by, version=sheet.version, facts={"title": "Une heure de travail"})

    with pytest.raises(Refused, match="attend d’être publié"):
        restore(sheet, revision=first, by=by, version=sheet.version)

    sheet.refresh_from_db()
    assert sheet.title == "Une heure de travail"


def test_restore_of_services_that_left_the_referential_is_refused():
    sheet = published_sheet()
    by, gone = agent_of(sheet.collectivity), sheet.services.get()
    other = ServiceFactory()
    sheet = save(sheet, by=by, version=sheet.version, facts={}, services=[other.code])
    publish(sheet, by=by, version=sheet.version)
    gone.delete()

    with pytest.raises(Incomplete):
        restore(sheet, revision=sheet.revisions.last(), by=by, version=sheet.version)

    sheet.refresh_from_db()
    assert list(sheet.services.all()) == [other]
