"""How many dossiers and fiches each enjeu and each service of the référentiel has in an edition, beside the one before."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from labels.rules.judged import Judged
from labels.rules.mosaic import in_force

Heirs = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Of one service, or of an enjeu (no service): dossiers that have a fiche there, and fiches that are tied to it.

    `…_before` are those of the last edition whose dossiers are known here, None when there is none.
    """

    enjeu: str
    service: str
    dossiers: int
    sheets: int
    dossiers_before: int | None
    sheets_before: int | None

    @property
    def change(self) -> int | None:
        return None if self.dossiers_before is None else self.dossiers - self.dossiers_before


@dataclass(frozen=True, slots=True)
class Count:
    dossiers: Mapping[str, int]
    sheets: Mapping[str, int]


def coverage(
    dossiers: Iterable[Judged], before: Iterable[Judged] | None, services: Mapping[str, str], heirs: Heirs
) -> list[CoverageRow]:
    """A row for each enjeu and each service of the référentiel, in the order of their codes.

    `services`: by code of service, the code of its enjeu. What was replaced since is counted under its heirs; a fiche of
    several services of one enjeu counts there once for each tie, a dossier once.
    """
    now = _count(dossiers, services, heirs)
    past = None if before is None else _count(before, services, heirs)
    keys = sorted({(enjeu, "") for enjeu in services.values()} | {(services[one], one) for one in services})
    return [_row(enjeu, service, now, past) for enjeu, service in keys]


def _count(dossiers: Iterable[Judged], services: Mapping[str, str], heirs: Heirs) -> Count:
    """By code of service and of enjeu; codes of both never meet, as a row is asked by the one that it names."""
    reached = _Reached(services, heirs)
    places: Counter[str] = Counter()
    sheets: Counter[str] = Counter()
    for one in dossiers:
        met: Counter[str] = Counter()
        for code, number in one.services.items():
            for heir in reached.of(code):
                met[f"service {heir}"] += number
                met[f"enjeu {services[heir]}"] += number
        sheets.update(met)
        places.update(met.keys())
    return Count(places, sheets)


class _Reached:
    """What a code became in the référentiel, looked for once a code."""

    def __init__(self, services: Mapping[str, str], heirs: Heirs) -> None:
        self.services, self.heirs = services, heirs
        self.found: dict[str, set[str]] = {}

    def of(self, code: str) -> set[str]:
        if code not in self.found:
            self.found[code] = in_force([code], self.services.keys(), self.heirs)
        return self.found[code]


def _row(enjeu: str, service: str, now: Count, past: Count | None) -> CoverageRow:
    key = f"service {service}" if service else f"enjeu {enjeu}"
    return CoverageRow(
        enjeu,
        service,
        now.dossiers.get(key, 0),
        now.sheets.get(key, 0),
        past.dossiers.get(key, 0) if past else None,
        past.sheets.get(key, 0) if past else None,
    )
