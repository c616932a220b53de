"""Editions that an import needs, and the dates of the ceremonies."""

from pathlib import Path

from django.db import transaction
from django.db.models.functions import Now

from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Rejected, read
from labels.choices import Coverage
from labels.models import Edition, Rulebook, Seal

FIRST_YEAR, LAST_YEAR = 1999, 2199
YEAR = cells.whole(FIRST_YEAR, LAST_YEAR)
SEALED = "the palmarès {year} was sealed here: no file changes it"
EDITIONS = (
    Column("year", YEAR),
    Column("ceremony_on", cells.date),
    Column("source", cells.text(300)),
)


def ensure_edition(year: int, *, coverage: Coverage) -> tuple[Edition, bool]:
    """Find or make the edition of a year with its rulebook; a palmarès that a file gives is public.

    A complete palmarès makes an attested edition complete, never the other way round. `Rejected` when it was sealed here: it has
    its own hour and its own corrections. Gives the edition and whether it
    was made or changed.
    """
    edition, created = Edition.objects.get_or_create(year=year, defaults={"coverage": coverage})
    if Seal.objects.filter(edition=edition).exists():
        raise Rejected([Problem(0, SEALED.format(year=year))])
    Rulebook.objects.get_or_create(edition=edition)
    changes: dict[str, object] = {}
    if coverage == Coverage.COMPLETE and not edition.is_complete:
        changes["coverage"] = coverage
    if edition.published_at is None:
        changes["published_at"] = Now()
    if changes:
        Edition.objects.filter(pk=edition.pk).update(**changes)
        edition.refresh_from_db()
    return edition, created or bool(changes)


@transaction.atomic
def import_editions(path: Path, *, dry_run: bool = False) -> Counts:
    """Note the day of each ceremony.

    An edition that is not known yet is made, attested and not public: a date alone shows nothing to anybody.
    """
    rows = read(contents(path), EDITIONS, unique=("year",), file=path.name).accepted()
    known = {edition.year: edition for edition in Edition.objects.select_for_update()}
    counts = Counts()
    for row in rows:
        edition = known.get(row["year"])
        if edition is None:
            edition = Edition.objects.create(
                year=row["year"], coverage=Coverage.ATTESTED, ceremony_on=row["ceremony_on"]
            )
            Rulebook.objects.create(edition=edition)
            counts.tally(created=True)
            continue
        changed = edition.ceremony_on != row["ceremony_on"]
        if changed:
            Edition.objects.filter(pk=edition.pk).update(ceremony_on=row["ceremony_on"])
        counts.tally(updated=changed)
    return finish("import_editions", [path], counts, dry_run=dry_run)
