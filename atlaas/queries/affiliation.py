"""Who is in the team of a collectivité."""

from django.db.models import QuerySet

from atlaas.choices import Role, SheetState
from atlaas.models import Affiliation, Collectivity, Sheet, User
from atlaas.rules.sheet import RANKS


def managers(collectivity: Collectivity) -> QuerySet[Affiliation]:
    """Those in charge; a person whose account is closed is in charge of nothing."""
    return collectivity.affiliations.filter(role=Role.MANAGER, user__is_active=True)


def managing_people(collectivity: Collectivity) -> QuerySet[User]:
    return User.objects.filter(pk__in=managers(collectivity).values("user"))


def team(collectivity: Collectivity) -> list[Affiliation]:
    """Everyone, those who may most first, then by name (one query)."""
    rows = collectivity.affiliations.select_related("user")
    return sorted(rows, key=lambda one: (-RANKS[Role(one.role)], str(one.user).lower(), one.pk))


def drafts(collectivity: Collectivity) -> QuerySet[Sheet]:
    """The fiches not published yet, which stay with the collectivité whoever leaves."""
    return collectivity.sheets.filter(state=SheetState.DRAFT).select_related("saved_by")
