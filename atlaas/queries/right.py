"""What a person may do for a collectivité today, and by which mandate."""

from dataclasses import dataclass

from atlaas.choices import Role
from atlaas.models import Affiliation, Collectivity, Mandate, User
from atlaas.rules.sheet import RANKS, covers

PLACE = ("collectivity__departement", "collectivity__region")


@dataclass(frozen=True)
class Right:
    """A role, and the mandate that gives it when it is not the person's own."""

    role: Role
    mandate: Mandate | None = None

    def covers(self, needed: Role) -> bool:
        return covers(self.role, needed)


def right_on(collectivity: Collectivity, user: User) -> Right | None:
    """The strongest right of a person, their own role first when equal; None when they have none.

    One query for a valideur or a responsable, whom no mandate makes stronger; two for others.
    """
    if not user.is_authenticated:
        return None
    own = Affiliation.objects.filter(user=user, collectivity=collectivity).first()
    rights = [Right(Role(own.role))] if own else []
    if own and covers(Role(own.role), Role.PUBLISHER):
        return rights[0]
    mandates = Mandate.objects.in_force().filter(collectivity=collectivity).with_role_of(user)
    rights += [Right(_role(mandate.operator_role), mandate) for mandate in mandates]
    return max(rights, key=lambda right: RANKS[right.role], default=None)


def rights_of(user: User) -> dict[Collectivity, Right]:
    """Every collectivité for which a person may act, with the strongest right, their own role first when equal (two queries)."""
    own = Affiliation.objects.filter(user=user).select_related(*PLACE)
    found = [(one.collectivity, Right(Role(one.role))) for one in own]
    mandates = Mandate.objects.in_force().with_role_of(user).select_related(*PLACE, "operator", "holder")
    found += [(one.collectivity, Right(_role(one.operator_role), one)) for one in mandates]
    rights: dict[Collectivity, Right] = {}
    for collectivity, right in found:
        held = rights.get(collectivity)
        if held is None or RANKS[right.role] > RANKS[held.role]:
            rights[collectivity] = right
    return rights


def _role(at_operator: str | None) -> Role:
    """The person's role at the operator, at most valideur: a mandate does not run another collectivité's team."""
    return Role.CONTRIBUTOR if at_operator == Role.CONTRIBUTOR else Role.PUBLISHER
