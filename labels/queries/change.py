"""How levels moved since the edition just before, as far as it is proved: for the filter and the figures of a palmarès alike."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from atlaas.queries.succession import former_of
from labels.choices import Coverage, LevelChange
from labels.models import Award, Edition
from labels.rules.change import Seen, best, change

Won = Mapping[str, Mapping[int, Seen]]  # by code, by year


@dataclass(frozen=True)
class Changes:
    """What is proved of the laureates of an edition, by key of award; the others are left out."""

    year: int
    laureates: int
    before_is_complete: bool
    told: Mapping[int, LevelChange]

    @property
    def before(self) -> int:
        """The year that levels are compared with."""
        return self.year - 1

    @property
    def unknown(self) -> int:
        return self.laureates - len(self.told)

    @cached_property
    def counts(self) -> list[tuple[LevelChange, int]]:
        found = Counter(self.told.values())
        return [(one, found[one]) for one in LevelChange]

    def of(self, kind: str) -> list[int]:
        """The awards that moved so."""
        return [key for key, told in self.told.items() if told == kind]


def changes_of(edition: Edition, user: object) -> Changes:
    """Read from what the person may see; a collectivité is compared with itself, else with the best it took over. Four queries."""
    laureates = Award.objects.filter(edition=edition).laureates().order_by("pk")
    rows = list(laureates.values_list("pk", "collectivity__code", "level", "level_is_certain"))
    former = former_of({row[1] for row in rows})
    won = _won_before(edition, {*former}.union(*former.values()), user)
    visible = Edition.objects.visible_to(user).filter(year=edition.year - 1, coverage=Coverage.COMPLETE)
    is_complete = visible.exists()
    found = {
        pk: _change(edition.year, Seen(level, is_certain), code, former[code], won, is_complete=is_complete)
        for pk, code, level, is_certain in rows
    }
    told = {pk: one for pk, one in found.items() if one}
    return Changes(edition.year, len(rows), is_complete, told)


def _won_before(edition: Edition, codes: set[str], user: object) -> Won:
    rows = Award.objects.visible_to(user).filter(edition__year__lt=edition.year, collectivity__code__in=codes)
    won: dict[str, dict[int, Seen]] = defaultdict(dict)
    told = ("collectivity__code", "edition__year", "level", "level_is_certain")
    for code, year, level, is_certain in rows.values_list(*told):
        won[code][year] = Seen(level, is_certain)
    return won


def _change(
    year: int, now: Seen, code: str, former: set[str], won: Won, *, is_complete: bool
) -> LevelChange | None:
    own = won.get(code, {})
    taken = [won[one] for one in former if one in won]
    before = own.get(year - 1) or best([one[year - 1] for one in taken if year - 1 in one])
    return change(now, before, before_is_complete=is_complete, won_earlier=bool(own or taken))
