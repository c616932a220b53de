"""What becomes of a withdrawal: its collectivité may contest it once, the association alone ends it."""

from collections.abc import Mapping

from atlaas.rules.refusal import Refused

IN_FORCE, CONTESTED, KEPT, LIFTED = "en vigueur", "contesté", "maintenu", "levé"

# standing → step → standing; a step that is not here is refused.
STEPS: Mapping[str, Mapping[str, str]] = {
    IN_FORCE: {"contest": CONTESTED, "lift": LIFTED},
    CONTESTED: {"keep": KEPT, "lift": LIFTED},
    KEPT: {"lift": LIFTED},
    LIFTED: {},
}
NAMES = {"contest": "contester", "keep": "maintenir", "lift": "lever"}


def standing(*, contested: bool, settled: bool, lifted: bool) -> str:
    """Where a withdrawal stands, by which of its dates are written."""
    if lifted:
        return LIFTED
    if settled:
        return KEPT
    return CONTESTED if contested else IN_FORCE


def next_standing(now: str, step: str) -> str:
    """The standing after a step; `Refused` when the withdrawal cannot take it."""
    try:
        return STEPS[now][step]
    except KeyError:
        raise Refused(f"On ne peut pas {NAMES.get(step, step)} un retrait qui est « {now} ».") from None
