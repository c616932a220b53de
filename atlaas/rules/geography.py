"""The files of the official geography: their columns, and what must agree from one file to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from atlaas.choices import GroupNature, Zone
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Row
from atlaas.rules.succession import in_force
from atlaas.rules.text import slug

POINT = (
    Column("lon", cells.decimal(-180, 180), required=False),
    Column("lat", cells.decimal(-90, 90), required=False),
)
PEOPLE = Column("population", cells.whole(0, 20_000_000), required=False)
REGIONS = (
    Column("code", cells.REGION_CODE),
    Column("nom", cells.text(80)),
    Column("zone", cells.one_of(*Zone.values)),
    PEOPLE,
    *POINT,
)
DEPARTEMENTS = (
    Column("code", cells.DEPARTEMENT_CODE),
    Column("nom", cells.text(80)),
    Column("region", cells.REGION_CODE),
    PEOPLE,
    *POINT,
)
GROUPS = (
    Column("siren", cells.SIREN),
    Column("nom", cells.text(200)),
    Column("type", cells.one_of(*GroupNature.values)),
    PEOPLE,
    Column("nb_communes", cells.whole(0, 2_000), required=False),
    Column("region", cells.REGION_CODE),
    *POINT,
)
SYNDICATS = (
    Column("siren", cells.SIREN),
    Column("nom", cells.text(200)),
    Column("type", cells.one_of(*GroupNature.values)),
    Column("region", cells.REGION_CODE),
    Column("departement", cells.DEPARTEMENT_CODE, required=False),
    *POINT,
    Column("note", cells.text(2_000), required=False),
)
COMMUNES = (
    Column("code", cells.COMMUNE_CODE),
    Column("nom", cells.text(200)),
    PEOPLE,
    Column("departement", cells.DEPARTEMENT_CODE),
    Column("region", cells.REGION_CODE),
    Column("epci", cells.SIREN, required=False),
    *POINT,
)
SUCCESSIONS = (
    Column("old_code", cells.COLLECTIVITY_CODE),
    Column("new_code", cells.COLLECTIVITY_CODE),
    Column("date", cells.date),
    Column("source", cells.text(300)),
)


def unknown_codes(
    rows: Iterable[Row], column: str, known: Iterable[str], *, where: str, file: str
) -> Iterator[Problem]:
    """The cells of `column` that name nothing in the other file (`where`); empty cells are not looked at."""
    codes = set(known)
    for row in rows:
        if row[column] and row[column] not in codes:
            yield Problem(row.line, f"column {column}: {row[column]} is not in {where}", file)


def in_two_files(rows: Iterable[Row], others: Iterable[Row], *, where: str, file: str) -> Iterator[Problem]:
    """A SIREN stands in one file only: its two lines would undo each other."""
    known = {row["siren"] for row in others}
    for row in rows:
        if row["siren"] in known:
            yield Problem(row.line, f"{row['siren']} is in {where} too", file)


def half_points(rows: Iterable[Row], *, file: str) -> Iterator[Problem]:
    for row in rows:
        if (row["lon"] is None) != (row["lat"] is None):
            yield Problem(row.line, "lon and lat go together", file)


def same_addresses(rows: Iterable[Row], *, file: str) -> Iterator[Problem]:
    """Régions and départements are found by the address of their page: two never share it."""
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(slug(row["nom"]), row)
        if other is not row:
            yield Problem(row.line, f"{row['nom']}: the same address as line {other.line}", file)


def misplaced(communes: Iterable[Row], departements: Iterable[Row], *, file: str) -> Iterator[Problem]:
    """A commune is in the région of its département."""
    regions = {row["code"]: row["region"] for row in departements}
    for row in communes:
        if regions.get(row["departement"], row["region"]) != row["region"]:
            yield Problem(
                row.line, f"the département {row['departement']} is not in the région {row['region']}", file
            )


def wrong_successions(rows: Sequence[Row], living: Iterable[str], *, file: str) -> Iterator[Problem]:
    """An old code is no more; followed from one to the next, it ends at a code in force, and never in a ring."""
    in_use, links = set(living), successors(rows)
    for row in rows:
        if row["old_code"] in in_use:
            yield Problem(row.line, f"{row['old_code']} is still in force", file)
            continue
        last = in_force(row["old_code"], links)
        if last in links:
            yield Problem(row.line, f"{row['old_code']} comes back to {last}: a ring", file)
        elif last not in in_use:
            yield Problem(row.line, f"{row['old_code']} ends at {last}, which is unknown", file)


def successors(rows: Iterable[Row]) -> Mapping[str, str]:
    return {row["old_code"]: row["new_code"] for row in rows}
