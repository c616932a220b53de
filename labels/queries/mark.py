"""What was read of a row, in a few signs: a page carries it, so that what somebody else wrote meanwhile is never overwritten."""

from collections.abc import Iterable

from django.db.models import Model

from labels.rules.snapshot import canonical, sha256

LENGTH = 16


ASIDE = {"position"}  # a neighbour that moves changes nothing of what was read


def mark_of(row: object, names: Iterable[str] = ()) -> str:
    """The mark of a row as it stands (of some of its columns, when named); empty for a row that is not there."""
    if not isinstance(row, Model) or row.pk is None:
        return ""
    fields = row._meta.concrete_fields  # noqa: SLF001 (documented by Django)
    kept = set(names) or {one.name for one in fields} - ASIDE
    values = {one.name: getattr(row, one.attname) for one in fields if one.name in kept}
    return sha256(canonical(values))[:LENGTH]
