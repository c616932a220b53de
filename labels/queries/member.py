"""A group and its communes, each with what it last won."""

from collections.abc import Iterable
from dataclasses import dataclass

from atlaas.models import Collectivity
from labels.models import Award


@dataclass(frozen=True)
class Member:
    commune: Collectivity
    award: Award | None


def latest_awards(collectivities: Iterable[Collectivity], user: object) -> dict[int, Award]:
    """The newest award with a level of each, by primary key of the collectivité (one query, with its edition)."""
    won = Award.objects.visible_to(user).laureates().filter(collectivity__in=list(collectivities))
    newest = won.select_related("edition").order_by("collectivity_id", "-edition__year")
    return {award.collectivity_id: award for award in newest.distinct("collectivity_id")}


def members_of(group: Collectivity, user: object) -> list[Member]:
    """The communes in force of a group, by name (two queries); none for a commune, a syndicat or a territorial establishment."""
    if group.is_commune:
        return []
    communes = list(group.members.current())
    awards = latest_awards(communes, user) if communes else {}
    return [Member(commune, awards.get(commune.pk)) for commune in communes]
