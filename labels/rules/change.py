"""How the level of a laureate moved since the edition just before: told when it is proved, never guessed."""

from collections.abc import Collection
from dataclasses import dataclass

from labels.choices import LevelChange
from labels.rules.level import TOP


@dataclass(frozen=True, slots=True)
class Seen:
    """A level as it is known: a certain one, « 4 ou 5 », or none that is sure."""

    level: int | None
    is_certain: bool = True

    @property
    def lowest(self) -> int:
        return self.level or 1

    @property
    def highest(self) -> int:
        """An uncertain 4 may be a 5; of another doubtful level nothing is sure."""
        if self.level is None or not self.is_certain:
            return TOP
        return self.level


def change(
    now: Seen, before: Seen | None, *, before_is_complete: bool, won_earlier: bool
) -> LevelChange | None:
    """None: nothing proves it.

    `before` is what is known of the edition just before, `before_is_complete` whether that whole palmarès is known, so that an
    absence is one; `won_earlier` whether any older award is known. « 4 ou 5 » after 3 is up, after 4 it is not known.
    """
    if before is None:
        if not before_is_complete:
            return None
        return LevelChange.BACK if won_earlier else LevelChange.NEW
    return _compared(now, before)


def _compared(now: Seen, before: Seen) -> LevelChange | None:
    if not _is_bounded(now) or not _is_bounded(before):
        return None
    if now.lowest > before.highest:
        return LevelChange.UP
    if now.highest < before.lowest:
        return LevelChange.DOWN
    both_certain = now.is_certain and before.is_certain
    return LevelChange.SAME if both_certain and now.level == before.level else None


def _is_bounded(seen: Seen) -> bool:
    """Certain, or « 4 ou 5 »: the one doubt that has bounds."""
    return seen.level is not None and (seen.is_certain or seen.level == TOP - 1)


def best(found: Collection[Seen]) -> Seen | None:
    """Of several that merged into one, the highest that is sure, else whatever is known."""
    return max(found, key=lambda one: (one.level is not None, one.is_certain, one.level or 0), default=None)
