"""Who stays, who leaves a team, and what becomes of a collectivité that nobody runs any more."""

from atlaas.choices import Role
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import RANKS

LAST = (
    "Vous êtes la seule personne responsable de cette collectivité : passez d’abord la main, "
    "ou confirmez que vous la laissez sans responsable."
)


def check_departure(role: str, *, other_managers: int, confirmed: bool) -> None:
    """The last responsable leaves only when saying so: the collectivité can then be claimed by someone else."""
    if role == Role.MANAGER and not other_managers and not confirmed:
        raise Refused(LAST)


def check_change(old: str, new: str, *, other_managers: int) -> None:
    """A team that has a responsable keeps one, whoever changes the roles."""
    if old == Role.MANAGER and new != Role.MANAGER and not other_managers:
        raise Refused(
            "Il faut au moins une personne responsable : donnez d’abord ce rôle à quelqu’un d’autre."
        )


def stronger(one: str, other: str) -> Role:
    """The role that may more of two."""
    return max(Role(one), Role(other), key=RANKS.__getitem__)
