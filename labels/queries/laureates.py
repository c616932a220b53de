"""What the statistics are computed from: the laureates of an edition and the communes they concern."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity, Succession
from atlaas.rules.succession import in_force
from labels.models import Award, Edition
from labels.rules.statistics import Laureate


def laureates_of(edition: Edition) -> tuple[list[Laureate], dict[str, int]]:
    """Every laureate with the communes it concerns, and the population of those whose population is known.

    A collectivité that is no more is read by the one that succeeds it: four queries whatever their number.
    """
    awards = list(
        Award.objects.filter(edition=edition)
        .laureates()
        .select_related("collectivity")
        .annotate(mention_count=Count("mentions"))
    )
    successors = dict(Succession.objects.values_list("old_code", "successor__code"))
    codes = {award.pk: _code_in_force(award, successors) for award in awards}
    communes = _communes(set(codes.values()))
    members, populations = _members(set(codes.values()) - communes.keys())
    laureates = [_laureate(award, codes[award.pk], communes, members) for award in awards]
    known = {code: number for code, number in (populations | communes).items() if number is not None}
    return laureates, known


def _code_in_force(award: Award, successors: Mapping[str, str]) -> str:
    won_by = award.collectivity
    return won_by.code if won_by.is_current else in_force(won_by.code, successors)


def _communes(codes: set[str]) -> dict[str, int | None]:
    """The population of each code that is a commune."""
    rows = Collectivity.objects.filter(code__in=codes, kind=CollectivityKind.COMMUNE)
    return dict(rows.values_list("code", "population"))


def _members(groups: set[str]) -> tuple[dict[str, set[str]], dict[str, int | None]]:
    """The member communes in force of each group, and the population of all of them."""
    members: dict[str, set[str]] = defaultdict(set)
    populations: dict[str, int | None] = {}
    rows = Collectivity.objects.current().filter(epci__code__in=groups)
    for group, code, population in rows.values_list("epci__code", "code", "population"):
        members[group].add(code)
        populations[code] = population
    return members, populations


def _laureate(
    award: Award, code: str, communes: Mapping[str, object], members: Mapping[str, set[str]]
) -> Laureate:
    own = frozenset({code} if code in communes else ())
    joined = frozenset(members.get(code, ()))
    return Laureate(
        code=award.collectivity.code,
        region=award.collectivity.region_id,
        departement=award.collectivity.departement_id or "",
        category=award.category,
        level_class=award.level_class,
        is_ten=award.is_ten,
        mentions=award.mention_count,  # type: ignore[attr-defined]  # annotated above
        communes=own | joined,
        members=joined,
    )
