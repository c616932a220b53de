"""The level that the coverage of a filed dossier points at, with its reasons: a mirror, the jury is sovereign."""

from dataclasses import dataclass

from atlaas.rules.text import plural
from jury.rules.dossier import Dossier
from labels.rules.assessment import gap_to, missing_words, propose_level


@dataclass(frozen=True, slots=True)
class Proposal:
    level: int
    reasons: tuple[str, ...]


def proposed(dossier: Dossier) -> Proposal | None:
    """By the working thresholds of the rulebook as it was filed; None when the document holds none."""
    if not dossier.steps:
        return None
    covered = (dossier.mosaic.covered, dossier.mosaic.covered_enjeux)
    level = propose_level(*covered, dossier.steps)
    told = f"{_counted(covered)} par une fiche qui compte"
    return Proposal(level, (told, *_reached(level, dossier), *_missing(level, covered, dossier)))


def _counted(pair: tuple[int, int]) -> str:
    return f"{plural(pair[0], 'service')} dans {plural(pair[1], 'enjeu', 'enjeux')}"


def _reached(level: int, dossier: Dossier) -> list[str]:
    return [f"{level} @ en demande {_counted(dossier.steps[level - 1])}"] if level else []


def _missing(level: int, covered: tuple[int, int], dossier: Dossier) -> list[str]:
    if level >= len(dossier.steps):
        return []
    return [f"pour {level + 1} @, {missing_words(gap_to(covered, dossier.steps[level]))}"]
