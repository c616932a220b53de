"""Contradictions are settled, letters prepared, then sent once and for good, after the publication."""

import json

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from atlaas.models import Job
from atlaas.operations.job import run_pending
from atlaas.rules.refusal import Refused
from jury.choices import SettledAs
from jury.models import Letter, LetterCopy, RemarkSettlement
from jury.operations.letter import mail_again, prepare, send, settle
from jury.queries.letter import contradictions_of
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.labels import MentionFactory
from tests.factories.letter import Case, enjeux, handed_in
from tests.factories.recusal import judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    return Case()


def told(letter):
    return {
        one["heading"]: [line["name"] for line in one["lines"]]
        for one in json.loads(letter.document)["words"]["parts"]
    }


def test_a_letter_tells_level_title_mentions_strengths_and_next_steps(case):
    education, health = enjeux("Éducation", "Santé")
    handed_in(case.jurors[0], case.candidacy, strengths=[health, education])
    handed_in(case.jurors[1], case.candidacy, strengths=[education])
    MentionFactory(award=case.award(level=5, is_ten=True))
    case.close()

    case.prepare()

    letter = case.letter
    facts = json.loads(letter.document)
    assert told(letter) == {"Vos points forts": ["Éducation", "Santé"], "Vos prochaines étapes": []}
    assert [row["value"] for row in facts["words"]["rows"]] == [
        "5\u00a0arobases sur\u00a05",
        "Territoire d’excellence numérique (TEN)",
        "Médiation numérique",
    ]
    assert (letter.level, letter.sent_at) == (5, None)


def test_before_the_sitting_closes_a_letter_has_no_level(case):
    case.award()

    case.prepare()

    assert (case.letter.level, json.loads(case.letter.document)["level"]) == (None, None)


def test_drafts_and_evaluations_of_who_is_tied_or_left_count_for_nothing(case):
    education, health = enjeux("Éducation", "Santé")
    first, second = case.jurors
    handed_in(first, case.candidacy, strengths=[education])
    handed_in(second, case.candidacy, next_steps=[health])
    RecusalFactory(juror=second, collectivity=case.town)
    third = a_juror(case.edition)
    evaluation = handed_in(third, case.candidacy, next_steps=[health])
    type(evaluation).objects.filter(pk=evaluation.pk).update(state="draft", submitted_at=None)

    case.prepare()

    assert told(case.letter) == {"Vos points forts": ["Éducation"], "Vos prochaines étapes": []}


@pytest.mark.parametrize(
    ("kind", "strengths", "next_steps"),
    [("strength", ["Éducation"], []), ("next_step", [], ["Éducation"]), ("neither", [], [])],
)
def test_a_settlement_decides_and_the_prepared_letter_follows(case, kind, strengths, next_steps):
    enjeu = case.contradict()
    case.prepare()
    assert told(case.letter) == {"Vos points forts": [], "Vos prochaines étapes": []}

    settle(case.candidacy, enjeu, SettledAs(kind), by=case.organiser, reason="Relu ensemble")

    assert told(case.letter) == {"Vos points forts": strengths, "Vos prochaines étapes": next_steps}
    row = RemarkSettlement.objects.get()
    assert (row.kind, row.reason, row.by) == (kind, "Relu ensemble", case.organiser)


def test_a_settlement_may_change_until_the_letter_is_sent(case):
    enjeu = case.contradict()
    settle(case.candidacy, enjeu, SettledAs.STRENGTH, by=case.organiser)
    settle(case.candidacy, enjeu, SettledAs.NEITHER, by=case.organiser)
    case.ready()
    send(case.edition, by=case.organiser)

    with pytest.raises(Refused, match="ne change plus"):
        settle(case.candidacy, enjeu, SettledAs.STRENGTH, by=case.organiser)

    assert RemarkSettlement.objects.get().kind == "neither"


def test_what_is_no_contradiction_is_not_settled(case):
    (education,) = enjeux("Éducation")
    handed_in(case.jurors[0], case.candidacy, strengths=[education])

    with pytest.raises(Refused, match="ne se contredisent pas"):
        settle(case.candidacy, education, SettledAs.NEITHER, by=case.organiser)


def test_the_president_settles_and_no_other_juror(case):
    enjeu = case.contradict()
    president = a_juror(case.edition, president=True)
    with pytest.raises(Refused, match="Seule l’équipe"):
        settle(case.candidacy, enjeu, SettledAs.STRENGTH, by=president.user)
    handed_in(president, case.candidacy)

    settle(case.candidacy, enjeu, SettledAs.STRENGTH, by=president.user)

    for nobody in (case.jurors[0].user, UserFactory(), case.agent):
        with pytest.raises(Refused, match="Seule l’équipe"):
            settle(case.candidacy, enjeu, SettledAs.NEITHER, by=nobody)


@pytest.mark.parametrize("role", ["president", "organiser", "invited organiser"])
def test_who_is_tied_to_the_dossier_does_not_settle_it(case, role):
    enjeu = case.contradict()
    seat = a_juror(case.edition, president=role == "president")
    person = seat.user
    if role != "president":
        type(person).objects.filter(pk=person.pk).update(is_organiser=True)
        person.refresh_from_db()
    if role == "invited organiser":
        type(seat).objects.filter(pk=seat.pk).update(user=None, joined_at=None, declared_at=None)
    RecusalFactory(juror=seat, collectivity=case.town, by=case.organiser)

    with pytest.raises(Refused, match="Seule l’équipe"):
        settle(case.candidacy, enjeu, SettledAs.NEITHER, by=person)


def test_preparing_twice_makes_each_letter_once_and_rewrites_nothing(case):
    judged(case.edition)
    prepare(case.edition, by=case.organiser)
    prepare(case.edition, by=case.organiser)
    assert list(Job.objects.values_list("kind", "key")) == [("letters", "2030")]
    run_pending()
    before = list(Letter.objects.order_by("pk").values())

    case.prepare()

    assert list(Letter.objects.order_by("pk").values()) == before
    assert len(before) == 2
    assert list(Job.objects.values_list("state", "progress", "total")) == [("done", 2, 2)] * 2


def test_only_organisers_prepare_and_send(case):
    president = a_juror(case.edition, president=True).user
    case.ready()

    for act in (prepare, send, mail_again):
        with pytest.raises(Refused, match="Seule l’équipe"):
            act(case.edition, by=president)


def test_nothing_is_sent_before_the_publication(case):
    case.award()
    case.close()
    case.prepare()

    with pytest.raises(Refused, match="il ne l’est pas encore"):
        send(case.edition, by=case.organiser)

    assert (Letter.objects.filter(sent_at__isnull=False).count(), LetterCopy.objects.count()) == (0, 0)


def test_nothing_is_sent_while_one_contradiction_waits(case):
    enjeu = case.contradict()
    case.ready()

    with pytest.raises(Refused, match=f"contredisent.*{case.town.name}"):
        send(case.edition, by=case.organiser)

    settle(case.candidacy, enjeu, SettledAs.NEITHER, by=case.organiser)
    assert send(case.edition, by=case.organiser) == 1


def test_nothing_is_sent_that_is_not_prepared(case):
    case.award()
    case.publish()

    with pytest.raises(Refused, match="il en manque 1"):
        send(case.edition, by=case.organiser)


def test_nothing_is_sent_without_a_level(case):
    case.publish()
    case.prepare()

    with pytest.raises(Refused, match=f"Il manque un niveau.*{case.town.name}"):
        send(case.edition, by=case.organiser)


def test_nothing_is_sent_that_would_say_something_else_now(case):
    award = case.award()
    case.publish()
    case.prepare()
    type(award).objects.filter(pk=award.pk).update(level=4)

    with pytest.raises(Refused, match="1 ne diraient plus"):
        send(case.edition, by=case.organiser)

    case.prepare()
    assert (send(case.edition, by=case.organiser), case.letter.level) == (1, 4)


def test_who_has_ties_in_the_jury_does_not_send(case):
    person = case.jurors[0].user
    type(person).objects.filter(pk=person.pk).update(is_organiser=True)
    RecusalFactory(juror=case.jurors[0], collectivity=CommuneFactory())
    case.ready()

    with pytest.raises(Refused, match="une autre personne"):
        send(case.edition, by=type(person).objects.get(pk=person.pk))


def test_each_address_gets_its_letter_once(case, settings):
    settings.CONTACT = "label@exemple.test"
    manager = agent_of(case.town, "responsable")
    agent_of(case.town, "contributeur")
    agent_of(case.town, "valideur", is_active=False)
    type(case.candidacy).objects.filter(pk=case.candidacy.pk).update(contact_email=manager.email.upper())
    case.ready()
    mail.outbox.clear()

    send(case.edition, by=case.organiser)
    run_pending()

    assert sorted(message.to for message in mail.outbox) == sorted([[case.agent.email], [manager.email]])
    message = mail.outbox[0]
    assert message.subject == f"La lettre du jury 2030 à {case.town.name}"
    assert message.reply_to == ["label@exemple.test"]
    assert message.attachments[0].filename == f"lettre-du-jury-2030-{case.town.code}.pdf"
    link = f"https://atlaas.exemple.test/espace/{case.town.code}/candidature/2030/lettre/"
    assert [link in message.body, link in message.alternatives[0].content] == [True, True]
    assert LetterCopy.objects.filter(handed_at__isnull=False).count() == 2


def test_sending_twice_does_no_more_than_once(case):
    case.ready()
    send(case.edition, by=case.organiser)
    run_pending()
    before = len(mail.outbox)

    with pytest.raises(Refused, match="Aucune lettre n’attend"):
        send(case.edition, by=case.organiser)
    with pytest.raises(Refused, match="Aucun courriel n’attend"):
        mail_again(case.edition, by=case.organiser)
    run_pending()

    assert len(mail.outbox) == before


def test_no_job_holds_a_level(case):
    case.award(level=4)
    case.publish()
    case.prepare()
    send(case.edition, by=case.organiser)
    run_pending()

    assert set(Job.objects.values_list("kind", "key", "error")) == {
        ("letters", "2030", ""),
        ("letter-mails", "2030", ""),
    }


def test_a_sent_letter_is_for_good(case):
    case.ready()
    send(case.edition, by=case.organiser)

    for act in (
        lambda: Letter.objects.update(document="{}"),
        lambda: Letter.objects.update(sent_at=None, sent_by=None),
        lambda: Letter.objects.filter(pk=case.letter.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            act()
    case.prepare()
    assert contradictions_of(case.candidacy) == []
