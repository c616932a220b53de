"""Whether a proposed level hangs on one person: it would change if any one juror were left out, or with normalised scores."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Juror = TypeVar("Juror", bound=Hashable)
Opinion = TypeVar("Opinion")


@dataclass(frozen=True, slots=True)
class Fragility(Generic[Juror]):
    """The proposed level, and what it would be otherwise: `without` holds only the jurors who make it change.

    `alone` is the only juror whose opinion there is: without them nothing can be proposed.
    """

    level: int
    normalised: int
    without: dict[Juror, int]
    alone: Juror | None = None

    @property
    def is_fragile(self) -> bool:
        return bool(self.without) or self.normalised != self.level or self.alone is not None


def fragility(
    raw: Mapping[Juror, Opinion],
    normalised: Mapping[Juror, Opinion],
    propose: Callable[[Mapping[Juror, Opinion]], int],
) -> Fragility[Juror]:
    """Ask the rule of the edition (`propose`) again without each juror, then with the normalised opinions.

    Both mappings hold the same jurors, one at least.
    """
    level = propose(raw)
    if len(raw) == 1:
        return Fragility(level, propose(normalised), {}, alone=next(iter(raw)))
    without = {juror: propose({key: raw[key] for key in raw if key != juror}) for juror in raw}
    changed = {juror: other for juror, other in without.items() if other != level}
    return Fragility(level, propose(normalised), changed)
