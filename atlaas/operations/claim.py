"""Verbs of a request to act for a collectivité that has nobody in charge: ask, approve, refuse."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import ClaimState, NoticeKind, Role
from atlaas.models import Affiliation, Claim, Collectivity, User
from atlaas.operations.affiliation import hold_team
from atlaas.operations.notice import tell
from atlaas.permissions import require_organiser
from atlaas.queries.affiliation import managers
from atlaas.rules.claim import check_answer, check_free, next_state
from atlaas.rules.refusal import Refused


@transaction.atomic
def claim(collectivity: Collectivity, *, by: User, function: str, message: str = "") -> Claim:
    """Ask to be in charge; the association's team is told at once. Asking twice is refused while the first one waits."""
    place = hold_team(collectivity)
    check_free(managers(place).count())
    if place.claims.filter(user=by, state=ClaimState.PENDING).exists():
        raise Refused("Votre demande attend déjà une réponse : vous serez prévenu par un message.")
    if not function.strip():
        raise Refused("Dites votre fonction dans la collectivité : c’est ce que l’association vérifiera.")
    made = Claim.objects.create(
        collectivity=place, user=by, function=function.strip(), message=message.strip()
    )
    tell(
        User.objects.filter(is_organiser=True),
        NoticeKind.ACTION,
        key=f"claim:{made.pk}",
        title=f"{by} demande à rejoindre {place}",
        body=f"Fonction déclarée : {made.function}.",
        url=reverse("claims"),
        collectivity=place,
    )
    return made


@transaction.atomic
def approve(claim: Claim, *, by: User, answer: str = "") -> Affiliation:
    """Put the person in charge, unless someone else came in between."""
    require_organiser(by)
    place = hold_team(claim.collectivity)
    decided = _decide(claim, "approve", by, answer)
    check_free(managers(place).count())
    affiliation, _ = Affiliation.objects.update_or_create(
        user=decided.user, collectivity=place, defaults={"role": Role.MANAGER}
    )
    _answer(decided, f"Vous êtes responsable de {place}", reverse("space-collectivity", args=[place.code]))
    return affiliation


@transaction.atomic
def refuse(claim: Claim, *, by: User, answer: str) -> Claim:
    """Say no, and why."""
    require_organiser(by)
    place = hold_team(claim.collectivity)
    check_answer("refuse", answer)
    decided = _decide(claim, "refuse", by, answer)
    _answer(decided, f"Votre demande pour {place} n’a pas été acceptée", reverse("space"))
    return decided


def _decide(claim: Claim, step: str, by: User, answer: str) -> Claim:
    current = Claim.objects.select_related("user", "collectivity").get(pk=claim.pk)
    current.state = next_state(current.state, step)
    current.decided_by, current.decided_at, current.answer = by, timezone.now(), answer.strip()
    current.save()
    return current


def _answer(claim: Claim, title: str, url: str) -> None:
    tell(
        [claim.user],
        NoticeKind.TEAM,
        key=f"claim-answer:{claim.pk}",
        title=title,
        body=claim.answer,
        url=url,
        collectivity=claim.collectivity,
    )
