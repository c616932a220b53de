"""Load the figures that a document prints, to be shown beside those that are computed."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from atlaas.models import Region
from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.text import french
from labels.choices import PrintedKey
from labels.models import Edition, PrintedFigure
from labels.operations import press_kit
from labels.operations.attribution import refuse_if

FIGURES = (
    Column("key", cells.one_of(*PrintedKey.values)),
    Column("region", cells.REGION_CODE, required=False),
    Column("value", cells.whole(0, 100_000_000), required=False),
    Column("place", cells.text(120)),
    Column("comment", cells.text(300), required=False),
)
IDENTITY = ("key", "region", "value", "place")


@transaction.atomic
def import_printed_figures(path: Path, *, year: int, dry_run: bool = False) -> Counts:
    """Make the printed figures of an edition those of the file.

    The file is all there is to say: a figure that it holds no more (a value mistyped, then corrected) is removed, which
    counts as updated.
    """
    edition = Edition.objects.filter(year=year).first()
    if edition is None:
        raise Rejected([Problem(0, f"the edition {year} is not known: load its palmarès first", path.name)])
    table = read(contents(path), FIGURES, unique=IDENTITY, file=path.name)
    regions = set(Region.objects.values_list("code", flat=True))
    strangers = [row for row in table.rows if row["region"] and row["region"] not in regions]
    refuse_if(
        [
            *table.problems,
            *(
                Problem(row.line, f"column region: {row['region']} is not known", path.name)
                for row in strangers
            ),
        ]
    )
    counts = _write(edition, table.rows)
    press_kit.request(edition)
    return finish("import_printed_figures", [path], counts, dry_run=dry_run)


def _write(edition: Edition, rows: Iterable[Row]) -> Counts:
    standing = edition.printed_figures.select_for_update(of=("self",))
    before = {(one.key, one.region_id, one.value, one.place): one for one in standing}
    counts = Counts()
    for row in rows:
        values = (row["key"], row["region"], row["value"], french(row["place"]))
        figure, comment = before.pop(values, None), french(row["comment"])
        changed = figure is not None and figure.comment != comment
        if figure is None:
            named = dict(zip(("key", "region_id", "value", "place"), values, strict=True))
            PrintedFigure.objects.create(edition=edition, comment=comment, **named)
        elif changed:
            PrintedFigure.objects.filter(pk=figure.pk).update(comment=comment)
        counts.tally(created=figure is None, updated=changed)
    PrintedFigure.objects.filter(pk__in=[figure.pk for figure in before.values()]).delete()
    return counts + Counts(updated=len(before))
