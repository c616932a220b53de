"""How well the services and enjeux of the référentiel are covered in an edition: the only reader of what the worker stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from labels.models import CoverageFigure, Edition


@dataclass(frozen=True, slots=True)
class Covered:
    """A service, or an enjeu: judged dossiers that have a fiche there, fiches, and what they were before (None: not known)."""

    code: str
    name: str
    enjeu: str
    dossiers: int
    sheets: int
    dossiers_before: int | None
    sheets_before: int | None

    @property
    def change(self) -> int | None:
        return None if self.dossiers_before is None else self.dossiers - self.dossiers_before


def covered_enjeux(edition: Edition) -> list[Covered]:
    """Every enjeu, from the most covered; empty where no dossier is known here."""
    return _ranked(edition, of_services=False)


def covered_services(edition: Edition) -> list[Covered]:
    """Every service, from the most covered; empty where no dossier is known here."""
    return _ranked(edition, of_services=True)


def _ranked(edition: Edition, *, of_services: bool) -> list[Covered]:
    """By dossiers, then fiches, then code."""
    rows = CoverageFigure.objects.filter(edition=edition, service__isnull=not of_services)
    kind = "service" if of_services else "enjeu"
    told = (f"{kind}__code", f"{kind}__name", "enjeu__name")
    counts = ("dossiers", "sheets", "dossiers_before", "sheets_before")
    ordered = rows.order_by("-dossiers", "-sheets", f"{kind}__code")
    return [Covered(*row) for row in ordered.values_list(*told, *counts)]


def extremes(ranked: Sequence[Covered], most: int) -> tuple[Sequence[Covered], Sequence[Covered]]:
    """The first and the last of a ranking, the last one first; none is in both."""
    kept = min(most, len(ranked) // 2)
    return ranked[:kept], ranked[len(ranked) - kept :][::-1]
