"""Who may what in the people's space and in the association's; each answers for the person as of now."""

from atlaas.choices import Role
from atlaas.models import Collectivity, User
from atlaas.queries.right import Right, right_on
from atlaas.rules.refusal import Refused

NEEDS = {
    Role.CONTRIBUTOR: "Il faut être rattaché à cette collectivité pour y écrire.",
    Role.PUBLISHER: "Seul un valideur ou un responsable publie : votre brouillon est gardé, prévenez-en un.",
    Role.MANAGER: "Seul un responsable de la collectivité peut le faire.",
}


def is_organiser(user: User) -> bool:
    return user.is_authenticated and user.is_active and user.is_organiser


def require(user: User, collectivity: Collectivity, needed: Role) -> Right:
    """The person's right when it covers `needed`; `Refused` otherwise, with the sentence people read."""
    right = right_on(collectivity, user)
    if right is None or not right.covers(needed):
        raise Refused(NEEDS[needed])
    return right


def require_organiser(user: User) -> None:
    if not is_organiser(user):
        raise Refused("Seule l’équipe de l’association peut le faire.")
