"""Names met with the collectivités in force, the decisions people wrote, and the report of what became of each name."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity, Region
from atlaas.operations.loading import contents
from atlaas.rules import cells
from atlaas.rules.matching import SETTLED, Decision, Matcher, Meeting, Official
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.table import cells as in_a_spreadsheet
from atlaas.rules.text import fold

DECISIONS = (
    Column("name", cells.text(200)),
    Column("region", cells.text(80), required=False),
    Column("code", cells.COLLECTIVITY_CODE, required=False),
    Column("reason", cells.text(300)),
)
REPORT = (
    "line", "name_as_printed", "region", "status", "code", "official_name", "score", "alternatives", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class Met:
    """A printed line and what became of its name; `region` as printed."""

    row: Row
    printed: str
    region: str
    meeting: Meeting

    @property
    def code(self) -> str:
        return self.meeting.official.code if self.meeting.official else ""


def officials() -> list[Official]:
    """All the collectivités in force, as the matcher knows them."""
    rows = Collectivity.objects.current().values_list(
        "code", "name", "region_id", "kind", "region__sort_key", "departement__sort_key", "departement_id"
    )
    return [
        Official(code, name, region, kind != CollectivityKind.COMMUNE, tuple(filter(None, places)))
        for code, name, region, kind, *places in rows
    ]


def region_codes() -> dict[str, str]:
    """The code of each région by its folded name."""
    return dict(Region.objects.values_list("sort_key", "code"))


def matcher(decisions: Path | None, problems: list[Problem]) -> Matcher:
    """A matcher that knows the decisions of the file; what is wrong in them is added to `problems`."""
    known = officials()
    if decisions is None:
        return Matcher(known, {})
    table = read(contents(decisions), DECISIONS, may_be_empty=True, file=decisions.name)
    problems += table.problems
    regions = {official.code: official.region for official in known}
    settled: dict[tuple[str, str], Decision] = {}
    for row, scope, wrong in _checked(table.rows, regions, region_codes()):
        key = (fold(row["name"]), scope)
        again = f"{row['name']}: a second decision for the same name and région" if key in settled else ""
        if wrong or again:
            problems.append(Problem(row.line, wrong or again, decisions.name))
        else:
            settled[key] = Decision(row["code"] or "", row["reason"])
    return Matcher(known, settled)


def _checked(
    rows: Iterable[Row], regions_of: Mapping[str, str], region_codes: Mapping[str, str]
) -> Iterator[tuple[Row, str, str]]:
    """Each decision with the code of its région, and what is wrong with it."""
    for row in rows:
        scope, code = region_codes.get(fold(row["region"]), ""), row["code"]
        wrong = ""
        if row["region"] and not scope:
            wrong = f"column region: {row['region']} is no région"
        elif code and code not in regions_of:
            wrong = f"column code: no collectivité in force has the code {code}"
        elif code and scope and regions_of[code] != scope:
            wrong = f"column code: {code} is not in {row['region']}"
        yield row, scope, wrong


def unsettled(mets: Iterable[Met], *, file: str) -> Iterator[Problem]:
    """The names that nothing settles, with what they may be."""
    for met in mets:
        if met.meeting.status in SETTLED or met.meeting.status == "excluded":
            continue
        told = ", ".join(str(one) for one in met.meeting.alternatives)
        near = f"; near: {told}" if told else ""
        yield Problem(
            met.row.line, f"{met.printed} ({met.region or 'France'}) is {met.meeting.status}{near}", file
        )


def met_twice(mets: Iterable[Met], key: Sequence[str] = (), *, file: str) -> Iterator[Problem]:
    """Two lines that mean one collectivité (for one value of the columns `key`)."""
    first: dict[tuple[object, ...], Met] = {}
    for met in mets:
        if not met.code:
            continue
        other = first.setdefault((met.code, *(met.row[name] for name in key)), met)
        if other is not met:
            yield Problem(
                met.row.line, f"{met.printed} is {met.code}, as line {other.row.line}: {other.printed}", file
            )


def write_report(path: Path | None, mets: Iterable[Met]) -> None:
    """Write a line for each name, settled or not; raise `Rejected` when the file cannot be written."""
    if path is None:
        return
    try:
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(REPORT)
            writer.writerows(in_a_spreadsheet(_told(met)) for met in mets)
    except OSError as error:
        raise Rejected([Problem(0, f"the report cannot be written ({error.strerror})", path.name)]) from error


def _told(met: Met) -> Sequence[object]:
    """The cells of a line of the report."""
    meeting = met.meeting
    name = meeting.official.name if meeting.official else ""
    near = " | ".join(str(one) for one in meeting.alternatives)
    score = f"{meeting.score:.1f}"
    return met.row.line, met.printed, met.region, meeting.status, met.code, name, score, near, meeting.reason
