"""Load the official geography from a folder: régions, départements, groups, communes, successions."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.db import connection, transaction

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity, Departement, Region, Succession
from atlaas.operations import job
from atlaas.operations.loading import Counts, contents, finish
from atlaas.operations.upsert import upsert
from atlaas.rules import geography
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.succession import in_force
from atlaas.rules.text import fold, typographic

# file: its columns, those it may have and that are not read, the column whose value stands once
FILES: Mapping[str, tuple[Sequence[Column], Sequence[str], str]] = {
    "regions.csv": (geography.REGIONS, ("chef_lieu", "nb_communes"), "code"),
    "departements.csv": (geography.DEPARTEMENTS, ("chef_lieu", "zone", "nb_communes"), "code"),
    "epci.csv": (geography.GROUPS, (), "siren"),
    "syndicats.csv": (geography.SYNDICATS, (), "siren"),
    "communes.csv.gz": (geography.COMMUNES, (), "code"),
    "successions.csv": (geography.SUCCESSIONS, (), "old_code"),
}
MAY_BE_EMPTY = frozenset({"syndicats.csv", "successions.csv"})
Files = Mapping[str, Sequence[Row]]

PLACE = ("code", "name", "slug", "sort_key")
COLLECTIVITY = (
    *PLACE, "kind", "nature", "region_id", "departement_id", "epci_id",
    "population", "member_count", "lon", "lat", "note", "is_current",
)  # fmt: skip


def files_of(folder: Path) -> list[Path]:
    """The files that are read, the one that names the run first."""
    return [folder / "communes.csv.gz", *(folder / name for name in FILES if name != "communes.csv.gz")]


@transaction.atomic
def import_geography(folder: Path, *, dry_run: bool = False) -> Counts:
    """Load all the files of a folder, or raise `Rejected` with every error of every file.

    What the files hold no more is kept and marked as no longer in force: awards stay attached to it.
    """
    files = _read(folder)
    counts = _places(files)
    counts += _collectivities(_groups(files))
    counts += _collectivities(_communes(files, _group_keys()))
    counts += _retire(files)
    counts += _successions(files["successions.csv"])
    if counts.created or counts.updated:
        _settle()
    return finish("import_geography", files_of(folder), counts, dry_run=dry_run)


def _settle() -> None:
    """Let the planner know what came (autovacuum would take minutes), and ask for the figures that rest on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('collectivity_name_trigrams')")
        cursor.execute("ANALYZE atlaas_collectivity")
    job.request("geography", key="all")
    job.request("project-sheets", key="all")


def _read(folder: Path) -> Files:
    files: dict[str, Sequence[Row]] = {}
    problems: list[Problem] = []
    for name, (columns, unused, key) in FILES.items():
        try:
            content = contents(folder / name)
        except Rejected as rejected:
            problems += rejected.problems
            continue
        table = read(
            content, columns, unused=unused, unique=(key,), may_be_empty=name in MAY_BE_EMPTY, file=name
        )
        files[name] = table.rows
        problems += table.problems
    if not problems:
        problems = list(_disagreements(files))
    if problems:
        raise Rejected(problems)
    return files


def _disagreements(files: Files) -> Iterator[Problem]:
    regions = [row["code"] for row in files["regions.csv"]]
    departements = [row["code"] for row in files["departements.csv"]]
    groups = [row["siren"] for row in files["epci.csv"]]
    for name in ("departements.csv", "epci.csv", "syndicats.csv", "communes.csv.gz"):
        yield from geography.unknown_codes(files[name], "region", regions, where="regions.csv", file=name)
    for name in ("syndicats.csv", "communes.csv.gz"):
        yield from geography.unknown_codes(
            files[name], "departement", departements, where="departements.csv", file=name
        )
    communes = files["communes.csv.gz"]
    yield from geography.unknown_codes(communes, "epci", groups, where="epci.csv", file="communes.csv.gz")
    yield from geography.in_two_files(
        files["syndicats.csv"], files["epci.csv"], where="epci.csv", file="syndicats.csv"
    )
    yield from geography.misplaced(communes, files["departements.csv"], file="communes.csv.gz")
    for name in ("regions.csv", "departements.csv"):
        yield from geography.same_addresses(files[name], file=name)
    for name, rows in files.items():
        if name != "successions.csv":
            yield from geography.half_points(rows, file=name)
    living = _living(files)
    yield from geography.wrong_successions(files["successions.csv"], living, file="successions.csv")


def _living(files: Files) -> list[str]:
    return [
        *(row["code"] for row in files["communes.csv.gz"]),
        *(row["siren"] for name in ("epci.csv", "syndicats.csv") for row in files[name]),
    ]


def _named(code: str, row: Row) -> tuple[str, str, str, str]:
    """The columns of `PLACE`."""
    name = typographic(row["nom"])
    key = fold(name)  # and the address as `text.slug` makes it, without folding twice
    return code, name, key.replace(" ", "-"), key


def _places(files: Files) -> Counts:
    regions = (
        (*_named(row["code"], row), row["zone"], row["population"] or 0, row["lon"], row["lat"])
        for row in files["regions.csv"]
    )
    departements = (
        (*_named(row["code"], row), row["region"], row["population"] or 0, row["lon"], row["lat"])
        for row in files["departements.csv"]
    )
    return upsert(Region, regions, columns=(*PLACE, "zone", "population", "lon", "lat"), key="code") + upsert(
        Departement, departements, columns=(*PLACE, "region_id", "population", "lon", "lat"), key="code"
    )


def _groups(files: Files) -> Iterator[tuple[object, ...]]:
    """Groups, in the order of `COLLECTIVITY`."""
    for row in files["epci.csv"]:
        yield (
            *_named(row["siren"], row), CollectivityKind.EPCI.value, row["type"], row["region"], None, None,
            row["population"], row["nb_communes"], row["lon"], row["lat"], "", True,
        )  # fmt: skip
    for row in files["syndicats.csv"]:
        yield (
            *_named(row["siren"], row), CollectivityKind.SYNDICAT.value, row["type"], row["region"],
            row["departement"], None, None, None, row["lon"], row["lat"], typographic(row["note"]), True,
        )  # fmt: skip


def _group_keys() -> dict[str, int]:
    """The groups by SIREN; read before the communes are copied, while the connection is still free for a query."""
    return dict(Collectivity.objects.filter(kind=CollectivityKind.EPCI).values_list("code", "pk"))


def _communes(files: Files, groups: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """Communes, in the order of `COLLECTIVITY`; the groups are stored already."""
    for row in files["communes.csv.gz"]:
        yield (
            *_named(row["code"], row), CollectivityKind.COMMUNE.value, "", row["region"], row["departement"],
            groups.get(row["epci"]), row["population"], None, row["lon"], row["lat"], "", True,
        )  # fmt: skip


def _collectivities(rows: Iterator[tuple[object, ...]]) -> Counts:
    return upsert(Collectivity, rows, columns=COLLECTIVITY, key="code")


def _retire(files: Files) -> Counts:
    """What is no more in the files is no longer in force, and a member of no group."""
    current = Collectivity.objects.current()
    gone = set(current.values_list("code", flat=True)) - set(_living(files))
    return Counts(updated=current.filter(code__in=gone).update(is_current=False, epci=None))


def _successions(rows: Sequence[Row]) -> Counts:
    """Tie each old code to the one in force today, whatever the number of steps between them."""
    links = geography.successors(rows)
    codes = {row["old_code"]: in_force(row["old_code"], links) for row in rows}
    living = Collectivity.objects.in_bulk(list(set(codes.values())), field_name="code")
    values = (
        (row["old_code"], living[codes[row["old_code"]]].pk, row["date"], row["source"]) for row in rows
    )
    return upsert(Succession, values, columns=("old_code", "successor_id", "date", "source"), key="old_code")
