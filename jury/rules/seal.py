"""What the sealed evidence of a jury gives: coverage, mean scores, the level proposed to each dossier, and the awards decided. Pure.

`inputs` is plain JSON, each table by the key of a dossier: `dossiers` (code, category, tiles by enjeu and service, snapshot),
`evaluations` (by juror: level, scores by criterion), `decisions` (what was decided, with the evidence that the sitting was told); and
`limits`, `grid` (weight by « category/criterion »), `habits`. A juror is a key drawn for this document, and nobody's name.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from jury.rules.normalise import Habit, moved
from jury.rules.proposal import Coverage, Limits, propose

COMMON = "common"

Facts = Mapping[str, Any]


def outputs_of(inputs: Facts) -> dict[str, Any]:
    return {
        "proposals": {key: _proposal(inputs, key) for key in inputs["dossiers"]},
        "awards": awards_of(inputs),
    }


def awards_of(inputs: Facts) -> dict[str, Any]:
    """By code of a collectivité, what the jury decided of it."""
    dossiers = inputs["dossiers"]
    return {
        dossiers[key]["code"]: {
            "category": dossiers[key]["category"],
            "level": one["level"],
            "is_ten": one["is_ten"],
            "mentions": sorted(one["mentions"]),
        }
        for key, one in inputs["decisions"].items()
    }


def first_contradiction(inputs: Facts, outputs: Facts) -> str:
    """In words, the first decision of which the proposal that the sitting was told is not what its evidence gives; empty when none."""
    for key, one in sorted(inputs["decisions"].items()):
        computed = outputs["proposals"][key]["as_decided"]
        if one["proposed"] != computed:
            return f"inputs.decisions.{key}.proposed: told {one['proposed']}, computed {computed}"
    return ""


def _proposal(inputs: Facts, key: str) -> dict[str, Any]:
    """From the scores that stood at the seal, raw then normalised; and from the evidence of the decision, as it was told."""
    dossier, limits = inputs["dossiers"][key], _limits(inputs["limits"])
    coverage = _coverage(dossier["tiles"])
    given = inputs["evaluations"].get(key, {})
    means = {juror: _mean(one["scores"], inputs["grid"]) for juror, one in given.items()}
    raw = {juror: mean for juror, mean in means.items() if mean is not None}
    advice = {juror: _normalised(inputs["habits"], juror, mean) for juror, mean in raw.items()}
    found = propose(coverage, list(raw.values()), limits)
    return {
        "services": coverage.services,
        "enjeux": coverage.enjeux,
        "means": {juror: str(mean) for juror, mean in raw.items()},
        "normalised": {juror: str(mean) for juror, mean in advice.items()},
        "mean": None if found.mean is None else str(found.mean),
        "level": found.level,
        "level_normalised": propose(coverage, list(advice.values()), limits).level,
        "as_decided": _as_decided(inputs["decisions"].get(key)),
    }


def _as_decided(decision: Facts | None) -> int | None:
    """What the evidence of the decision proposes; None where nothing was decided."""
    if decision is None:
        return None
    told = decision["evidence"]
    opinions = [Fraction(one["raw"]) for one in told["opinions"]]
    return propose(Coverage(told["services"], told["enjeux"]), opinions, _limits(told["limits"])).level


def _limits(facts: Facts) -> Limits:
    return Limits([(services, enjeux) for services, enjeux in facts["coverage"]], facts["scores"])


def _coverage(tiles: Mapping[str, Mapping[str, int]]) -> Coverage:
    """Services with a fiche at least, and the enjeux that have one of them."""
    covered = [sum(count > 0 for count in services.values()) for services in tiles.values()]
    return Coverage(sum(covered), sum(number > 0 for number in covered))


def _mean(scores: Mapping[str, int], weights: Mapping[str, int]) -> Fraction | None:
    """The mean of the criteria that were scored, weighted as the grid says; None when none was."""
    total = sum(weights[code] for code in scores)
    return Fraction(sum(value * weights[code] for code, value in scores.items()), total) if total else None


def _normalised(habits: Mapping[str, list[str]], juror: str, raw: Fraction) -> Fraction:
    """By the habits that were frozen when the sitting opened; raw when there were none."""
    if not habits:
        return raw
    common = _habit(habits[COMMON])
    return moved(raw, _habit(habits[juror]) if juror in habits else common, common)


def _habit(told: list[str]) -> Habit:
    return Habit(Fraction(told[0]), Fraction(told[1]))
