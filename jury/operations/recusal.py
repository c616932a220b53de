"""Verbs of a recusal: declare a tie, take a mistake back, dismiss a false one, say that all are declared."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.models import Collectivity, User
from atlaas.permissions import is_organiser, require_organiser
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from jury.choices import Tie
from jury.models import Juror, Recusal
from jury.operations.hold import hold_seat, hold_sitting
from jury.queries.recusal import has_ties, tied_assignments
from jury.rules import recusal as rules


@transaction.atomic
def declare(
    juror: Juror,
    collectivity: Collectivity,
    tie: Tie,
    *,
    by: User,
    since: int | None = None,
    comment: str = "",
) -> Recusal:
    """Write a tie down: the door closes at once, and the dossiers it touches that the juror had not begun go.

    An evaluation that was begun stays in the base; the door shows it to nobody and no figure counts it. The juror may
    declare, or an organiser in their name.
    """
    seat = _held(juror)
    if not is_organiser(by):
        _require_own(seat, by)
    rules.check_since(since, this_year=timezone.localdate().year)
    if Recusal.objects.filter(juror=seat, collectivity=collectivity, tie=tie, dismissed_at=None).exists():
        raise Refused("Ce lien est déjà déclaré.")
    words = french(comment)
    made = Recusal.objects.create(
        juror=seat, collectivity=collectivity, tie=tie, since=since, comment=words, by=by
    )
    tied_assignments(seat).delete()
    return made


@transaction.atomic
def take_back(recusal: Recusal, *, by: User) -> None:
    """Undo a mistake of one's own, before one has said that all is declared; the row stays, with that reason."""
    seat = _held(recusal.juror)
    _require_own(seat, by)
    rules.check_taken_back(is_own=recusal.by_id == by.pk, has_declared=seat.has_declared)
    _dismiss(recusal, by, rules.OWN_MISTAKE)


@transaction.atomic
def dismiss(recusal: Recusal, *, by: User, reason: str) -> None:
    """An organiser says that a tie is false, and why; the juror may know of the dossier again."""
    require_organiser(by)
    _held(recusal.juror)
    sentence = french(reason)
    if not sentence:
        raise Refused("Dites pourquoi ce lien est écarté : la raison reste au dossier du jury.")
    _dismiss(recusal, by, sentence)


@transaction.atomic
def finish(juror: Juror, *, by: User, says_none: bool) -> None:
    """« I have declared all my ties », or « I have none »: the dossiers open; twice does no more than once."""
    seat = _held(juror)
    _require_own(seat, by)
    if seat.has_declared:
        return
    rules.check_declaration(has_ties=has_ties(seat), says_none=says_none)
    Juror.objects.filter(pk=seat.pk).update(declared_at=Now())


def _held(juror: Juror) -> Juror:
    is_closed = hold_sitting(juror.edition)
    seat = hold_seat(juror)
    rules.check_open(is_closed=is_closed)
    if seat.left_at is not None:
        raise Refused("Cette personne a quitté le jury.")
    return seat


def _require_own(seat: Juror, by: User) -> None:
    if seat.user_id != by.pk or not by.is_active:
        raise Refused("Chacun déclare ses propres liens ; l’association peut le faire pour un juré.")


def _dismiss(recusal: Recusal, by: User, reason: str) -> None:
    rows = Recusal.objects.filter(pk=recusal.pk, dismissed_at=None)
    if not rows.update(dismissed_at=Now(), dismissed_by=by, dismissal=reason):
        raise Refused("Ce lien est déjà écarté : rechargez la page.")
