"""Load the roster of a jury as a document names it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.db import transaction

from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.text import french
from labels.models import Edition, JuryMember
from labels.operations.attribution import refuse_if

PRESIDENT = "oui"
ROSTER = (
    Column("name", cells.text(120)),
    Column("function", cells.text(300), required=False),
    Column("biography", cells.text(3000), required=False),
    Column("preside", cells.one_of(PRESIDENT), required=False),
    Column("source", cells.text(300)),
    Column("note", cells.text(500), required=False),
)


@transaction.atomic
def import_jury(path: Path, *, year: int, dry_run: bool = False) -> Counts:
    """Make the roster of an edition the one of the file, in its order, or raise `Rejected` with every error.

    A member who stands and whom the file does not name is an error: a seat of the jury may hang on that row.
    """
    edition = Edition.objects.select_for_update(no_key=True).filter(year=year).first()
    if edition is None:
        raise Rejected([Problem(0, f"the edition {year} is not known: load its palmarès first", path.name)])
    table = read(contents(path), ROSTER, unique=("name",), file=path.name)
    standing = {one.name: one for one in edition.jury_members.all()}
    refuse_if(
        [
            *table.problems,
            *_presidents(table.rows, path.name),
            *_left_over(table.rows, standing, path.name),
        ]
    )
    counts = _write(edition, table.rows, standing)
    return finish("import_jury", [path], counts, dry_run=dry_run)


def _presidents(rows: Iterable[Row], file: str) -> Iterator[Problem]:
    first, *others = [row for row in rows if row["preside"]] or [None]
    for row in others:
        if first and row:
            yield Problem(row.line, f"a jury has one president, named at line {first.line}", file)


def _left_over(rows: Iterable[Row], standing: Iterable[str], file: str) -> Iterator[Problem]:
    named = {french(row["name"]) for row in rows}
    for name in sorted(set(standing) - named):
        yield Problem(0, f"{name} is in the jury and not in this file", file)


def _write(edition: Edition, rows: Sequence[Row], standing: dict[str, JuryMember]) -> Counts:
    """The president of before first gives way: two at once is what the database refuses."""
    presiding = {french(row["name"]) for row in rows if row["preside"]}
    counts = Counts()
    for name, member in standing.items():
        if member.is_president and name not in presiding:
            JuryMember.objects.filter(pk=member.pk).update(is_president=False)
    for rank, row in enumerate(rows, start=1):
        facts = _facts(row) | {"position": rank}
        known = standing.get(french(row["name"]))
        if known is None:
            JuryMember.objects.create(edition=edition, **facts)
        changed = known is not None and any(getattr(known, key) != value for key, value in facts.items())
        if known and changed:
            JuryMember.objects.filter(pk=known.pk).update(**facts)
        counts.tally(created=known is None, updated=changed)
    return counts


def _facts(row: Row) -> dict[str, object]:
    words = {key: french(row[key]) for key in ("name", "function", "biography", "source", "note")}
    return words | {"is_president": bool(row["preside"])}
