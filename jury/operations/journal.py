"""Write a line of the journal: called inside the transaction that holds the sitting, so that ranks have no hole."""

from collections.abc import Mapping

from django.db.models.functions import Now
from django.utils import timezone

from atlaas.models import User
from jury.choices import EntryKind
from jury.models import Entry, Sitting
from jury.rules.journal import BEGINNING, written


def append(sitting: Sitting, kind: EntryKind, facts: Mapping[str, object], *, by: User) -> Entry:
    last = Entry.objects.filter(sitting=sitting).order_by("-rank").first()
    told = {**facts, "at": timezone.now(), "by": by.pk, "by_name": str(by)}
    line = written(
        rank=last.rank + 1 if last else 1,
        kind=kind,
        previous=last.sha256 if last else BEGINNING,
        facts=told,
    )
    return Entry.objects.create(
        sitting=sitting, rank=line.rank, kind=kind, document=line.document, sha256=line.sha256, at=Now()
    )
