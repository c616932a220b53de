"""What one collectivité won, edition by edition, as far as anything is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import OuterRef, Q, Subquery

from atlaas.models import Collectivity
from atlaas.queries.succession import former_codes
from atlaas.rules.text import listed
from labels.choices import Coverage
from labels.models import Award, AwardCorrection, Edition
from labels.queries.ten import held_for
from labels.rules.ten import years_held

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Year:
    """One edition of the frise: its awards (the collectivité's own first), none when nothing is known or nothing was won.

    `holds_ten`: a title TEN known here, won that year or in one of the editions before, still holds.
    """

    year: int
    awards: tuple[Award, ...]
    is_complete: bool
    holds_ten: bool = False

    @property
    def shown(self) -> Award | None:
        return self.awards[0] if self.awards else None

    @property
    def short(self) -> str:
        """The last two digits of the year."""
        return f"{self.year % 100:02}"

    @property
    def century(self) -> str:
        return str(self.year // 100)

    @property
    def is_mark(self) -> bool:
        """Whether its date is written where there is no room for all: every fifth."""
        return self.year % 5 == 0


@dataclass(frozen=True)
class Title:
    """A title TEN and the editions it holds for."""

    award: Award
    years: list[int]

    @property
    def words(self) -> str:
        """« 2025, 2026 et 2027 »."""
        return listed(self.years)


@dataclass(frozen=True)
class History:
    """`awards` from the newest to the oldest, with those of the collectivités that it took over, and why each was `corrected`.

    `latest_complete` is the newest edition a person may see whose whole palmarès is known.
    """

    collectivity: Collectivity
    awards: tuple[Award, ...]
    years: tuple[Year, ...]
    former_codes: tuple[str, ...]
    latest_complete: Edition | None = None

    @property
    def latest(self) -> Award | None:
        """The newest award that has a level."""
        return next((award for award in self.awards if award.level is not None), None)

    @property
    def titles(self) -> list[Title]:
        return [_title(award) for award in self.awards if award.is_ten]

    @property
    def untold(self) -> list[Award]:
        """Awards whose level is told by words only."""
        return [award for award in self.awards if award.level is None]

    @property
    def has_doubt(self) -> bool:
        return any(award.level and not award.level_is_certain for award in self.awards)

    @property
    def has_absence(self) -> bool:
        """Whether some edition is known whole and did not name it."""
        return any(year.is_complete and not year.awards for year in self.years)


def history_of(collectivity: Collectivity, user: object) -> History:
    """The history a person may see, in at most five queries."""
    former = former_codes(collectivity)
    awards = sorted(_awards(collectivity, former, user), key=lambda award: _rank(award, collectivity))
    editions = {edition.year: edition for edition in Edition.objects.visible_to(user).order_by("-year")}
    known = {year: edition.coverage for year, edition in editions.items()}
    whole = next((edition for edition in editions.values() if edition.is_complete), None)
    return History(collectivity, tuple(awards), tuple(_years(awards, known)), tuple(former), whole)


def _awards(collectivity: Collectivity, former: Sequence[str], user: object) -> list[Award]:
    own = Q(collectivity=collectivity) | Q(collectivity__code__in=former)
    said = AwardCorrection.objects.filter(award=OuterRef("pk")).order_by("-pk").values("reason")[:1]
    found = Award.objects.visible_to(user).filter(own).annotate(corrected=Subquery(said))
    return list(found.select_related("edition__rulebook", "collectivity").prefetch_related("mentions__theme"))


def _rank(award: Award, collectivity: Collectivity) -> tuple[int, bool, int, str]:
    """Newest first; within an edition its own award, then the highest of those it took over."""
    return (
        -award.edition.year,
        award.collectivity_id != collectivity.pk,
        -(award.level or 0),
        award.collectivity.code,
    )


def _years(awards: Sequence[Award], editions: dict[int, str]) -> list[Year]:
    by_year = {year: tuple(won) for year, won in groupby(awards, key=attrgetter("edition.year"))}
    span = range(min((FIRST_YEAR, *editions)), max(editions) + 1) if editions else ()
    held = {year for award in awards if award.is_ten for year in _title(award).years}
    return [
        Year(year, by_year.get(year, ()), editions.get(year) == Coverage.COMPLETE, year in held)
        for year in span
    ]


def _title(award: Award) -> Title:
    return Title(award, years_held(award.edition.year, held_for(award.edition)))
