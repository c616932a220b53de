"""The fiches that the demonstration invents, from the first draft to the last revision: pure, the same for the same plan."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from atlaas.choices import OperatorKind, Precision, RevisionKind, SheetKind, SheetState
from atlaas.rules.sheet import Content
from labels.rules.demo_place import Spot, point
from labels.rules.demo_share import Fate, bands, coverage, fates, shares, spread
from labels.rules.demo_text import Pools, news, wording

PARIS = ZoneInfo("Europe/Paris")
NAMESPACE = UUID("5d0c3a5e-4f7b-5c0e-9a61-0a7c1a5de305")
SEED = 2025
SIZE = 15_424  # fiches published in the edition 2025, as the association counts them
CAMPAIGN = ((3, 1), (11, 15))  # from 1 March to 15 November of the year of the edition
SOURCES_KEPT = 40  # fiches of one service from which another may take its idea
# Chances: that a renewal changes the text, that a new fiche takes up another's idea, that a fiche has a link.
MODIFIED, INSPIRED, LINKED = 0.3, 1 / 8, 0.15
HIDDEN = frozenset({Fate.DRAFT, Fate.ARCHIVED})


@dataclass(frozen=True)
class Laureate:
    """A collectivité of the palmarès: its level, its inhabitants, and where its fiches may stand (at least one spot)."""

    code: str
    level: int
    population: int | None
    spots: Sequence[Spot]


@dataclass(frozen=True)
class Plan:
    """All that decides of the corpus; `services` are codes in the order of the référentiel."""

    laureates: Sequence[Laureate]
    services: Sequence[str]
    pools: Pools
    year: int
    today: date
    size: int = SIZE
    seed: int = SEED

    def random(self, *names: object) -> Random:
        """A source of draws of its own for each name, so that one draw more here changes nothing there."""
        return Random(":".join(map(str, (self.seed, self.size, *names))))  # noqa: S311 (chance, not a secret)

    def shares(self) -> dict[str, int]:
        levels = {one.code: one.level for one in self.laureates}
        return shares(levels, self.size, self.random("shares")) if levels else {}

    def key(self, code: str, place: int) -> UUID:
        """The identifier of the fiche number `place` of a collectivité."""
        return uuid5(NAMESPACE, f"{self.seed}:{self.size}:{code}:{place}")

    def keys(self) -> Iterator[UUID]:
        return (self.key(code, place) for code, count in self.shares().items() for place in range(count))


@dataclass(frozen=True, slots=True)
class Version:
    """A revision to write."""

    kind: RevisionKind
    at: datetime
    content: Content


@dataclass(frozen=True, slots=True)
class Fiche:
    """A fiche to write: its working copy is `content`, its revisions are in order."""

    pk: UUID
    code: str
    fate: Fate
    started_at: datetime
    content: Content
    versions: Sequence[Version]
    archived_at: datetime | None = None

    @property
    def state(self) -> SheetState:
        states = {Fate.DRAFT: SheetState.DRAFT, Fate.ARCHIVED: SheetState.ARCHIVED}
        return states.get(self.fate, SheetState.PUBLISHED)


Sources = dict[
    str, list[tuple[str, UUID]]
]  # code of a service → fiches that others may take up: collectivité, key


def corpus(plan: Plan) -> Iterator[Fiche]:
    """Every fiche, one collectivité after the other: as many as the size says."""
    counts = plan.shares()
    levels = bands({one.code: one.level for one in plan.laureates}, plan.random("bands"))
    all_fates = iter(fates(plan.size, plan.random("fates")))
    sources: Sources = defaultdict(list)
    for laureate in plan.laureates:
        own = [next(all_fates) for _ in range(counts[laureate.code])]
        author = _Author(plan, laureate, sources, plan.random(laureate.code))
        yield from author.fiches(own, levels[laureate.code])


@dataclass
class _Author:
    """Writes the fiches of one collectivité; `titles` are those it has used."""

    plan: Plan
    laureate: Laureate
    sources: Sources
    random: Random
    titles: set[str] = field(default_factory=set)

    def fiches(self, own: Sequence[Fate], band: int) -> Iterator[Fiche]:
        """One fiche for each fate; those that are public cover the services of the band."""
        shown = sum(fate not in HIDDEN for fate in own)
        covered = coverage(_by_enjeu(self.plan.services), band, max(1, shown), self.random)
        public = iter(spread(covered, shown, self.random))
        for place, fate in enumerate(own):
            services = [self.random.choice(covered)] if fate in HIDDEN else next(public)
            yield self.fiche(self.plan.key(self.laureate.code, place), fate, services)

    def fiche(self, pk: UUID, fate: Fate, services: Sequence[str]) -> Fiche:
        days = self.days(fate)
        content = self.content(services, days[0]) | {"inspired_by": self.source(fate, pk, services[0])}
        at = [_moment(day, self.random) for day in days]
        started_at = at[0] - timedelta(hours=self.random.randint(2, 400))
        if fate == Fate.DRAFT:
            return Fiche(pk, self.laureate.code, fate, started_at, content, ())
        if fate == Fate.ARCHIVED:
            versions, archived_at = self.versions(fate, content, at[:-1]), at[-1]
        else:
            versions, archived_at = self.versions(fate, content, at), None
        code, last = self.laureate.code, versions[-1].content
        return Fiche(pk, code, fate, started_at, last, versions, archived_at)

    def days(self, fate: Fate) -> list[date]:
        """The days of its steps: the campaign of the edition comes last, years before the edition come first."""
        year = self.plan.year
        opening, closing = (date(year, *day) for day in CAMPAIGN)
        closing = min(closing, self.plan.today)
        last = _between(min(opening, closing), closing, self.random)
        if fate in {Fate.DRAFT, Fate.NEW}:
            return [last]
        first = _between(date(year - 4, 1, 15), date(year - 1, 11, 15), self.random)
        middle = date(year - 1, 3, 1)
        if first < middle and self.random.random() < 0.5:
            return [first, _between(middle, date(year - 1, 11, 15), self.random), last]
        return [first, last]

    def versions(self, fate: Fate, content: Content, at: Sequence[datetime]) -> list[Version]:
        """The first publication, then a confirmation or a changed text each time; an end closes those that ended."""
        found = [Version(RevisionKind.PUBLICATION, at[0], content)]
        for moment in at[1:]:
            if fate == Fate.ENDED and moment == at[-1]:
                found.append(self.end(content, moment))
            elif self.random.random() < MODIFIED:
                content = self.modified(content, moment.year)
                found.append(Version(RevisionKind.PUBLICATION, moment, content))
            else:
                found.append(Version(RevisionKind.CONFIRMATION, moment, content))
        return found

    def end(self, content: Content, moment: datetime) -> Version:
        ended = moment.date() - timedelta(days=self.random.randint(0, 60))
        last = {**content, "is_running": False, "ended_on": ended.isoformat()}
        return Version(RevisionKind.END, moment, last)

    def modified(self, content: Content, year: int) -> Content:
        people = self.laureate.population
        text = news(self.plan.pools, str(content["text"]), self.random, year=year, population=people)
        return {**content, "text": text}

    def source(self, fate: Fate, pk: UUID, service: str) -> str | None:
        """The fiche whose idea a new one takes, at times; older ones become sources in their turn."""
        known = self.sources[service]
        if fate == Fate.RENEWED:
            if len(known) >= SOURCES_KEPT:
                known.pop(self.random.randrange(SOURCES_KEPT))
            known.append((self.laureate.code, pk))
        if fate != Fate.NEW or self.random.random() > INSPIRED:
            return None
        others = [source for owner, source in known if owner != self.laureate.code]
        return str(self.random.choice(others)) if others else None

    def content(self, services: Sequence[str], first: date) -> dict[str, object]:
        """All that is published (see `atlaas.rules.sheet.CONTENT_FIELDS`), told before the day `first`."""
        pools, random, laureate = self.plan.pools, self.random, self.laureate
        topic = pools.topics[services[0]]
        words = wording(pools, topic, random, taken=self.titles, population=laureate.population)
        kinds = (SheetKind.INITIATIVE, SheetKind.EVENT, SheetKind.PLACE)
        link = f"https://{laureate.code.lower()}.demonstration.example/{topic.code.lower()}"
        return {
            "title": words.title,
            "summary": words.summary,
            "text": words.text,
            "kind": random.choices(kinds, (80, 10, 10))[0].value,
            **_operator(pools, random),
            "started_on": (first - timedelta(days=random.randint(20, 500))).isoformat(),
            "ended_on": None,
            "is_running": True,
            "audience": pools.draw(random, "public", topic.enjeu),
            "partners": pools.draw(random, "partenaire", topic.enjeu),
            **_place(pools, laureate, random),
            "links": [link] if random.random() < LINKED else [],
            "contact_function": pools.draw(random, "fonction", topic.enjeu),
            "contact_email": f"contact-{laureate.code.lower()}@demo.example",
            "services": sorted(services, key=self.plan.services.index),
            "attachments": [],
        }


def _by_enjeu(services: Sequence[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in services:
        found[code.partition("-")[0]].append(code)
    return found


def _between(first: date, last: date, random: Random) -> date:
    return first + timedelta(days=random.randint(0, (last - first).days))


def _moment(day: date, random: Random) -> datetime:
    """In office hours, on the clock of Paris."""
    minute = random.randint(8 * 60, 18 * 60)
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=PARIS)


def _operator(pools: Pools, random: Random) -> dict[str, object]:
    kinds = (OperatorKind.IN_HOUSE, OperatorKind.ASSOCIATION, OperatorKind.DELEGATE)
    kind = random.choices(kinds, (78, 16, 6))[0]
    parts = {OperatorKind.ASSOCIATION: "association", OperatorKind.DELEGATE: "delegataire"}
    return {"operator": kind.value, "operator_name": pools.draw(random, parts[kind]) if kind in parts else ""}


def _place(pools: Pools, laureate: Laureate, random: Random) -> dict[str, object]:
    """Half of the fiches stand at the centre of a commune, as when nobody moves the pin."""
    spot = random.choice(laureate.spots)
    precisions = (Precision.CENTRE, Precision.PIN, Precision.ADDRESS)
    precision = random.choices(precisions, (40, 40, 20))[0]
    if precision == Precision.CENTRE:
        return {"address": "", "lon": spot.lon, "lat": spot.lat, "precision": precision.value}
    lon, lat = point(spot, random)
    where = f"{pools.draw(random, 'lieu')}, {spot.name}"
    return {"address": where, "lon": lon, "lat": lat, "precision": precision.value}
