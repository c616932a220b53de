"""Hand-over: a colleague leaves, another takes their role, and everything stays with the collectivité."""

from django.db import transaction

from atlaas.choices import Role
from atlaas.models import Affiliation, Invitation, User
from atlaas.operations.affiliation import complete_hand_over, current_row, hold_team
from atlaas.operations.invitation import invite
from atlaas.permissions import require
from atlaas.rules.affiliation import stronger
from atlaas.rules.refusal import Refused


@transaction.atomic
def hand_over(leaver: Affiliation, *, successor: Affiliation, by: User) -> Affiliation:
    """A colleague takes over the role of who leaves, and who leaves is out; answers the successor's affiliation."""
    collectivity = hold_team(leaver.collectivity)
    gone, heir = _may_hand_over(leaver, by), current_row(successor)
    if heir.collectivity_id != gone.collectivity_id or heir.pk == gone.pk:
        raise Refused("Choisissez une autre personne de la même équipe pour prendre la suite.")
    if not heir.user.is_active:
        raise Refused("Le compte de cette personne est fermé : choisissez quelqu’un d’autre.")
    heir.role = stronger(heir.role, gone.role)
    heir.save(update_fields=["role"])
    complete_hand_over(gone, heir, collectivity)
    return heir


@transaction.atomic
def hand_over_by_invitation(leaver: Affiliation, *, email: str, by: User) -> Invitation:
    """Offer the role of who leaves to someone from outside; who leaves stays until it is accepted."""
    hold_team(leaver.collectivity)
    gone = _may_hand_over(leaver, by)
    return invite(gone.collectivity, by=by, email=email, role=Role(gone.role), replaces=gone)


def _may_hand_over(leaver: Affiliation, by: User) -> Affiliation:
    """A responsable hands over, their own role or that of a colleague who leaves."""
    current = current_row(leaver)
    require(by, current.collectivity, Role.MANAGER)
    return current
