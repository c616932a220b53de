"""PDFs made beforehand and kept in private storage: by the worker, from plain facts, once for each state of the facts."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from labels.models import KeptDocument
from labels.queries.documents import Facts, digest_of

FOLDER = "documents-prets"  # not that of the members: theirs is swept of what no row of theirs names
Draw = Callable[[Facts, datetime], bytes]


@transaction.atomic
def keep(kind: str, key: str, facts: Facts, draw: Draw) -> KeptDocument:
    """The document that tells these facts: the one that is kept when it does, else drawn anew in place of the former.

    The former file is erased once the new row is committed; a new file whose transaction is undone is erased at once.
    """
    digest = digest_of(facts)
    stored = KeptDocument.objects.select_for_update().filter(kind=kind, key=key).first()
    if stored is not None and stored.digest == digest:
        return stored
    made_at = timezone.now()
    content = draw(facts, made_at)
    name = default_storage.save(f"{FOLDER}/{uuid.uuid4()}.pdf", ContentFile(content))
    told = {"digest": digest, "file": name, "size": len(content), "made_at": made_at}
    try:
        with transaction.atomic():
            kept, _ = KeptDocument.objects.update_or_create(kind=kind, key=key, defaults=told)
    except BaseException:
        default_storage.delete(name)
        raise
    if stored is not None:
        _erase_after_commit(stored)
    return kept


@transaction.atomic
def forget(kind: str, key: str) -> None:
    """Drop a document that nothing stands behind any more, and its file with it."""
    for one in KeptDocument.objects.select_for_update().filter(kind=kind, key=key):
        one.delete()
        _erase_after_commit(one)


def _erase_after_commit(one: KeptDocument) -> None:
    name = str(one.file)
    transaction.on_commit(lambda: default_storage.delete(name))
