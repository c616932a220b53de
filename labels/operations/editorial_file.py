"""Load the signed texts of a press kit that a document printed; what organisers typed beside them stays."""

from pathlib import Path

from django.db import transaction
from django.db.models import Max

from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.text import french
from labels.choices import EditorialKind
from labels.models import Edition
from labels.operations import press_kit

BLOCKS = (
    Column("kind", cells.one_of(*EditorialKind.values)),
    Column("title", cells.text(160), required=False),
    Column("text", cells.text(6000)),
    Column("signatory", cells.text(120)),
    Column("function", cells.text(300)),
    Column("source", cells.text(300)),
)


@transaction.atomic
def import_editorial(path: Path, *, year: int, dry_run: bool = False) -> Counts:
    """Add the texts of a file, or write them anew; each is known by its kind, its signatory and its title."""
    edition = Edition.objects.select_for_update(no_key=True).filter(year=year).first()
    if edition is None:
        raise Rejected([Problem(0, f"the edition {year} is not known", path.name)])
    rows = read(contents(path), BLOCKS, unique=("kind", "signatory", "title"), file=path.name).accepted()
    counts = Counts()
    for row in rows:
        _write(edition, row, counts)
    press_kit.request(edition)
    return finish("import_editorial", [path], counts, dry_run=dry_run)


def _write(edition: Edition, row: Row, counts: Counts) -> None:
    named = {name: french(row[name]) for name in ("signatory", "title")} | {"kind": row["kind"]}
    facts = {"text": row["text"], "function": french(row["function"]), "source": french(row["source"])}
    stored = edition.editorial_blocks.filter(**named).first()
    if stored is None:
        last = edition.editorial_blocks.filter(kind=row["kind"]).aggregate(last=Max("position"))["last"]
        edition.editorial_blocks.create(**named, **facts, position=(last or 0) + 1)
    changed = stored is not None and any(getattr(stored, name) != value for name, value in facts.items())
    if stored is not None and changed:
        edition.editorial_blocks.filter(pk=stored.pk).update(**facts)
    counts.tally(created=stored is None, updated=changed)
