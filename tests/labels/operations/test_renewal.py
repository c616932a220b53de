from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from atlaas.models import PublicSheet, Revision, Sheet
from atlaas.operations.sheet import archive, confirm, publish, save
from atlaas.rules.refusal import Refused
from labels.choices import RenewalStatus
from labels.operations.renewal import renew
from labels.queries.renewal import overall, renewal_counts
from labels.rules.renewal import Answer, window_of
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.renewal import past_sheets

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def town(db):
    return CommuneFactory()


@pytest.fixture
def person(town):
    return agent_of(town, "valideur")


def window():
    return window_of(timezone.localdate().year)


def answer(sheet, choice="en-cours", *, version=1, number=1, ended_on=None):
    return Answer(sheet.pk, choice, version, number, ended_on)


def told(outcome):
    return len(outcome.done), len(outcome.already), len(outcome.changed), list(outcome.refused.values())


def revisions():
    return Counter(Revision.objects.values_list("kind", flat=True))


def test_running_is_confirmed_with_what_is_public(town, person):
    (sheet,) = past_sheets(1, town)
    save(sheet, by=person, version=1, facts={"title": "Pas encore publié"})

    outcome = renew(town, [answer(sheet, version=2)], window=window(), by=person)

    assert told(outcome) == (1, 0, 0, [])
    assert revisions() == {"publication": 1, "confirmation": 1}
    assert PublicSheet.objects.get().title == "Fiche 01"
    assert [step.by for step in sheet.steps.filter(step="confirmation")] == [person]


def test_ended_is_written_in_the_public_text_and_the_working_copy(town, person):
    (sheet,) = past_sheets(1, town)

    outcome = renew(town, [answer(sheet, "terminee", ended_on=YESTERDAY)], window=window(), by=person)

    public, copy = PublicSheet.objects.get(), Sheet.objects.get()
    assert told(outcome) == (1, 0, 0, [])
    assert (public.is_running, public.ended_on) == (False, YESTERDAY)
    assert (copy.is_running, copy.ended_on, copy.version, copy.published_version) == (False, YESTERDAY, 2, 2)
    assert copy.saved_by == person


def test_ending_leaves_an_unpublished_change_unpublished(town, person):
    (sheet,) = past_sheets(1, town)
    save(sheet, by=person, version=1, facts={"title": "Pas encore publié"})

    renew(town, [answer(sheet, "terminee", version=2, ended_on=YESTERDAY)], window=window(), by=person)

    copy = Sheet.objects.get()
    assert (copy.title, copy.version, copy.published_version) == ("Pas encore publié", 3, 1)
    assert PublicSheet.objects.get().title == "Fiche 01"


def test_retired_leaves_the_public_pages(town, person):
    (sheet,) = past_sheets(1, town)

    outcome = renew(town, [answer(sheet, "a-retirer")], window=window(), by=person)

    assert told(outcome) == (1, 0, 0, [])
    assert (Sheet.objects.get().state, PublicSheet.objects.count()) == ("archived", 0)
    assert sheet.steps.filter(step="archive", by=person).count() == 1


def test_modified_is_left_to_the_editor(town, person):
    (sheet,) = past_sheets(1, town)

    outcome = renew(town, [answer(sheet, "modifiee")], window=window(), by=person)

    assert (told(outcome), revisions()) == ((0, 0, 0, []), {"publication": 1})


@pytest.mark.parametrize("choice", ["en-cours", "terminee", "a-retirer"])
def test_sent_twice_is_written_once(town, person, choice):
    (sheet,) = past_sheets(1, town)
    sent = [answer(sheet, choice, ended_on=YESTERDAY)]
    renew(town, sent, window=window(), by=person)
    before = revisions()

    outcome = renew(town, sent, window=window(), by=person)

    assert (told(outcome), revisions()) == ((0, 1, 0, []), before)
    assert sheet.steps.count() == 1


def test_a_fiche_confirmed_by_a_colleague_is_not_confirmed_again(town, person):
    (sheet,) = past_sheets(1, town)
    confirm(sheet, by=agent_of(town))

    outcome = renew(town, [answer(sheet)], window=window(), by=person)

    assert (told(outcome), revisions()["confirmation"]) == ((0, 1, 0, []), 1)


@pytest.mark.parametrize("choice", ["terminee", "a-retirer"])
def test_what_a_colleague_published_is_left(town, person, choice):
    (sheet,) = past_sheets(1, town)
    colleague = agent_of(town)
    save(sheet, by=colleague, version=1, facts={"title": "Un autre titre"})
    publish(sheet, by=colleague, version=2)

    outcome = renew(town, [answer(sheet, choice, ended_on=YESTERDAY)], window=window(), by=person)

    assert (told(outcome), PublicSheet.objects.get().title) == ((0, 0, 1, []), "Un autre titre")


def test_what_a_colleague_is_writing_is_left(town, person):
    (sheet,) = past_sheets(1, town)
    save(sheet, by=agent_of(town), version=1, facts={"title": "Un autre titre"})

    outcome = renew(town, [answer(sheet)], window=window(), by=person)

    assert (told(outcome), revisions()) == ((0, 0, 1, []), {"publication": 1})


@pytest.mark.parametrize("choice", ["en-cours", "terminee"])
def test_a_fiche_archived_meanwhile_is_left(town, person, choice):
    (sheet,) = past_sheets(1, town)
    archive(sheet, by=agent_of(town))

    outcome = renew(town, [answer(sheet, choice, ended_on=YESTERDAY)], window=window(), by=person)

    assert (told(outcome), Sheet.objects.get().state) == ((0, 0, 1, []), "archived")


@pytest.mark.parametrize(
    ("facts", "ended_on", "sentence"),
    [
        ({}, None, "Dites quand l’action a pris fin."),
        (
            {},
            timezone.localdate() + timedelta(days=2),
            "La fin est dans l’avenir : laissez la fiche en cours jusque-là.",
        ),
        (
            {"started_on": date(2020, 1, 1)},
            date(2019, 1, 1),
            "La fin précède le début : corrigez l’une des deux dates.",
        ),
    ],
)
def test_a_wrong_end_is_refused_and_the_others_saved(town, person, facts, ended_on, sentence):
    (wrong,) = past_sheets(1, town, **facts)
    (right,) = past_sheets(1, town, title="Sans souci")

    sent = [answer(wrong, "terminee", ended_on=ended_on), answer(right)]
    outcome = renew(town, sent, window=window(), by=person)

    assert told(outcome) == (1, 0, 0, [sentence])
    assert revisions() == {"publication": 2, "confirmation": 1}


def test_an_ended_fiche_is_not_confirmed_as_running(town, person):
    (sheet,) = past_sheets(1, town, is_running=False, ended_on=date(2025, 1, 1))

    outcome = renew(town, [answer(sheet)], window=window(), by=person)

    assert told(outcome) == (
        0,
        0,
        0,
        ["Cette fiche dit que l’action est terminée : reprenez-la dans l’éditeur."],
    )


def test_fiches_of_others_and_unknown_ones_are_not_touched(town, person):
    (foreign,) = past_sheets(1, title="Ailleurs")
    unknown = Sheet(pk=uuid4())

    outcome = renew(town, [answer(foreign, "a-retirer"), answer(unknown)], window=window(), by=person)

    assert (told(outcome), Sheet.objects.get().state) == ((0, 0, 2, []), "published")


def test_a_draft_is_not_touched(town, person):
    draft = Sheet.objects.create(collectivity=town)

    outcome = renew(town, [answer(draft, "a-retirer", number=0)], window=window(), by=person)

    assert (told(outcome), Sheet.objects.get().state) == ((0, 0, 1, []), "draft")


@pytest.mark.parametrize("role", ["contributeur", None])
def test_only_who_publishes_renews(town, role):
    (sheet,) = past_sheets(1, town)
    person = agent_of(town, role) if role else UserFactory()

    with pytest.raises(Refused):
        renew(town, [answer(sheet)], window=window(), by=person)

    assert revisions() == {"publication": 1}


def fifty_and_ten(town, person):
    """60 fiches: 50 on, 6 modified in the editor, 4 ended; the answers of the 54 that are told in the table."""
    sheets = past_sheets(60, town)
    for sheet in sheets[50:56]:
        save(sheet, by=person, version=1, facts={"summary": "Une phrase nouvelle."})
        publish(sheet, by=person, version=2)
    running = [answer(sheet) for sheet in sheets[:50]]
    return [*running, *(answer(sheet, "terminee", ended_on=YESTERDAY) for sheet in sheets[56:])]


def test_sixty_fiches_are_renewed_and_counted_from_their_revisions(town, person):
    answers = fifty_and_ten(town, person)

    outcome = renew(town, answers, window=window(), by=person)

    assert told(outcome) == (54, 0, 0, [])
    assert overall(renewal_counts(window()).values()) == {
        RenewalStatus.NEW: 0,
        RenewalStatus.MODIFIED: 6,
        RenewalStatus.RENEWED: 50,
        RenewalStatus.ENDED: 4,
        RenewalStatus.UNTOUCHED: 0,
    }


@pytest.mark.parametrize("count", [1, 3, 60])
def test_any_number_takes_the_same_queries(town, person, count, django_assert_num_queries):
    sheets = past_sheets(3 * count, town)
    running = [answer(sheet) for sheet in sheets[:count]]
    ended = [answer(sheet, "terminee", ended_on=YESTERDAY) for sheet in sheets[count : 2 * count]]
    retired = [answer(sheet, "a-retirer") for sheet in sheets[2 * count :]]

    with django_assert_num_queries(QUERIES):
        outcome = renew(town, [*running, *ended, *retired], window=window(), by=person)

    assert len(outcome.done) == 3 * count


# The right, the fiches held, what they were; the copies, the revisions, the public rows, the steps; savepoints of each.
QUERIES = 14


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_confirm_once():
    town = CommuneFactory()
    people = [agent_of(town) for _ in range(2)]
    answers = [answer(sheet) for sheet in past_sheets(6, town)]

    def send(person):
        try:
            return renew(town, answers if person is people[0] else answers[::-1], window=window(), by=person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(send, people))

    assert sum(len(one.done) for one in outcomes) == 6
    assert sum(len(one.already) for one in outcomes) == 6
    assert revisions() == {"publication": 6, "confirmation": 6}


def test_running_past_its_announced_end_is_refused(town, person):
    (sheet,) = past_sheets(1, town)
    first = sheet.revisions.get()
    facts = {"kind": "publication", "digest": first.digest, "at": first.at, "number": first.number + 1}
    Revision.objects.create(sheet=sheet, content=first.content | {"ended_on": "2020-01-01"}, **facts)

    outcome = renew(town, [answer(sheet, number=first.number + 1)], window=window(), by=person)

    assert "pas de fin passée" in outcome.refused[sheet.pk]
    assert sheet.revisions.count() == 2
