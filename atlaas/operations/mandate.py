"""Verbs of a mandate: a collectivité lets another body act in its name until a day, and takes it back."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind, Role
from atlaas.models import Collectivity, Mandate, User
from atlaas.operations.affiliation import hold_team
from atlaas.operations.notice import tell
from atlaas.permissions import require
from atlaas.rules.mandate import check_term
from atlaas.rules.refusal import Refused


@transaction.atomic
def grant_to_collectivity(
    collectivity: Collectivity, *, by: User, operator: Collectivity, starts_on: dt.date, ends_on: dt.date
) -> Mandate:
    """Each person of `operator` may act with the role they have there, at most valideur; both days included."""
    if operator.pk == collectivity.pk:
        raise Refused("Une collectivité ne se donne pas mandat à elle-même.")
    return _grant(Mandate(collectivity=collectivity, operator=operator), by, starts_on, ends_on)


@transaction.atomic
def grant_to_person(
    collectivity: Collectivity, *, by: User, email: str, body: str, starts_on: dt.date, ends_on: dt.date
) -> Mandate:
    """One person of another body, named by an address, may act as a valideur, from the day an account has that address.

    Whether there is one already is told to nobody.
    """
    require(by, collectivity, Role.MANAGER)
    if not body.strip():
        raise Refused("Dites pour quel organisme cette personne agit : il s’affiche avec ce qu’elle fait.")
    address = email.strip().lower()
    if collectivity.affiliations.filter(user__email=address).exists():
        raise Refused("Cette personne fait déjà partie de l’équipe : elle n’a pas besoin de mandat.")
    holder = User.objects.filter(email=address, is_active=True).first()
    mandate = Mandate(
        collectivity=collectivity, holder=holder, holder_email=address, holder_body=body.strip()
    )
    return _grant(mandate, by, starts_on, ends_on)


@transaction.atomic
def revoke(mandate: Mandate, *, by: User) -> Mandate:
    """End a mandate now; what was done by it stays, with its mention."""
    place = hold_team(mandate.collectivity)
    require(by, place, Role.MANAGER)
    current = Mandate.objects.select_related("collectivity", "operator", "holder").get(pk=mandate.pk)
    now = timezone.now()
    if current.revoked_at or current.until <= now:
        raise Refused("Ce mandat a déjà pris fin.")
    current.revoked_at = now
    current.save(update_fields=["revoked_at"])
    tell(
        _people(current),
        NoticeKind.TEAM,
        key=f"mandate-revoked:{current.pk}",
        title=f"{place} a retiré le mandat qui vous laissait agir en son nom",
        body="Ce que vous avez fait reste, avec sa mention.",
    )
    return current


def _grant(mandate: Mandate, by: User, starts_on: dt.date, ends_on: dt.date) -> Mandate:
    place = hold_team(mandate.collectivity)
    require(by, place, Role.MANAGER)
    check_term(starts_on, ends_on, today=timezone.localdate())
    mandate.granted_by = by
    mandate.starts_at, mandate.until = _midnight(starts_on), _midnight(ends_on + dt.timedelta(days=1))
    _check_alone(mandate)
    mandate.save()
    tell(
        _people(mandate),
        NoticeKind.TEAM,
        key=f"mandate:{mandate.pk}",
        title=f"{place} vous donne mandat d’agir en son nom",
        body=f"Du {starts_on:%d/%m/%Y} au {ends_on:%d/%m/%Y} inclus.",
        url=reverse("space"),
        collectivity=place,
    )
    return mandate


def _check_alone(mandate: Mandate) -> None:
    """One mandate at a time for one body: two would leave a doubt on when the right ends."""
    same = Q(operator=mandate.operator) if mandate.operator_id else Q(holder_email=mandate.holder_email)
    rows = Mandate.objects.filter(same, collectivity=mandate.collectivity, revoked_at=None)
    if rows.filter(starts_at__lt=mandate.until, until__gt=mandate.starts_at).exists():
        raise Refused("Un mandat couvre déjà une partie de cette période : retirez-le d’abord.")


def _people(mandate: Mandate) -> list[User]:
    if mandate.holder:
        return [mandate.holder]
    if mandate.holder_email:
        return list(User.objects.filter(email=mandate.holder_email))
    return list(User.objects.filter(affiliations__collectivity=mandate.operator))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
