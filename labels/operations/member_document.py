"""Documents of a collectivité: asked, made by a job, made again, deleted, and erased after thirty days."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.choices import Role
from atlaas.models import Collectivity, User
from atlaas.operations import job
from atlaas.permissions import require
from atlaas.rules.refusal import Refused
from labels.models import MemberDocument
from labels.models.member_document import KEPT_FOR
from labels.queries.document_place import member_places, reading_of
from labels.queries.member_document import JOB, document_of, document_pdf
from labels.rules.member_document import Asked, asked_from

logger = logging.getLogger(__name__)
FOLDER = "documents"
MOST = 20  # documents kept for a collectivité at once
STEPS = 3  # read, laid out, kept
NOT_MEMBER = (
    "Les documents en PDF sont un service aux collectivités adhérentes : l’adhésion de l’année n’est pas connue de "
    "l’association. L’aperçu reste lisible ici."
)
TOO_MANY = f"{MOST} documents attendent déjà ici : effacez-en un d’abord."


@transaction.atomic
def ask(place: Collectivity, asked: Asked, *, by: User) -> MemberDocument:
    """Ask for a document, or for it again: one row for the same choices, whoever asks and however often."""
    require(by, place, Role.CONTRIBUTOR)
    if not member_places(by).filter(pk=place.pk, is_member=True).exists():
        raise Refused(NOT_MEMBER)
    Collectivity.objects.select_for_update(no_key=True).get(pk=place.pk)
    rows = MemberDocument.objects.filter(collectivity=place)
    same = rows.filter(kind=asked.kind, asked=asked.facts()).first()
    if same is None and rows.count() >= MOST:
        raise Refused(TOO_MANY)
    old = [str(same.file.name)] if same and same.file else []
    found = same or MemberDocument(collectivity=place, kind=asked.kind, asked=asked.facts())
    found.asked_by, found.asked_at = by, timezone.now()
    found.file, found.size, found.made_at, found.kept_until = "", 0, None, found.asked_at + KEPT_FOR
    found.save()
    job.request(JOB, key=str(found.pk))
    transaction.on_commit(lambda: _erase(old))
    return found


@job.commits_as_it_goes
def make(key: str) -> None:
    """Make the PDF of a document that waits for it; run twice, or after a worker that was killed, it leaves one file."""
    waiting = MemberDocument.objects.filter(pk=key, made_at=None).select_related(
        "collectivity__departement", "collectivity__region"
    )
    row = waiting.first()
    if row is None:
        return
    reading = reading_of(row.collectivity, day=timezone.localdate(row.asked_at))
    document = document_of(reading, asked_from(row.kind, row.asked))
    job.report(1, STEPS)
    content = document_pdf(document, made_at=row.asked_at)
    job.report(2, STEPS)
    _keep(row, content)


@transaction.atomic
def _keep(row: MemberDocument, content: bytes) -> None:
    """Nothing is kept of a document that was deleted, or asked again, while it was made."""
    held = MemberDocument.objects.select_for_update().filter(pk=row.pk, asked_at=row.asked_at, made_at=None)
    if held.first() is None:
        return
    name = default_storage.save(f"{FOLDER}/{row.pk}.pdf", ContentFile(content))
    held.update(file=name, size=len(content), made_at=timezone.now())


@transaction.atomic
def delete(document: MemberDocument, *, by: User) -> None:
    """Erase a document and its file before its time."""
    require(by, document.collectivity, Role.CONTRIBUTOR)
    held = MemberDocument.objects.select_for_update().filter(pk=document.pk).first()
    if held is None:
        raise Refused("Ce document est déjà effacé.")
    names = [str(held.file.name)] if held.file else []
    held.delete()
    transaction.on_commit(lambda: _erase(names))


@transaction.atomic
def purge() -> int:
    """Erase the documents kept for thirty days, and the files a day old that no row names; answers how many rows went."""
    over = list(MemberDocument.objects.select_for_update(skip_locked=True).filter(kept_until__lte=Now()))
    names = [str(one.file.name) for one in over if one.file]
    MemberDocument.objects.filter(pk__in=[one.pk for one in over]).delete()
    names += _orphans()
    transaction.on_commit(lambda: _erase(names))
    return len(over)


def _orphans() -> list[str]:
    """Of a worker that was killed between the file and its row."""
    if not default_storage.exists(FOLDER):
        return []
    stored = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    known = set(MemberDocument.objects.exclude(file="").values_list("file", flat=True))
    yesterday = timezone.now() - dt.timedelta(days=1)
    return sorted(one for one in stored - known if default_storage.get_modified_time(one) < yesterday)


def _erase(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)
    if names:
        logger.info("%s documents of collectivités erased", len(names))
