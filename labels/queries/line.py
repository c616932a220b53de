"""The lines of a palmarès as plain values: a page shows hundreds, and a model for each costs more than all the rest."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse

from atlaas.models import Collectivity, Succession
from atlaas.rules.succession import in_force
from labels.choices import LevelClass
from labels.models import Award, Mention


@dataclass(frozen=True, slots=True)
class RegionName:
    code: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Line:
    """One award with the place of who won it; `lon` and `lat` are degrees, or None where no point is known.

    `heir` is the name of who stands today for a collectivité that is no more: its page tells both.
    """

    code: str
    slug: str
    name: str
    sort_key: str
    lon: float | None
    lat: float | None
    region: RegionName
    category: str
    level: int | None
    level_is_certain: bool
    level_text: str
    is_ten: bool
    mentions: tuple[str, ...]
    heir: str = ""

    @property
    def level_class(self) -> str:
        """The `LevelClass` it is counted in, or nothing when it has no level."""
        if self.level is None:
            return ""
        return str(self.level) if self.level_is_certain else LevelClass.UNCONFIRMED.value

    @property
    def url(self) -> str:
        return _address(self.code, self.slug)


def lines(awards: QuerySet[Award]) -> list[Line]:
    """The awards in their order: two queries whatever their number, two more when one of them was won by who is no more."""
    rows = list(
        awards.prefetch_related(None).values_list(
            "pk",
            "edition",
            "collectivity__region__code",
            "collectivity__region__name",
            "collectivity__region__slug",
            "collectivity__code",
            "collectivity__slug",
            "collectivity__name",
            "collectivity__sort_key",
            "collectivity__lon",
            "collectivity__lat",
            "category",
            "level",
            "level_is_certain",
            "level_text",
            "is_ten",
            "collectivity__is_current",
        )
    )
    mentions = _mentions({row[1] for row in rows})
    regions = {row[2]: RegionName(*row[2:5]) for row in rows}
    heirs = _heirs({row[5] for row in rows if not row[-1]})
    return [
        Line(
            *row[5:11],
            regions[row[2]],
            *row[11:-1],
            tuple(mentions.get(row[0], ())),
            heirs.get(row[5], ""),
        )
        for row in rows
    ]


def _heirs(gone: Collection[str]) -> dict[str, str]:
    """By code that is no more, the name of who stands for it; none is asked for when all stand."""
    if not gone:
        return {}
    successors = dict(Succession.objects.values_list("old_code", "successor__code"))
    heirs = {code: in_force(code, successors) for code in gone if code in successors}
    names = dict(Collectivity.objects.filter(code__in=heirs.values()).values_list("code", "name"))
    return {code: names[heir] for code, heir in heirs.items() if heir in names}


def _mentions(editions: Collection[int]) -> dict[int, list[str]]:
    """The themes of the mentions of some editions, by award."""
    found: dict[int, list[str]] = defaultdict(list)
    for award, theme in Mention.objects.filter(award__edition__in=editions).values_list(
        "award_id", "theme__name"
    ):
        found[award].append(theme)
    return found


@lru_cache(maxsize=10_000)
def _address(code: str, slug: str) -> str:
    """`Collectivity.get_absolute_url`, remembered: resolving an address hundreds of times a page is slow."""
    return reverse("collectivity", kwargs={"code": code, "slug": slug})
