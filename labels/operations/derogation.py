"""Filing asked for although a condition is missing: asked by the collectivité, answered by an organiser."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind, Role
from atlaas.models import Collectivity, User
from atlaas.operations import job
from atlaas.operations.notice import tell
from atlaas.permissions import require, require_organiser
from atlaas.queries.audience import people_of
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.choices import RequestState
from labels.models import Derogation, Edition
from labels.operations.candidacy import start

ANSWERS = (RequestState.GRANTED, RequestState.REFUSED)


@transaction.atomic
def ask(edition: Edition, collectivity: Collectivity, reason: str, by: User) -> Derogation:
    """Ask once; a second click finds the request that waits. The candidacy begins with it: it is answered there."""
    require(by, collectivity, Role.CONTRIBUTOR)
    reason = reason.strip()
    if not reason:
        raise Refused("Dites pourquoi : l’association répond sur ce motif.")
    if edition.published_at is not None:
        raise Refused("Le palmarès de cette édition est public : plus rien ne s’y demande.")
    mine = Derogation.objects.filter(edition=edition, collectivity=collectivity)
    if mine.filter(state=RequestState.GRANTED).exists():
        raise Refused("Une dérogation vous est déjà accordée.")
    start(edition, collectivity, by=by)
    fresh = Derogation(edition=edition, collectivity=collectivity, reason=reason, asked_by=by)
    Derogation.objects.bulk_create([fresh], ignore_conflicts=True)
    return mine.order_by("-asked_at", "-pk")[0]


@transaction.atomic
def answer(derogation: Derogation, state: str, sentence: str, by: User) -> Derogation:
    """Grant or refuse, with the sentence that the collectivité reads; the first answer stands."""
    require_organiser(by)
    sentence = sentence.strip()
    if state not in ANSWERS or not sentence:
        raise Refused("Choisissez la réponse et écrivez la phrase que lira la collectivité.")
    locked = (
        Derogation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("collectivity", "edition")
        .get(pk=derogation.pk)
    )
    if locked.edition.published_at is not None:
        raise Refused("Le palmarès de cette édition est public : plus rien ne s’y accorde.")
    if locked.state != RequestState.ASKED:
        raise Refused(f"Cette demande a déjà sa réponse : {locked.get_state_display()}.")
    locked.state, locked.answer, locked.answered_by, locked.answered_at = state, sentence, by, timezone.now()
    locked.save()
    _tell(locked)
    job.request("candidacy-mail", key=f"derogation:{locked.pk}")
    return locked


def _tell(derogation: Derogation) -> None:
    collectivity, year = derogation.collectivity, derogation.edition.year
    tell(
        people_of(collectivity),
        NoticeKind.CAMPAIGN,
        key=f"derogation:{derogation.pk}",
        title=french(f"Votre demande de dérogation {year} est {derogation.get_state_display()}"),
        body=french(derogation.answer),
        url=reverse("derogation", args=[collectivity.code, year]),
        collectivity=collectivity,
    )
