"""What the invented jury decides: mostly what is proposed, sometimes otherwise, with a reason that says it is invented."""

from collections.abc import Mapping

from jury.rules.item import Decision, Votes
from labels.rules.ten import TOP, Answer

REASON = "Démonstration : décision inventée, qui s’écarte de la proposition."
DEPARTS, ABSTAINS, DISTINGUISHES = 9, 5, 7  # one dossier in so many


def invented(rank: int, *, proposed: int, ten: Answer, mentions: Mapping[str, int], voters: int) -> Decision:
    """The same for the same rank and facts; every rule of a decision holds."""
    departs = rank % DEPARTS == DEPARTS - 1
    level = _beside(proposed, rank) if departs else proposed
    abstentions = 1 if rank % ABSTAINS == 0 and voters > 1 else 0
    spoken = sorted(mentions, key=lambda slug: (-mentions[slug], slug))
    return Decision(
        level=level,
        votes=Votes(voters - abstentions, 0, abstentions),
        is_ten=level == TOP and ten is Answer.ELIGIBLE,
        mentions=tuple(spoken[:1]) if rank % DISTINGUISHES == 0 else (),
        reason=REASON if departs else "",
    )


def _beside(level: int, rank: int) -> int:
    """One @ more, or one less for every other one."""
    if level == TOP or (level > 1 and rank % 2):
        return level - 1
    return level + 1
