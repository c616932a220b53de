"""Verbs of a team: change a role, take someone out, leave. One at a time for a collectivité."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind, Role
from atlaas.models import Affiliation, Collectivity, User
from atlaas.operations.notice import tell
from atlaas.permissions import require
from atlaas.queries.affiliation import managers, managing_people
from atlaas.rules.affiliation import check_change, check_departure
from atlaas.rules.refusal import Refused


@transaction.atomic
def change_role(affiliation: Affiliation, *, role: Role, by: User) -> Affiliation:
    """Give another role; the only responsable cannot be made less."""
    collectivity = hold_team(affiliation.collectivity)
    require(by, collectivity, Role.MANAGER)
    current = current_row(affiliation)
    if current.role == role:
        return current
    check_change(current.role, role, other_managers=_others(current))
    current.role = role
    current.save(update_fields=["role"])
    words = f"Votre rôle pour {collectivity} : {Role(role).label}"
    tell_person(
        current, f"role:{current.pk}:{timezone.now().isoformat()}", words, f"{by} a changé votre rôle."
    )
    return current


@transaction.atomic
def remove(affiliation: Affiliation, *, by: User) -> None:
    """Take a colleague out of the team; for oneself, `leave` says what it means."""
    collectivity = hold_team(affiliation.collectivity)
    require(by, collectivity, Role.MANAGER)
    current = current_row(affiliation)
    if current.user_id == by.pk:
        raise Refused("Pour partir vous-même, utilisez « Quitter » ou « Passer la main ».")
    check_departure(current.role, other_managers=_others(current), confirmed=False)
    words = f"Vous ne faites plus partie de l’équipe de {collectivity}"
    tell(
        [current.user],
        NoticeKind.TEAM,
        key=f"removed:{current.pk}",
        title=words,
        body=f"{by} a retiré votre rattachement. Ce que vous avez écrit reste à la collectivité.",
    )
    sent = collectivity.invitations.filter(invited_by=current.user, accepted_at=None, revoked_at=None)
    sent.update(revoked_at=timezone.now())  # one of them might be to another address of their own
    current.delete()


@transaction.atomic
def leave(collectivity: Collectivity, *, by: User, confirmed: bool = False) -> None:
    """Leave a team; `confirmed` lets the last responsable leave the collectivité to whoever claims it."""
    hold_team(collectivity)
    current = _mine(collectivity, by)
    check_departure(current.role, other_managers=_others(current), confirmed=confirmed)
    key = f"left:{current.pk}"
    current.delete()
    tell(
        managing_people(collectivity),
        NoticeKind.TEAM,
        key=key,
        title=f"{by} a quitté l’équipe de {collectivity}",
        url=_page(collectivity),
        collectivity=collectivity,
    )


def complete_hand_over(gone: Affiliation, heir: Affiliation, collectivity: Collectivity) -> None:
    """Take out who leaves and tell both; inside the transaction of the caller, the team being held."""
    role = Role(heir.role).label
    tell(
        [gone.user],
        NoticeKind.TEAM,
        key=f"handed-over:{gone.pk}",
        title=f"Passation faite : {heir.user} prend votre suite pour {collectivity}",
        body="Vous ne faites plus partie de l’équipe. Les fiches et les brouillons restent à la collectivité.",
    )
    words = f"Vous prenez la suite de {gone.user} pour {collectivity}"
    tell_person(heir, f"taken-over:{gone.pk}", words, f"Votre rôle : {role}. Les brouillons vous attendent.")
    gone.delete()


def hold_team(collectivity: Collectivity) -> Collectivity:
    """Keep the team of a collectivité to this transaction, so that two changes at once are one after the other."""
    return Collectivity.objects.select_for_update(no_key=True).get(pk=collectivity.pk)


def current_row(affiliation: Affiliation) -> Affiliation:
    rows = Affiliation.objects.select_related("user", "collectivity")
    if found := rows.filter(pk=affiliation.pk).first():
        return found
    raise Refused("Cette personne ne fait plus partie de l’équipe : rechargez la page.")


def _mine(collectivity: Collectivity, user: User) -> Affiliation:
    if found := collectivity.affiliations.filter(user=user).first():
        return found
    raise Refused("Vous ne faites pas partie de cette équipe.")


def _others(affiliation: Affiliation) -> int:
    return managers(affiliation.collectivity).exclude(pk=affiliation.pk).count()


def tell_person(affiliation: Affiliation, key: str, title: str, body: str) -> None:
    place = affiliation.collectivity
    tell(
        [affiliation.user],
        NoticeKind.TEAM,
        key=key,
        title=title,
        body=body,
        url=reverse("space-collectivity", args=[place.code]),
        collectivity=place,
    )


def _page(collectivity: Collectivity) -> str:
    return reverse("space-team", args=[collectivity.code])
