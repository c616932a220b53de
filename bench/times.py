"""What a list of times says."""

from collections.abc import Sequence


def percentile(times: Sequence[float], share: float) -> float:
    """The time under which that share of the sorted times stays."""
    return times[max(0, round(len(times) * share) - 1)]
