"""Verbs of an invitation: offer a role to an address, send it again, take it back, accept it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind, Role
from atlaas.models import Affiliation, Collectivity, Invitation, User
from atlaas.operations import job
from atlaas.operations.affiliation import complete_hand_over, hold_team
from atlaas.operations.notice import tell
from atlaas.permissions import require
from atlaas.queries.affiliation import managers, managing_people
from atlaas.queries.invitation import by_secret, secret_of, unanswered
from atlaas.rules.affiliation import stronger
from atlaas.rules.invitation import MOST_WAITING, check_acceptance, expiry, fingerprint
from atlaas.rules.refusal import Refused

MAIL = "invitation-mail"
LONGEST_ADDRESS = 254


@transaction.atomic
def invite(
    collectivity: Collectivity, *, by: User, email: str, role: Role, replaces: Affiliation | None = None
) -> Invitation:
    """Offer a role to an address, and ask for the mail; an invitation that waits there already is renewed instead.

    `replaces` is who leaves the team once it is accepted (a hand-over).
    """
    place = hold_team(collectivity)
    require(by, place, Role.MANAGER)
    address = _address(email)
    if place.affiliations.filter(user__email=address).exists():
        raise Refused("Cette personne fait déjà partie de l’équipe : changez plutôt son rôle.")
    waiting = unanswered(place).filter(email=address).first()
    if waiting is None and unanswered(place).count() >= MOST_WAITING:
        raise Refused("Trop d’invitations attendent déjà : retirez celles qui ne servent plus.")
    invitation = waiting or Invitation(collectivity=place, email=address)
    if invitation.replaces and replaces is None:
        raise Refused("Cette invitation passe la main de quelqu’un : retirez-la d’abord, puis invitez.")
    invitation.role, invitation.invited_by, invitation.replaces = role, by, replaces
    return _send(invitation)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> Invitation:
    """Renew the secret and the fortnight; the link of the former mail no longer opens anything."""
    place = hold_team(invitation.collectivity)
    require(by, place, Role.MANAGER)
    return _send(_waiting(invitation))


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back; its link then says so."""
    place = hold_team(invitation.collectivity)
    require(by, place, Role.MANAGER)
    current = _waiting(invitation)
    current.revoked_at = timezone.now()
    current.save(update_fields=["revoked_at"])


@transaction.atomic
def ask_for_link(invitation: Invitation, *, by: User) -> None:
    """Have the mail sent once more to the person invited, who asks for it from their space; the link stays the same."""
    if invitation.email != by.email or not Invitation.objects.open().filter(pk=invitation.pk).exists():
        raise Refused("Cette invitation n’attend plus : demandez-en une autre à un responsable.")
    job.request(MAIL, key=str(invitation.pk))


@transaction.atomic
def accept(secret: str, *, by: User) -> Affiliation:
    """Join the team, once; the same person clicking twice joins once. A stronger role held already is kept."""
    known = by_secret(secret)
    if known is None:
        raise Refused("Ce lien n’ouvre aucune invitation : reprenez celui du dernier courriel reçu.")
    place = hold_team(known.collectivity)
    invitation = Invitation.objects.select_related(
        "invited_by", "replaces__user", "replaces__collectivity"
    ).get(pk=known.pk)
    held = place.affiliations.filter(user=by).first()
    if held and invitation.accepted_by_id == by.pk:
        return held
    _check(invitation, by)
    affiliation = held or Affiliation(user=by, collectivity=place, role=invitation.role)
    affiliation.role = stronger(affiliation.role, invitation.role)
    affiliation.save()
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=Now(), accepted_by=by)
    if invitation.replaces and _may_go(invitation.replaces, affiliation):
        complete_hand_over(invitation.replaces, affiliation, place)
    _tell_team(invitation, affiliation)
    return affiliation


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        MaxLengthValidator(LONGEST_ADDRESS)(address)
        validate_email(address)
    except ValidationError:
        raise Refused("Cette adresse électronique n’est pas complète : corrigez-la.") from None
    return address


def _send(invitation: Invitation) -> Invitation:
    invitation.expires_at = expiry(timezone.now())
    invitation.secret_hash = fingerprint(secret_of(invitation))
    invitation.save()
    Invitation.objects.filter(pk=invitation.pk).update(created_at=Now())
    job.request(MAIL, key=str(invitation.pk))
    return invitation


def _waiting(invitation: Invitation) -> Invitation:
    rows = unanswered(invitation.collectivity)
    if found := rows.filter(pk=invitation.pk).first():
        return found
    raise Refused("Cette invitation n’attend plus : rechargez la page.")


def _may_go(gone: Affiliation, heir: Affiliation) -> bool:
    """Whether the team keeps a responsable without who leaves, whose role may have changed since the invitation."""
    if gone.pk == heir.pk:
        return False
    return gone.role != Role.MANAGER or managers(gone.collectivity).exclude(pk=gone.pk).exists()


def _check(invitation: Invitation, by: User) -> None:
    check_acceptance(
        invited=invitation.email,
        email=by.email,
        now=timezone.now(),
        expires_at=invitation.expires_at,
        is_used=invitation.accepted_at is not None,
        is_revoked=invitation.revoked_at is not None,
    )


def _tell_team(invitation: Invitation, affiliation: Affiliation) -> None:
    place = affiliation.collectivity
    tell(
        managing_people(place).exclude(pk=affiliation.user_id),
        NoticeKind.TEAM,
        key=f"joined:{invitation.pk}",
        title=f"{affiliation.user} fait maintenant partie de l’équipe de {place}",
        body=f"Rôle : {Role(affiliation.role).label}.",
        url=reverse("space-team", args=[place.code]),
        collectivity=place,
    )
