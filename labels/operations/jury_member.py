"""Load the public roster of a jury: who, in what function, with what biography."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.text import french
from labels.models import Edition, JuryMember
from labels.operations import press_kit

MEMBERS = (
    Column("name", cells.text(120)),
    Column("function", cells.text(300), required=False),
    Column("biography", cells.text(3000), required=False),
    Column("president", cells.yes_no),
    Column("source", cells.text(300), required=False),
)


@transaction.atomic
def import_jury(path: Path, *, year: int, dry_run: bool = False) -> Counts:
    """Make the roster of an edition that of the file, in its order; one that the file names no more is removed."""
    edition = Edition.objects.select_for_update(no_key=True).filter(year=year).first()
    if edition is None:
        raise Rejected([Problem(0, f"the edition {year} is not known", path.name)])
    rows = read(contents(path), MEMBERS, unique=("name",), file=path.name).accepted()
    presidents = [row for row in rows if row["president"]]
    if len(presidents) > 1:
        raise Rejected([Problem(presidents[1].line, "column president: a jury has one", path.name)])
    counts = _write(edition, rows)
    press_kit.request(edition)
    return finish("import_jury", [path], counts, dry_run=dry_run)


def _write(edition: Edition, rows: Iterable[Row]) -> Counts:
    before = {one.name: one for one in edition.jury_members.all()}
    counts, kept = Counts(), []
    for position, row in enumerate(rows, 1):
        facts = {name: french(row[name]) for name in ("name", "function", "biography", "source")}
        member = before.pop(facts["name"], None)
        fresh = JuryMember(
            pk=member.pk if member else None,
            edition=edition,
            position=position,
            is_president=row["president"],
            **facts,
        )
        changed = member is not None and _told(member) != _told(fresh)
        kept.append((fresh, member is None, changed))
        counts.tally(created=member is None, updated=changed)
    # The one who presided steps aside first: two presidents never stand at once.
    _drop(edition, before.values())
    for fresh, is_new, changed in sorted(kept, key=lambda one: one[0].is_president):
        if is_new or changed:
            fresh.save()
    return counts + Counts(updated=len(before))


def _drop(edition: Edition, gone: Iterable[JuryMember]) -> None:
    try:
        edition.jury_members.filter(pk__in=[one.pk for one in gone]).delete()
    except ProtectedError as error:
        names = ", ".join(sorted({str(one) for one in error.protected_objects}))
        raise Rejected([Problem(0, f"{names}: has a seat in the jury and is not in this file")]) from error


def _told(member: JuryMember) -> tuple[object, ...]:
    return (
        member.function,
        member.biography,
        member.is_president,
        member.source,
        member.position,
        member.is_listed,
    )
