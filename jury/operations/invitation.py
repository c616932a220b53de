"""Verbs of an invitation to sit: send it, send it again, take the seat."""

from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from atlaas.models import User
from atlaas.operations import job
from atlaas.operations.mail_text import Mail, absolute
from atlaas.operations.mailing import hand_to_server
from atlaas.permissions import require_organiser
from atlaas.rules.invitation import fingerprint
from atlaas.rules.mailing import typeset
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from jury.models import Juror
from jury.operations.hold import hold_seat, hold_sitting
from jury.queries.juror import by_secret, secret_of
from jury.rules.juror import check_acceptance, check_invitation

MAIL = "juror-invitation-mail"


@transaction.atomic
def invite(juror: Juror, *, by: User) -> Juror:
    """Ask for the mail of a seat; sent again, the link of the former mail opens nothing any more."""
    require_organiser(by)
    is_closed = hold_sitting(juror.edition)
    seat = hold_seat(juror)
    if seat.left_at is not None:
        raise Refused("Cette personne a quitté le jury : ajoutez-la de nouveau d’abord.")
    check_invitation(has_joined=seat.joined_at is not None, is_closed=is_closed)
    seat.invited_at = timezone.now()
    seat.secret_hash = fingerprint(secret_of(seat))
    seat.save(update_fields=["invited_at", "secret_hash"])
    job.request(MAIL, key=str(seat.pk))
    return seat


@transaction.atomic
def accept(secret: str, *, by: User) -> Juror:
    """Take the seat, once; the same person clicking twice takes it once."""
    known = by_secret(secret)
    if known is None:
        raise Refused("Ce lien n’ouvre aucune invitation : reprenez celui du dernier courriel reçu.")
    is_closed = hold_sitting(known.edition)
    seat = hold_seat(known)
    if seat.user_id == by.pk and seat.left_at is None:
        return seat
    check_acceptance(
        invited=seat.email,
        email=by.email,
        is_used=seat.user_id is not None and seat.user_id != by.pk,
        has_left=seat.left_at is not None,
        is_closed=is_closed,
    )
    if Juror.objects.filter(edition=seat.edition, user=by).exists():
        raise Refused("Vous siégez déjà dans le jury de cette édition.")
    Juror.objects.filter(pk=seat.pk).update(user=by, joined_at=Now())
    seat.refresh_from_db()
    return seat


def send(key: str) -> None:
    """The mail of the seat whose primary key is `key`, unless it was taken or closed meanwhile."""
    rows = Juror.objects.seated().select_related("edition", "member").exclude(secret_hash="")
    seat = rows.filter(pk=key, joined_at=None).first()
    if seat is not None:
        hand_to_server(invitation_mail(seat))


def invitation_mail(seat: Juror) -> Mail:
    subject = french(f"Votre place au jury {seat.edition.year} du label")
    words = {
        "seat": seat,
        "edition": seat.edition,
        "link": absolute(reverse("jury-invitation", args=[secret_of(seat)])),
        "subject": subject,
        "origin": absolute(""),
    }
    text = render_to_string("jury/mail/invitation.txt", words)
    html = render_to_string("jury/mail/invitation.html", words)
    return Mail(seat.email, subject, typeset(text), html)
