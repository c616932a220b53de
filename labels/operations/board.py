"""What organisers decide of candidacies: a contested category, a relaunch; and the trace that they looked."""

from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind
from atlaas.models import User
from atlaas.operations import job
from atlaas.operations.notice import tell
from atlaas.permissions import require_organiser
from atlaas.queries.audience import people_of
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.choices import RequestState
from labels.models import Candidacy, CandidacyStep, Edition, SeenAs
from labels.operations.alive import require_alive
from labels.queries.board import unreturned

MOST_RELAUNCHED = 1000
ONE_CLICK = timedelta(hours=1)  # the same words to the same dossier within it are the same relaunch


@transaction.atomic
def answer_category(candidacy: Candidacy, state: str, sentence: str, by: User) -> Candidacy:
    """Grant or refuse the category that was asked for, with a sentence; the first answer stands."""
    require_organiser(by)
    sentence = sentence.strip()
    if state not in {RequestState.GRANTED, RequestState.REFUSED} or not sentence:
        raise Refused("Choisissez la réponse et écrivez la phrase que lira la collectivité.")
    rows = Candidacy.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("edition", "collectivity").get(pk=candidacy.pk)
    require_alive(locked.edition)
    if locked.category_answer != RequestState.ASKED:
        raise Refused("Cette demande a déjà sa réponse, ou a été retirée.")
    locked.category_answer = state
    if state == RequestState.GRANTED:
        locked.category = locked.wanted_category
    locked.version += 1
    locked.saved_by, locked.saved_at = by, timezone.now()
    locked.save(update_fields=["category", "category_answer", "version", "saved_by", "saved_at"])
    detail = {"state": state, "sentence": sentence}
    step = CandidacyStep.objects.create(candidacy=locked, step="category", by=by, detail=detail)
    label = RequestState(state).label
    tell(
        people_of(locked.collectivity),
        NoticeKind.CAMPAIGN,
        key=f"category:{step.pk}",
        title=french(f"La catégorie demandée pour la candidature {locked.edition.year} est {label}"),
        body=french(sentence),
        url=reverse("candidacy", args=[locked.collectivity.code, locked.edition.year]),
        collectivity=locked.collectivity,
    )
    return locked


@transaction.atomic
def relaunch(edition: Edition, keys: Collection[UUID], message: str, by: User) -> int:
    """Ask for a mail to the team of each candidacy chosen, and note it; answers how many will leave.

    A second click sends nothing more: who was just written the same words is left alone.
    """
    require_organiser(by)
    require_alive(edition)
    message = message.strip()
    if not message:
        raise Refused("Écrivez le message de la relance.")
    rows = edition.candidacies.select_for_update(no_key=True).order_by("pk")
    chosen = list(rows.filter(pk__in=list(keys)[:MOST_RELAUNCHED]))
    if not chosen:
        raise Refused("Choisissez au moins une candidature.")
    recent = CandidacyStep.objects.filter(
        candidacy__in=chosen, step="relaunch", detail__message=message, at__gt=timezone.now() - ONE_CLICK
    )
    written = set(recent.values_list("candidacy_id", flat=True))
    fresh = [one for one in chosen if one.pk not in written]
    for one in fresh:
        step = CandidacyStep.objects.create(
            candidacy=one, step="relaunch", by=by, detail={"message": message}
        )
        job.request("candidacy-mail", key=f"relaunch:{step.pk}")
    return len(fresh)


@transaction.atomic
def relaunch_absent(edition: Edition, keys: Collection[int], message: str, by: User) -> int:
    """Write to the teams of those that have not come back, in their next digest; answers how many collectivités."""
    require_organiser(by)
    require_alive(edition)
    message = message.strip()
    if not message:
        raise Refused("Écrivez le message de la relance.")
    chosen = list(unreturned(edition).filter(pk__in=list(keys)[:MOST_RELAUNCHED]))
    if not chosen:
        raise Refused("Choisissez au moins une collectivité.")
    key = sha256(message.encode()).hexdigest()[:16]
    for one in chosen:
        tell(
            people_of(one),
            NoticeKind.CAMPAIGN,
            key=f"absent:{edition.pk}:{one.pk}:{key}",
            title=french(f"La candidature {edition.year} de {one.name} n’est pas commencée"),
            body=french(message),
            url=reverse("candidacy", args=[one.code, edition.year]),
            collectivity=one,
        )
    return len(chosen)


def note_look(candidacy: Candidacy, path: str, by: User) -> None:
    """An organiser reads the dossier as its people do: it is written down."""
    require_organiser(by)
    SeenAs.objects.create(organiser=by, collectivity=candidacy.collectivity, path=path[:300])
