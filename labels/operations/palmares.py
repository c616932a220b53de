"""Load the palmarès of an edition as a document prints it: names are met, levels read, every line told in a report."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from atlaas.models import Collectivity
from atlaas.operations.loading import Counts, contents, finish
from atlaas.operations.matching import Met, matcher, met_twice, region_codes, unsettled, write_report
from atlaas.rules import cells
from atlaas.rules.matching import Matcher, Meeting
from atlaas.rules.reading import Column, Problem, Row, read
from atlaas.rules.text import fold
from labels.choices import Category, Coverage
from labels.models import Edition
from labels.operations.attribution import Attribution, refuse_if, traced
from labels.operations.edition import ensure_edition
from labels.rules.category import category_of
from labels.rules.level import MOST_PRINTED, read_printed

PALMARES = (
    Column("region", cells.text(80)),
    Column("name_as_printed", cells.text(200)),
    Column(
        "arobases_as_printed", cells.text(20)
    ),  # read after the names: a wrong one still has its line in the report
)
CATEGORIES = (
    Column("code", cells.COLLECTIVITY_CODE),
    Column("category", cells.one_of(*Category.values)),
    Column("reason", cells.text(300)),
)
LEGIBLE = (Column("region", cells.text(80)), Column("reason", cells.text(300)))
printed_level = cells.whole(1, MOST_PRINTED)


@dataclass(frozen=True)
class Companions:
    """The files beside a palmarès, each optional.

    `decisions` settles names; `categories` holds the categories that the rule would not give, with a reason; `legible`
    the régions whose part of the printed list shows fives, where a printed 4 is a 4. They are files because they are
    facts about one document: written down with their reason, reviewed and loaded again with it.
    """

    decisions: Path | None = None
    categories: Path | None = None
    legible: Path | None = None

    def paths(self) -> list[Path]:
        return [path for path in (self.decisions, self.categories, self.legible) if path]


@dataclass(frozen=True)
class Line:
    """A laureate of the document, all its columns read."""

    met: Met
    printed: int
    is_legible: bool

    @property
    def name(self) -> str:
        return self.met.printed


@transaction.atomic
def import_palmares(
    path: Path, *, year: int, companions: Companions, report: Path | None = None, dry_run: bool = False
) -> Counts:
    """Load a whole palmarès and make its edition public, or raise `Rejected` with every error.

    An award that stands in the edition and that the document does not hold is an error: neither removed nor left in the
    totals in silence. Titles, mentions and what a person corrected stay whatever the order in which files are loaded.
    """
    problems: list[Problem] = []
    lines, excluded = _read(path, companions, report, problems)
    reasoned = _categories(companions.categories, [line.met.code for line in lines], problems)
    edition, changed = ensure_edition(year, coverage=Coverage.COMPLETE)
    awards = Attribution(edition, edition_changed=changed)
    problems += _left_over(awards, lines, path.name)
    laureates = Collectivity.objects.in_bulk([line.met.code for line in lines], field_name="code")
    categories = {line.met.code: _category(edition, laureates[line.met.code], reasoned) for line in lines}
    problems += _unknown_categories(lines, categories, path.name)
    refuse_if(problems)
    with traced("import_palmares", path):
        for line in lines:
            _write(awards, line, laureates[line.met.code], categories[line.met.code])
    counts = awards.finish() + Counts(refused=excluded)
    return finish("import_palmares", [path, *companions.paths()], counts, dry_run=dry_run)


def _read(
    path: Path, companions: Companions, report: Path | None, problems: list[Problem]
) -> tuple[list[Line], int]:
    """The laureates of the document, and the number of its lines that are no collectivité."""
    table = read(contents(path), PALMARES, unused=("line_no",), file=path.name)
    problems += table.problems
    regions = region_codes()
    mets = list(_meet(table.rows, matcher(companions.decisions, problems), regions))
    write_report(report, mets)
    problems += unsettled(mets, file=path.name)
    problems += met_twice(mets, file=path.name)
    problems += _unknown_regions(table.rows, regions, path.name)
    legible = _legible(companions.legible, regions, problems)
    lines: list[Line] = []
    for met in mets:
        try:
            printed = printed_level(met.row["arobases_as_printed"])
        except ValueError as error:
            problems.append(Problem(met.row.line, f"column arobases_as_printed: {error}", path.name))
            continue
        if met.code:
            lines.append(Line(met, printed, regions.get(fold(met.region)) in legible))
    return lines, sum(met.meeting.status == "excluded" for met in mets)


def _meet(rows: Iterable[Row], names: Matcher, regions: Mapping[str, str]) -> Iterator[Met]:
    for row in rows:
        region = regions.get(fold(row["region"]), "")
        printed = row["name_as_printed"]
        meeting = names.meet(printed, region=region) if region else Meeting("unknown")
        yield Met(row, printed, row["region"], meeting)


def _unknown_regions(rows: Iterable[Row], regions: Mapping[str, str], file: str) -> Iterator[Problem]:
    for row in rows:
        if fold(row["region"]) not in regions:
            yield Problem(row.line, f"column region: {row['region']} is no région", file)


def _legible(path: Path | None, regions: Mapping[str, str], problems: list[Problem]) -> set[str]:
    if path is None:
        return set()
    table = read(contents(path), LEGIBLE, unique=("region",), may_be_empty=True, file=path.name)
    problems += table.problems
    problems += _unknown_regions(table.rows, regions, path.name)
    return {regions.get(fold(row["region"]), "") for row in table.rows}


def _categories(path: Path | None, codes: Iterable[str], problems: list[Problem]) -> dict[str, Row]:
    """The categories given with a reason, by code."""
    if path is None:
        return {}
    table = read(contents(path), CATEGORIES, unique=("code",), may_be_empty=True, file=path.name)
    problems += table.problems
    laureates = set(codes)
    for row in table.rows:
        if row["code"] not in laureates:
            problems.append(
                Problem(row.line, f"column code: no laureate has the code {row['code']}", path.name)
            )
    return {row["code"]: row for row in table.rows}


def _left_over(awards: Attribution, lines: Iterable[Line], file: str) -> Iterator[Problem]:
    named = {line.met.code for line in lines}
    for code, award in awards.existing.items():
        if code not in named:
            message = (
                f"{award.collectivity} ({code}) has an award in {award.edition.year} and is not in this file"
            )
            yield Problem(0, message, file)


def _category(edition: Edition, collectivity: Collectivity, reasoned: Mapping[str, Row]) -> tuple[str, str]:
    """The category, and its reason when the rule would not give it; empty when nobody can tell."""
    if row := reasoned.get(collectivity.code):
        return row["category"], row["reason"]
    limit = edition.rulebook.village_below
    return category_of(collectivity.kind, collectivity.population, village_below=limit) or "", ""


def _unknown_categories(
    lines: Iterable[Line], categories: Mapping[str, tuple[str, str]], file: str
) -> Iterator[Problem]:
    for line in lines:
        if not categories[line.met.code][0]:
            message = f"{line.name}: no population is known; give its category in the file of categories"
            yield Problem(line.met.row.line, message, file)


def _write(awards: Attribution, line: Line, collectivity: Collectivity, category: tuple[str, str]) -> None:
    titled = awards.existing.get(collectivity.code)
    level = read_printed(line.printed, is_legible=line.is_legible, is_ten=bool(titled and titled.is_ten))
    values = {
        "category": category[0],
        "category_reason": category[1],
        "level": level.level,
        "level_is_certain": level.is_certain,
        "level_as_printed": line.printed,
        "level_text": "",
        "name_as_printed": line.name,
    }
    awards.write(collectivity, values)
