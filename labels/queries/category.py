"""The category of a published fiche's collectivité, as a condition that PostgreSQL reads.

The rule is `rules.category.category_of`; the award of the latest complete edition overrules it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, Value, When

from atlaas.choices import CollectivityKind
from labels.choices import Category
from labels.models import Award, Rulebook
from labels.queries.edition import latest_complete
from labels.rules.category import category_of

COMMUNE = Q(collectivity_kind=CollectivityKind.COMMUNE)


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """The limit of the rulebook in inhabitants, and whom an award puts elsewhere: {category: keys of collectivités}."""

    village_below: int
    overruled: Mapping[str, Sequence[int]]

    def condition(self, category: str) -> Q:
        """The public fiches whose collectivité is of that category."""
        elsewhere = [pk for name, keys in self.overruled.items() if name != category for pk in keys]
        met = self._computed(category) & ~Q(collectivity__in=elsewhere)
        return met | Q(collectivity__in=self.overruled.get(category, ()))

    def expression(self) -> Case:
        """The category as a column; empty for a commune whose population nobody knows."""
        named = [When(collectivity__in=keys, then=Value(name)) for name, keys in self.overruled.items()]
        computed = [When(self._computed(category), then=Value(category)) for category in Category.values]
        return Case(*named, *computed, default=Value(""), output_field=CharField())

    def _computed(self, category: str) -> Q:
        if category == Category.TERRITOIRE:
            return ~COMMUNE
        if category == Category.VILLAGE:
            return COMMUNE & Q(population__lt=self.village_below)
        return COMMUNE & Q(population__gte=self.village_below)


def category_rule(user: object) -> CategoryRule:
    """What holds today, by the latest complete edition that the person may see; 2 queries."""
    edition = latest_complete(user)
    if edition is None:
        return CategoryRule(Rulebook().village_below, {})
    awarded = Award.objects.filter(edition=edition).values_list(
        "collectivity",
        "collectivity__kind",
        "collectivity__population",
        "category",
        "edition__rulebook__village_below",
    )
    below, overruled = Rulebook().village_below, dict[str, list[int]]()
    for pk, kind, population, category, told in awarded:
        below = told or below
        if category_of(kind, population, village_below=below) != category:
            overruled.setdefault(category, []).append(pk)
    return CategoryRule(below, overruled)
