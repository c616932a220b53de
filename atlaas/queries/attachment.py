"""Files of a fiche: who may read which."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from atlaas.models import Attachment, PublicSheet, Sheet, User


@dataclass(frozen=True)
class Readable:
    """A file that the person may read; `is_public` when everybody may."""

    attachment: Attachment
    is_public: bool


def readable(sheet_pk: UUID, attachment_pk: UUID, user: User) -> Readable | None:
    """The file when the published version names it, or when it is on a working copy that the person writes. At most 3 queries."""
    found = Attachment.objects.filter(pk=attachment_pk, sheet=sheet_pk).first()
    if found is None:
        return None
    named = {"attachments": [{"id": str(attachment_pk)}]}
    public = PublicSheet.objects.visible_to(user).filter(pk=sheet_pk, revision__content__contains=named)
    if public.exists():
        return Readable(found, is_public=True)
    if found.removed_at is None and Sheet.objects.served_by(user).filter(pk=sheet_pk).exists():
        return Readable(found, is_public=False)
    return None


def files_of(sheet: Sheet) -> QuerySet[Attachment]:
    """The files of the working copy, in order."""
    return sheet.attachments.filter(removed_at=None).order_by("position", "created_at", "pk")
