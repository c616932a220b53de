"""More time for one candidacy: named, dated, reasoned, expiring."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from atlaas.choices import NoticeKind
from atlaas.models import User
from atlaas.operations import job
from atlaas.operations.notice import tell
from atlaas.permissions import require_organiser
from atlaas.queries.audience import people_of
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.models import Candidacy, CandidacyStep, Extension
from labels.queries.clock import now, window_of, zone_for
from labels.rules.clock import PARIS
from labels.rules.clock_words import told


@transaction.atomic
def grant(candidacy: Candidacy, until: datetime, reason: str, by: User) -> Extension:
    """Let one candidacy file until `until`; a live extension is replaced, never added to."""
    require_organiser(by)
    locked = Candidacy.objects.select_for_update(no_key=True).get(pk=candidacy.pk)
    reason = reason.strip()
    if not reason:
        raise Refused("Dites pourquoi ce délai est accordé : le motif reste au dossier.")
    if locked.edition.published_at is not None:
        raise Refused("Le palmarès de cette édition est public : plus rien ne s’y dépose.")
    jury_on = locked.edition.jury_on
    if jury_on is not None and until.astimezone(PARIS).date() >= jury_on:
        raise Refused("Un délai finit avant le jour du jury : repoussez d’abord le jury s’il le faut.")
    _end_live(locked)
    if until <= max(now(), window_of(locked).closes_at):
        raise Refused("Un délai finit après la clôture de l’édition, et dans l’avenir.")
    extension = Extension.objects.create(candidacy=locked, until=until, reason=reason, by=by)
    detail = {"until": until.isoformat(), "reason": reason}
    CandidacyStep.objects.create(candidacy=locked, step="extend", by=by, detail=detail)
    moment = told(until, zone_for(locked.collectivity))
    _tell(locked, f"extension:{extension.pk}", f"Un délai vous est accordé jusqu’au {moment}", reason)
    job.request("candidacy-mail", key=f"extension:{extension.pk}")
    return extension


@transaction.atomic
def end(extension: Extension, by: User) -> Extension:
    """Take the rest of the time back; twice does no more than once."""
    require_organiser(by)
    candidacy = Candidacy.objects.select_for_update(no_key=True).get(pk=extension.candidacy_id)
    if candidacy.edition.published_at is not None:
        raise Refused("Le palmarès de cette édition est public : ses délais ne changent plus.")
    if not Extension.objects.filter(pk=extension.pk, ended_at=None).update(ended_at=Now()):
        extension.refresh_from_db()
        return extension
    extension.refresh_from_db()
    CandidacyStep.objects.create(candidacy=candidacy, step="end_extension", by=by)
    year = candidacy.edition.year
    title = f"Le délai accordé pour la candidature {year} est repris"
    _tell(
        candidacy,
        f"extension-end:{extension.pk}",
        title,
        "L’heure de clôture est de nouveau celle de l’édition.",
    )
    return extension


def _end_live(candidacy: Candidacy) -> None:
    candidacy.extensions.filter(ended_at=None).update(ended_at=Now())


def _tell(candidacy: Candidacy, key: str, title: str, body: str) -> None:
    collectivity = candidacy.collectivity
    tell(
        people_of(collectivity),
        NoticeKind.CAMPAIGN,
        key=key,
        title=french(title),
        body=french(body),
        url=reverse("candidacy", args=[collectivity.code, candidacy.edition.year]),
        collectivity=collectivity,
    )
