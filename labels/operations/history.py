"""Load attested lines « year, collectivité, level » of past editions, each with its public source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from atlaas.models import Collectivity
from atlaas.operations.loading import Counts, contents, finish
from atlaas.operations.matching import Met, matcher, met_twice, unsettled, write_report
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Row, read
from atlaas.rules.text import typographic
from labels.choices import Coverage
from labels.models import Edition
from labels.operations.attribution import Attribution, refuse_if, traced
from labels.operations.edition import YEAR, ensure_edition
from labels.rules.category import category_of
from labels.rules.history import Attested, read_line, resolve_source

LONGEST_SOURCE = 300
HISTORY = (
    Column("edition_year", YEAR),
    Column("collectivite", cells.text(200)),
    Column("level", cells.text(60), required=False),
    Column("distinction", cells.text(200), required=False),
    Column("note", cells.text(300), required=False),
    Column("source", cells.text(LONGEST_SOURCE)),
)


@dataclass(frozen=True)
class Line:
    met: Met
    attested: Attested
    source: str


@transaction.atomic
def import_history(
    path: Path, *, decisions: Path | None = None, report: Path | None = None, dry_run: bool = False
) -> Counts:
    """Load attested lines, or raise `Rejected` with every error; names are met over all of France.

    An edition that is missing is made, attested and public. An edition whose whole palmarès is known takes no line: the
    palmarès says more. A line that is gone from the file keeps its award: attested once, it is removed by a person.
    """
    problems: list[Problem] = []
    table = read(contents(path), HISTORY, file=path.name)
    problems += table.problems
    names = matcher(decisions, problems)
    mets = [Met(row, row["collectivite"], "", names.meet(row["collectivite"])) for row in table.rows]
    write_report(report, mets)
    problems += unsettled(mets, file=path.name)
    problems += met_twice(mets, ("edition_year",), file=path.name)
    problems += _already_complete(table.rows, path.name)
    lines = [line for line in _read(mets, problems, path.name) if line.met.code]
    collectivities = Collectivity.objects.in_bulk({line.met.code for line in lines}, field_name="code")
    problems += _unknown_populations(lines, collectivities, path.name)
    refuse_if(problems)
    with traced("import_history", path):
        counts = _write(lines, collectivities)
    counts += Counts(refused=sum(met.meeting.status == "excluded" for met in mets))
    return finish("import_history", [path, *filter(None, [decisions])], counts, dry_run=dry_run)


def _already_complete(rows: Iterable[Row], file: str) -> Iterator[Problem]:
    complete = set(Edition.objects.filter(coverage=Coverage.COMPLETE).values_list("year", flat=True))
    for row in rows:
        if row["edition_year"] in complete:
            message = f"the whole palmarès of {row['edition_year']} is known: correct it there"
            yield Problem(row.line, f"{row['collectivite']}: {message}", file)


def _read(mets: Iterable[Met], problems: list[Problem], file: str) -> Iterator[Line]:
    """Each line with its level and its source written out."""
    last = ""
    for met in mets:
        row = met.row
        try:
            source, last = resolve_source(row["source"], last)
            attested = read_line(row["level"], row["distinction"], row["note"])
        except ValueError as error:
            problems.append(Problem(row.line, str(error), file))
            continue
        if len(source) > LONGEST_SOURCE:
            problems.append(
                Problem(row.line, f"column source: {len(source)} signs once « idem » is written out", file)
            )
            continue
        yield Line(met, attested, source)


def _unknown_populations(
    lines: Iterable[Line], collectivities: dict[str, Collectivity], file: str
) -> Iterator[Problem]:
    for line in lines:
        known = collectivities[line.met.code]
        if category_of(known.kind, known.population, village_below=1) is None:
            message = f"{known}: no population is known, its category cannot be told"
            yield Problem(line.met.row.line, message, file)


def _write(lines: Iterable[Line], collectivities: dict[str, Collectivity]) -> Counts:
    by_year: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_year[line.met.row["edition_year"]].append(line)
    counts = Counts()
    for year in sorted(by_year):
        edition, changed = ensure_edition(year, coverage=Coverage.ATTESTED)
        awards = Attribution(edition, edition_changed=changed)
        for line in by_year[year]:
            _write_line(awards, line, collectivities[line.met.code])
        counts += awards.finish()
    return counts


def _write_line(awards: Attribution, line: Line, collectivity: Collectivity) -> None:
    level = line.attested.level
    limit = awards.edition.rulebook.village_below
    values = {
        "category": category_of(collectivity.kind, collectivity.population, village_below=limit),
        "level": level.level,
        "level_is_certain": level.is_certain,
        "level_text": level.text,
        "is_ten": line.attested.is_ten,
        "distinction": typographic(line.attested.distinction),
        "name_as_printed": line.met.printed,
        "note": typographic(line.met.row["note"]),
        "source": line.source,
    }
    awards.write(collectivity, values)
