"""The life of a candidacy."""

from collections.abc import Mapping

from atlaas.rules.refusal import Refused
from labels.choices import CandidacyState

DRAFT, FILED = CandidacyState.DRAFT, CandidacyState.FILED
CORRECTING, WITHDRAWN = CandidacyState.CORRECTING, CandidacyState.WITHDRAWN

# state → step → state; a step that is not here is refused.
STEPS: Mapping[str, Mapping[str, str]] = {
    DRAFT: {"write": DRAFT, "file": FILED},
    FILED: {"correct": CORRECTING, "withdraw": WITHDRAWN},
    CORRECTING: {"write": CORRECTING, "file": FILED, "keep": FILED, "withdraw": WITHDRAWN},
    WITHDRAWN: {"resume": DRAFT},
}
NAMES = {
    "write": "modifier",
    "file": "déposer",
    "correct": "corriger",
    "keep": "garder le dépôt précédent de",
    "withdraw": "retirer",
    "resume": "reprendre",
}


def next_state(state: str, step: str) -> str:
    """The state after a step; `Refused` when the candidacy cannot take it from where it stands."""
    try:
        return STEPS[state][step]
    except KeyError:
        label = CandidacyState(state).label
        raise Refused(
            f"On ne peut pas {NAMES.get(step, step)} une candidature qui est « {label} »."
        ) from None
