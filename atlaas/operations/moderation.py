"""Moderation afterwards: report, answer, withdraw, contest, settle. The association decides, with a reason that is read.

An answer to a report is a job, written with it: the mail leaves afterwards, and is tried again when the mail server is away.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind, ReportState, Role, SheetState
from atlaas.models import PublicSheet, Report, Sheet, User, Withdrawal
from atlaas.operations import job
from atlaas.operations.mail_text import answer_mail
from atlaas.operations.mailing import hand_to_server
from atlaas.operations.notice import tell
from atlaas.operations.publication import project
from atlaas.operations.sheet import locked_sheet, note_step
from atlaas.permissions import require, require_organiser
from atlaas.queries.moderation import standing_of
from atlaas.rules.moderation import next_standing
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import next_state, tidy

MOST_OPEN = 20  # reports that wait on one fiche; more would tell nothing more


@transaction.atomic
def report(sheet: PublicSheet, *, message: str, email: str = "") -> Report:
    """Say that something is wrong with a public fiche; the same words twice make one report."""
    locked = locked_sheet(sheet.sheet)
    words = _written(message, "Dites ce qui ne va pas : c’est ce que l’association lira.")
    waiting = locked.reports.filter(state=ReportState.OPEN)
    if known := waiting.filter(message=words, email=email).first():
        return known
    if waiting.count() >= MOST_OPEN:
        raise Refused("Cette fiche a déjà été signalée plusieurs fois : l’association va la lire.")
    made = Report.objects.create(sheet=locked, message=words, email=email)
    tell(
        User.objects.filter(is_organiser=True),
        NoticeKind.ACTION,
        key=f"report:{made.pk}",
        title=f"Une fiche de {locked.collectivity.name} est signalée"[:200],
        body=words,
        url=reverse("moderation"),
    )
    return made


@transaction.atomic
def answer(found: Report, *, by: User, text: str) -> Report:
    """Answer a report, once; the answer is mailed when an address was left."""
    require_organiser(by)
    locked = Report.objects.select_for_update(no_key=True).get(pk=found.pk)
    if locked.state != ReportState.OPEN:
        raise Refused("Ce signalement a déjà reçu une réponse.")
    locked.answer = _written(
        text, "Écrivez la réponse : elle est gardée, et envoyée si une adresse a été laissée."
    )
    locked.state, locked.answered_by, locked.answered_at = ReportState.ANSWERED, by, timezone.now()
    locked.save()
    if locked.email:
        job.request("report-answer", key=str(locked.pk))
    return locked


def send_answer(key: str) -> None:
    """Job: mail the answer to who reported."""
    found = Report.objects.select_related("sheet__collectivity").get(pk=key)
    hand_to_server(answer_mail(found))


@transaction.atomic
def withdraw(sheet: Sheet, *, by: User, reason: str) -> Withdrawal:
    """Take a published fiche off the public pages; its collectivité reads why."""
    require_organiser(by)
    locked = locked_sheet(sheet)
    state = next_state(locked.state, "withdraw")
    words = _written(reason, "Donnez le motif : la collectivité le lit et peut le contester.")
    made = Withdrawal.objects.create(sheet=locked, reason=words, by=by)
    _move(locked, state, "withdraw", by)
    _tell_team(made, "Votre fiche a été retirée des pages publiques", words, f"withdrawn:{made.pk}")
    return made


@transaction.atomic
def contest(withdrawal: Withdrawal, *, by: User, text: str) -> Withdrawal:
    """The collectivité says why the fiche should come back; once."""
    right = require(by, withdrawal.sheet.collectivity, Role.PUBLISHER)
    locked = _step(withdrawal, "contest")
    locked.contest = _written(text, "Dites pourquoi la fiche devrait revenir, ou ce que vous y avez corrigé.")
    locked.contested_by, locked.contested_at = by, timezone.now()
    locked.save()
    note_step(locked.sheet, "contest", by, right.mandate)
    tell(
        User.objects.filter(is_organiser=True),
        NoticeKind.ACTION,
        key=f"contested:{locked.pk}",
        title=f"{locked.sheet.collectivity.name} conteste un retrait"[:200],
        body=locked.contest,
        url=reverse("moderation"),
    )
    return locked


@transaction.atomic
def settle(withdrawal: Withdrawal, *, by: User, outcome: str, lifts: bool) -> Withdrawal:
    """Keep a contested withdrawal, or lift one at any time: the fiche is public again as it was."""
    require_organiser(by)
    locked = _step(withdrawal, "lift" if lifts else "keep")
    locked.outcome = _written(outcome, "Écrivez la réponse : la collectivité la lit.")
    locked.settled_by, locked.settled_at = by, timezone.now()
    if lifts:
        locked.lifted_at = locked.settled_at
    locked.save()
    if lifts:
        _move(locked.sheet, next_state(locked.sheet.state, "lift"), "lift", by)
    title = "Votre fiche est de nouveau publique" if lifts else "Le retrait de votre fiche est maintenu"
    _tell_team(locked, title, locked.outcome, f"settled:{locked.pk}:{'lift' if lifts else 'keep'}")
    return locked


def _step(withdrawal: Withdrawal, step: str) -> Withdrawal:
    """The withdrawal and its fiche, held; `Refused` when the step cannot be taken."""
    sheet = locked_sheet(withdrawal.sheet)
    locked = Withdrawal.objects.select_for_update(no_key=True).get(pk=withdrawal.pk)
    next_standing(standing_of(locked), step)
    locked.sheet = sheet
    return locked


def _move(sheet: Sheet, state: str, step: str, by: User) -> None:
    sheet.state = SheetState(state)
    sheet.save(update_fields=["state"])
    project([sheet.pk])
    note_step(sheet, step, by, None)


def _tell_team(withdrawal: Withdrawal, title: str, body: str, key: str) -> None:
    place = withdrawal.sheet.collectivity
    tell(
        User.objects.filter(affiliations__collectivity=place),
        NoticeKind.ACTION,
        key=key,
        title=title,
        body=f"« {withdrawal.sheet} » : {body}",
        url=reverse("sheet-withdrawal", args=[place.code, withdrawal.sheet_id]),
        collectivity=place,
    )


def _written(text: str, missing: str) -> str:
    words = str(tidy(text)).strip()
    if not words:
        raise Refused(missing)
    return words
