"""Verbs of a seat: add a member with their address, take one out."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from jury.models import Juror
from jury.operations.hold import hold_seat, hold_sitting
from jury.queries.juror import has_scored, without_seat
from jury.queries.recusal import unbegun_assignments
from jury.rules.juror import check_departure, check_invitation
from labels.models import Edition, JuryMember

LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Facts:
    """What the public roster says of a member."""

    name: str
    function: str = ""
    biography: str = ""
    is_president: bool = False


@transaction.atomic
def add(edition: Edition, facts: Facts, email: str, *, by: User) -> Juror:
    """Give a member a seat and an address; who left the same jury under that address comes back to it.

    Nothing here depends on whether an account has that address.
    """
    require_organiser(by)
    check_invitation(has_joined=False, is_closed=hold_sitting(edition))
    address = _address(email)
    seat = Juror.objects.select_related("member").filter(edition=edition, email=address).first()
    if seat and seat.left_at is None:
        raise Refused("Cette adresse a déjà un siège dans le jury de cette édition.")
    member = seat.member if seat else _member(edition, facts)
    _check_roster(edition, member, facts)
    _write(member, facts)
    if seat is None:
        return Juror.objects.create(edition=edition, member=member, email=address)
    Juror.objects.filter(pk=seat.pk).update(left_at=None)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def remove(juror: Juror, *, by: User) -> None:
    """Take a member out: the door closes, the roster forgets them, what they had not begun is no longer theirs.

    A seat that nobody ever took leaves no trace.
    """
    require_organiser(by)
    is_closed = hold_sitting(juror.edition)
    seat = hold_seat(juror)
    if seat.left_at is not None:
        return
    check_departure(has_scored=has_scored(seat), is_closed=is_closed)
    unbegun_assignments(seat).delete()
    if seat.joined_at is None and not seat.recusals.exists() and not seat.assignments.exists():
        seat.delete()
        seat.member.delete()
        return
    Juror.objects.filter(pk=seat.pk).update(left_at=Now(), secret_hash="")
    JuryMember.objects.filter(pk=seat.member_id).update(is_listed=False, is_president=False)


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        MaxLengthValidator(LONGEST_ADDRESS)(address)
        validate_email(address)
    except ValidationError:
        raise Refused("Cette adresse électronique n’est pas complète : corrigez-la.") from None
    return address


def _member(edition: Edition, facts: Facts) -> JuryMember:
    """The member whom the public roster names already and who has no seat, else a new one, last."""
    named = without_seat(edition).filter(name=french(facts.name)).first()
    return named or JuryMember(edition=edition, position=_last_position(edition) + 1)


def _last_position(edition: Edition) -> int:
    last: int | None = edition.jury_members.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def _check_roster(edition: Edition, member: JuryMember, facts: Facts) -> None:
    others = edition.jury_members.exclude(pk=member.pk)
    if others.filter(name=french(facts.name)).exists():
        raise Refused("Ce nom est déjà dans le jury de cette édition : écrivez ce qui les distingue.")
    if facts.is_president and others.filter(is_president=True).exists():
        raise Refused("Une seule personne préside le jury d’une édition : retirez d’abord l’autre.")


def _write(member: JuryMember, facts: Facts) -> None:
    """What is left blank stays as the roster tells it."""
    member.name, member.is_president, member.is_listed = french(facts.name), facts.is_president, True
    member.function = french(facts.function) or member.function
    member.biography = facts.biography or member.biography
    member.save()
