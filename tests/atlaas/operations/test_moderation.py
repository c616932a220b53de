from itertools import product

import pytest

from atlaas.models import Job, Notice, PublicSheet, Report, Sheet, Withdrawal
from atlaas.operations.moderation import MOST_OPEN, answer, contest, report, send_answer, settle, withdraw
from atlaas.operations.sheet import archive
from atlaas.queries.moderation import standing_of
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def reported(**words):
    return report(published_sheet().public, **{"message": "Une adresse de trop"} | words)


def test_report_waits_and_says_who_to_answer():
    found = reported(email="lectrice@exemple.test")

    assert (found.state, found.message, found.email) == (
        "open",
        "Une adresse de trop",
        "lectrice@exemple.test",
    )


def test_same_report_twice_is_one():
    sheet = published_sheet().public

    assert report(sheet, message="Faux \x00") == report(sheet, message="Faux")


def test_empty_report_is_refused():
    with pytest.raises(Refused, match="ce qui ne va pas"):
        reported(message=" \x00 ")


def test_flood_of_reports_is_stopped():
    sheet = published_sheet().public
    for number in range(MOST_OPEN):
        report(sheet, message=f"Faux {number}")

    with pytest.raises(Refused, match="plusieurs fois"):
        report(sheet, message="Encore")


@pytest.mark.parametrize(("email", "jobs"), [("", 0), ("lectrice@exemple.test", 1)])
def test_answer_is_kept_and_mailed_when_an_address_was_left(organiser, email, jobs):
    found = answer(reported(email=email), by=organiser, text="Corrigé, merci")

    assert (found.state, found.answer, found.answered_by) == ("answered", "Corrigé, merci", organiser)
    assert Job.objects.filter(kind="report-answer", key=str(found.pk)).count() == jobs


def test_answer_leaves_by_mail(organiser, mailoutbox, settings):
    settings.PUBLIC_URL = "https://atlaas.test"
    found = answer(reported(email="lectrice@exemple.test"), by=organiser, text="Corrigé & relu")

    send_answer(str(found.pk))

    [mail] = mailoutbox
    assert mail.to == ["lectrice@exemple.test"]
    assert "Corrigé & relu" in mail.body
    assert f"https://atlaas.test/fiches/{found.sheet_id}/" in mail.body
    [(html, kind)] = mail.alternatives
    assert (kind, "Corrigé &amp; relu" in html) == ("text/html", True)


def test_second_answer_is_refused(organiser):
    found = answer(reported(), by=organiser, text="Corrigé")

    with pytest.raises(Refused, match="déjà reçu"):
        answer(found, by=organiser, text="Autre")


def test_empty_answer_is_refused(organiser):
    with pytest.raises(Refused, match="Écrivez la réponse"):
        answer(reported(), by=organiser, text="  ")


def test_only_organisers_moderate():
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)
    made = withdraw(published_sheet(), by=UserFactory(is_organiser=True), reason="Motif")
    acts = [
        lambda: answer(reported(), by=by, text="x"),
        lambda: withdraw(sheet, by=by, reason="x"),
        lambda: settle(made, by=by, outcome="x", lifts=True),
    ]

    for act in acts:
        with pytest.raises(Refused, match="l’équipe de l’association"):
            act()


def test_withdrawn_fiche_leaves_the_public_pages_and_its_team_is_told(organiser):
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)

    made = withdraw(sheet, by=organiser, reason="Un numéro de téléphone")

    assert Sheet.objects.get().state == "withdrawn"
    assert PublicSheet.objects.count() == 0
    assert sheet.steps.first().step == "withdraw"
    notice = Notice.objects.get(user=by)
    assert (notice.kind, notice.url) == (
        "action",
        f"/espace/{sheet.collectivity.code}/fiches/{sheet.pk}/retrait/",
    )
    assert made.reason in notice.body


@pytest.mark.parametrize("state", ["draft", "archived", "withdrawn"])
def test_only_a_published_fiche_is_withdrawn(organiser, state):
    sheet = draft_sheet() if state == "draft" else published_sheet()
    if state == "archived":
        archive(sheet, by=agent_of(sheet.collectivity))
    if state == "withdrawn":
        withdraw(sheet, by=organiser, reason="Motif")

    with pytest.raises(Refused):
        withdraw(sheet, by=organiser, reason="Motif")
    assert Withdrawal.objects.count() == (state == "withdrawn")


def test_withdrawal_owes_a_reason(organiser):
    with pytest.raises(Refused, match="motif"):
        withdraw(published_sheet(), by=organiser, reason=" ")


def withdrawal_at(standing, organiser):
    made = withdraw(published_sheet(), by=organiser, reason="Motif")
    if standing in {"contesté", "maintenu"}:
        made = contest(made, by=agent_of(made.sheet.collectivity), text="Corrigé")
    if standing == "maintenu":
        made = settle(made, by=organiser, outcome="Pas encore", lifts=False)
    if standing == "levé":
        made = settle(made, by=organiser, outcome="Une erreur", lifts=True)
    return made


LEADS = {
    ("en vigueur", "contest"): "contesté",
    ("en vigueur", "lift"): "levé",
    ("contesté", "keep"): "maintenu",
    ("contesté", "lift"): "levé",
    ("maintenu", "lift"): "levé",
}


@pytest.mark.parametrize(
    ("standing", "step"),
    list(product(("en vigueur", "contesté", "maintenu", "levé"), ("contest", "keep", "lift"))),
)
def test_every_step_of_a_withdrawal_from_every_standing(organiser, standing, step):
    made = withdrawal_at(standing, organiser)
    by = agent_of(made.sheet.collectivity)
    acts = {
        "contest": lambda: contest(made, by=by, text="Corrigé"),
        "keep": lambda: settle(made, by=organiser, outcome="Non", lifts=False),
        "lift": lambda: settle(made, by=organiser, outcome="Oui", lifts=True),
    }

    if (standing, step) in LEADS:
        acts[step]()
    else:
        with pytest.raises(Refused):
            acts[step]()
    now = standing_of(Withdrawal.objects.get())
    assert now == LEADS.get((standing, step), standing)
    assert PublicSheet.objects.exists() is (now == "levé")
    assert Sheet.objects.get().state == ("published" if now == "levé" else "withdrawn")


@pytest.mark.parametrize("role", ["", "contributeur"])
def test_contest_is_for_those_who_publish(organiser, role):
    made = withdraw(published_sheet(), by=organiser, reason="Motif")
    by = agent_of(made.sheet.collectivity, role) if role else agent_of(CommuneFactory())

    with pytest.raises(Refused, match="valideur"):
        contest(made, by=by, text="Non")


def test_contest_and_its_outcome_are_told(organiser):
    made = withdraw(published_sheet(), by=organiser, reason="Motif")
    by = agent_of(made.sheet.collectivity, "valideur")

    contest(made, by=by, text="Le numéro est ôté")
    settle(made, by=organiser, outcome="Merci", lifts=True)

    assert list(Notice.objects.filter(user=organiser).values_list("kind", "body", "url")) == [
        ("action", "Le numéro est ôté", "/organisation/moderation/")
    ]
    assert Notice.objects.filter(user=by, title="Votre fiche est de nouveau publique").count() == 1


def test_text_is_owed_at_every_step(organiser):
    made = withdraw(published_sheet(), by=organiser, reason="Motif")

    with pytest.raises(Refused, match="pourquoi"):
        contest(made, by=agent_of(made.sheet.collectivity), text="")
    with pytest.raises(Refused, match="Écrivez la réponse"):
        settle(made, by=organiser, outcome="", lifts=True)
    assert Report.objects.count() == 0


def test_report_is_told_to_the_association(organiser):
    found = reported()

    notice = Notice.objects.get(user=organiser)
    assert (notice.kind, notice.body, notice.key) == ("action", "Une adresse de trop", f"report:{found.pk}")
