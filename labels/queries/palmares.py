"""The palmarès of an edition, filtered: the same lines on page, map, API and GeoJSON."""

from dataclasses import dataclass

from django.db.models import Q

from labels.choices import Distinction
from labels.models import Award, Edition
from labels.models.award import AwardQuerySet
from labels.queries.change import Changes, changes_of
from labels.queries.collectivity import name_matches


@dataclass(frozen=True, slots=True)
class PalmaresFilter:
    """What a reader asks of a palmarès; an empty string asks nothing. Read from a URL by `forms.palmares`."""

    q: str = ""
    region: str = ""
    category: str = ""
    level: str = ""
    distinction: str = ""
    change: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.q or self.region or self.category or self.level or self.distinction or self.change)


def filtered(
    edition: Edition, criteria: PalmaresFilter, user: object, changes: Changes | None = None
) -> AwardQuerySet:
    """The awards of the edition that a person may see and asks for, joined and ordered for lists.

    `criteria.region` is the slug of a région, `criteria.level` a `LevelClass`, `criteria.distinction` a `Distinction`,
    `criteria.change` a `LevelChange`. `changes` are those of the edition, when the caller has them already.
    """
    awards: AwardQuerySet = Award.objects.visible_to(user).filter(edition=edition)
    if criteria.q:
        awards = awards.filter(
            name_matches(criteria.q, "collectivity__") | Q(name_as_printed__icontains=criteria.q)
        )
    if criteria.region:
        awards = awards.filter(collectivity__region__slug=criteria.region)
    if criteria.category:
        awards = awards.filter(category=criteria.category)
    if criteria.level:
        awards = awards.of_level(criteria.level)
    if criteria.distinction == Distinction.TEN:
        awards = awards.filter(is_ten=True)
    if criteria.distinction == Distinction.MENTION:
        awards = awards.filter(mentions__isnull=False).distinct()
    if criteria.change:
        awards = awards.filter(pk__in=(changes or changes_of(edition, user)).of(criteria.change))
    listed: AwardQuerySet = awards.for_lists()
    return listed
