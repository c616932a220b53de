"""Pictures and documents of a fiche: add, describe, reorder, remove. Each makes a new version of the working copy."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePath
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.choices import AttachmentKind, Role
from atlaas.models import Attachment, Revision, Sheet, User
from atlaas.operations.attachment_file import rewrite
from atlaas.operations.sheet import locked_sheet
from atlaas.permissions import require
from atlaas.rules.attachment import Rewritten
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.sheet import tidy

logger = logging.getLogger(__name__)
MOST = 12
KEPT_FOR = timedelta(days=30)
FOLDER = "fiches"
NEEDS_ALT = "Dites en quelques mots ce que montre l’image : ce texte la remplace pour qui ne la voit pas."


def add(sheet: Sheet, *, by: User, version: int, data: bytes, name: str, alt: str = "") -> Attachment:
    """Keep a safe copy of a file at the end of the list; the file is read before the fiche is held."""
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    copy = rewrite(data)
    kind = AttachmentKind.DOCUMENT if copy.extension == "pdf" else AttachmentKind.PICTURE
    shown, text = _named(name, copy), _told(kind, alt)
    kept = Attachment(sheet=sheet, kind=kind, name=shown, alt=text, width=copy.width, height=copy.height)
    kept.size, kept.sha256 = len(copy.data), hashlib.sha256(copy.data).hexdigest()
    kept.file.name = default_storage.save(f"{FOLDER}/{kept.pk}.{copy.extension}", ContentFile(copy.data))
    try:
        return _added(kept, by, version)
    except BaseException:
        default_storage.delete(kept.file.name)
        raise


@transaction.atomic
def _added(kept: Attachment, by: User, version: int) -> Attachment:
    locked = _held(kept.sheet, by, version)
    ranks = list(locked.attachments.filter(removed_at=None).values_list("position", flat=True))
    if len(ranks) >= MOST:
        raise Refused(f"Une fiche porte au plus {MOST} fichiers : ôtez-en un avant d’en ajouter un autre.")
    kept.position = max(ranks, default=-1) + 1
    kept.save(force_insert=True)
    _changed(locked, by)
    return kept


@transaction.atomic
def describe(attachment: Attachment, *, by: User, version: int, name: str, alt: str) -> Sheet:
    """Say otherwise what a file is."""
    locked = _held(attachment.sheet, by, version)
    found = _of(locked, attachment)
    found.name = str(tidy(name)).strip() or found.name
    found.alt = _told(AttachmentKind(found.kind), alt)
    found.save(update_fields=["name", "alt"])
    return _changed(locked, by)


@transaction.atomic
def reorder(sheet: Sheet, *, by: User, version: int, order: Sequence[UUID]) -> Sheet:
    """Put the files in this order; those that are not named come after, as they stood."""
    locked = _held(sheet, by, version)
    ranks = {pk: rank for rank, pk in enumerate(order)}
    files = list(locked.attachments.filter(removed_at=None))
    for rank, one in enumerate(sorted(files, key=lambda one: ranks.get(one.pk, len(ranks)))):
        one.position = rank
    Attachment.objects.bulk_update(files, ["position"])
    return _changed(locked, by)


@transaction.atomic
def remove(attachment: Attachment, *, by: User, version: int) -> Sheet:
    """Take a file off the working copy; what is published keeps it, and its file stays as long as a version names it."""
    locked = _held(attachment.sheet, by, version)
    found = _of(locked, attachment)
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    return _changed(locked, by)


@transaction.atomic
def purge() -> int:
    """Erase the files taken off more than thirty days ago that no version names, and those without a row; answers how many."""
    old = Attachment.objects.filter(removed_at__lt=Now() - KEPT_FOR).select_for_update(skip_locked=True)
    gone = [one for one in old if not _is_named(one)]
    names = [str(one.file.name) for one in gone]
    Attachment.objects.filter(pk__in=[one.pk for one in gone]).delete()
    names += _orphans()
    transaction.on_commit(lambda: _erase(names))
    return len(names)


def _is_named(attachment: Attachment) -> bool:
    wanted = {"attachments": [{"id": str(attachment.pk)}]}
    return Revision.objects.filter(sheet=attachment.sheet_id, content__contains=wanted).exists()


def _orphans() -> list[str]:
    """Files a day old that no row names: their transaction was undone, or their draft erased."""
    if not default_storage.exists(FOLDER):
        return []
    stored = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    known = set(Attachment.objects.values_list("file", flat=True))
    yesterday = timezone.now() - timedelta(days=1)
    return sorted(one for one in stored - known if default_storage.get_modified_time(one) < yesterday)


def _erase(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)
    logger.info("%s files of fiches erased", len(names))


def _held(sheet: Sheet, by: User, version: int) -> Sheet:
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    locked = locked_sheet(sheet)
    if locked.version != version:
        raise Conflict(
            "La fiche a été enregistrée entre-temps : relisez ses fichiers ci-dessous, puis recommencez.",
            current=locked,
            proposed={"facts": {}, "services": None},
        )
    return locked


def _of(sheet: Sheet, attachment: Attachment) -> Attachment:
    found: Attachment | None = sheet.attachments.filter(pk=attachment.pk, removed_at=None).first()
    if found is None:
        raise Refused("Ce fichier n’est plus sur la fiche.")
    return found


def _changed(sheet: Sheet, by: User) -> Sheet:
    sheet.version += 1
    sheet.saved_by, sheet.saved_at = by, timezone.now()
    sheet.save(update_fields=["version", "saved_by", "saved_at"])
    return sheet


def _named(name: str, copy: Rewritten) -> str:
    """The name people read, without folder nor ending; « Image » or « Document » when nothing is left of it."""
    bare = str(tidy(PurePath(name.replace("\\", "/")).stem)).strip()[:150]
    return bare or ("Document" if copy.extension == "pdf" else "Image")


def _told(kind: AttachmentKind, alt: str) -> str:
    text = " ".join(str(tidy(alt)).split())
    if kind == AttachmentKind.PICTURE and not text:
        raise Refused(NEEDS_ALT)
    if len(text) > 250:
        raise Refused("Le texte qui remplace l’image tient en 250 signes : raccourcissez-le.")
    return text
