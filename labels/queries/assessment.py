"""The self-assessment of a collectivité beside similar ones, and what coverage would ask for the next level."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils import timezone

from atlaas.models import Collectivity, Service
from labels.models import Edition, NotConcerned
from labels.queries.counting import counting
from labels.queries.mosaic import IN_ORDER
from labels.queries.peers import Peer
from labels.rules.assessment import Facts, Weights, gap_to, missing_words, propose_level, score
from labels.rules.counting import fresh_since
from labels.rules.quartiles import Quartiles, quartiles

EXAMPLES = 3  # fiches shown for a missing service, as the page says

Held = Mapping[int, Facts]  # by key of service, what a collectivité has


@dataclass(frozen=True, slots=True)
class Standing:
    """A score and where it stands among similar ones; `peers` is None without any."""

    code: str
    name: str
    own: Fraction
    peers: Quartiles | None


@dataclass(frozen=True, slots=True)
class Assessment:
    whole: Standing
    families: Sequence[Standing]
    enjeux: Sequence[Standing]


@dataclass(frozen=True, slots=True)
class Example:
    """A living fiche of a similar collectivité."""

    pk: str
    title: str
    collectivity: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A service without a fiche that counts, and who already does it."""

    service: Service
    is_ticked: bool
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class NextLevel:
    """Where coverage stands, where it would with what is ticked, and what the next level asks."""

    services: int
    enjeux: int
    level: int
    with_services: int
    with_enjeux: int
    with_level: int
    needed_services: int
    needed_enjeux: int
    missing: Sequence[Missing]

    @property
    def target(self) -> int:
        return min(self.level + 1, 5)

    @property
    def missing_words(self) -> str:
        """What coverage lacks for the next level, as a sentence goes on."""
        return missing_words(gap_to((self.services, self.enjeux), (self.needed_services, self.needed_enjeux)))


def services_of(edition: Edition) -> list[Service]:
    """The services of the edition's référentiel in its order; one query."""
    rows = Service.objects.of_year(edition.referential_year or edition.year).select_related("enjeu__family")
    return list(rows.order_by(*IN_ORDER))


def weights_of(edition: Edition) -> Weights:
    book = edition.rulebook
    return Weights(book.coverage_weight, book.freshness_weight, book.volume_weight, book.volume_full_at)


def assessment_of(edition: Edition, place: Collectivity, peers: Sequence[Peer], *, day: date) -> Assessment:
    """Scores by enjeu and famille, with the median and quartiles of the peers; three queries."""
    services = services_of(edition)
    held = _held(edition, [place.pk, *(one.pk for one in peers)], day)
    aside = _not_concerned(held)
    weights = weights_of(edition)

    def standing(code: str, name: str, of: Iterable[Service]) -> Standing:
        keys = [one.pk for one in of]
        scores = {pk: _score(keys, held[pk], aside[pk], weights) for pk in held}
        return Standing(code, name, scores[place.pk], quartiles([scores[one.pk] for one in peers]))

    by_enjeu, by_family = defaultdict(list), defaultdict(list)
    for one in services:
        by_enjeu[one.enjeu.code, one.enjeu.name].append(one)
        by_family[one.enjeu.family.name].append(one)
    return Assessment(
        whole=standing("", "Toute la mosaïque", services),
        families=[standing("", name, rows) for name, rows in by_family.items()],
        enjeux=[standing(code, name, rows) for (code, name), rows in by_enjeu.items()],
    )


def next_level_of(
    edition: Edition, place: Collectivity, peers: Sequence[Peer], *, ticked: Collection[str], day: date
) -> NextLevel:
    """What is missing for the next level, and what ticking services would change; nothing is written. Four queries."""
    services = services_of(edition)
    have = {pk for pk, facts in _held(edition, [place.pk], day)[place.pk].items() if facts.count}
    aside = set(NotConcerned.objects.filter(collectivity=place).values_list("service_id", flat=True))
    more = {one.pk for one in services if one.code in ticked}
    steps = list(zip(edition.rulebook.service_steps, edition.rulebook.enjeu_steps, strict=True))
    now, then = _coverage(services, have), _coverage(services, have | more)
    level = propose_level(*now, steps)
    needed = steps[min(level, len(steps) - 1)]
    examples = _examples(edition, peers, day)
    missing = [
        Missing(one, one.pk in more, examples[one.pk][:EXAMPLES])
        for one in services
        if one.pk not in have and one.pk not in aside
    ]
    missing.sort(key=lambda one: not one.examples)
    return NextLevel(*now, level, *then, propose_level(*then, steps), *needed, missing)


def _coverage(services: Sequence[Service], have: Collection[int]) -> tuple[int, int]:
    """How many services, how many enjeux."""
    covered = [one for one in services if one.pk in have]
    return len(covered), len({one.enjeu_id for one in covered})


def _held(edition: Edition, keys: Sequence[int], day: date) -> dict[int, Held]:
    """A fiche that goes on counts as long as it runs; it is fresh while a finished one would still count."""
    limit = fresh_since(day, edition.rulebook.fresh_years)
    count: dict[int, Counter[int]] = {pk: Counter() for pk in keys}
    fresh: dict[int, Counter[int]] = {pk: Counter() for pk in keys}
    rows = counting(edition, day).filter(collectivity__in=keys)
    for pk, services, updated in rows.values_list("collectivity", "service_ids", "updated_at"):
        count[pk].update(set(services))
        if timezone.localdate(updated) > limit:
            fresh[pk].update(set(services))
    return {pk: {key: Facts(n, fresh[pk][key]) for key, n in count[pk].items()} for pk in keys}


def _not_concerned(keys: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {pk: set() for pk in keys}
    for pk, service in NotConcerned.objects.filter(collectivity__in=found).values_list(
        "collectivity", "service"
    ):
        found[pk].add(service)
    return found


def _score(keys: Iterable[int], held: Held, aside: Collection[int], weights: Weights) -> Fraction:
    """A service said « non concerné » is left out of the mean, unless a fiche speaks of it."""
    nothing = Facts(0, 0)
    return score([held.get(key, nothing) for key in keys if key in held or key not in aside], weights)


def _examples(edition: Edition, peers: Sequence[Peer], day: date) -> Mapping[int, list[Example]]:
    """By service, living fiches of the peers, the latest first, at most one of each collectivité."""
    found: dict[int, list[Example]] = defaultdict(list)
    told: set[tuple[int, int]] = set()
    rows = (
        counting(edition, day)
        .filter(collectivity__in=[one.pk for one in peers])
        .order_by("-updated_at", "pk")
    )
    names = {one.pk: one.name for one in peers}
    for pk, title, place, services in rows.values_list("pk", "title", "collectivity", "service_ids"):
        for key in set(services):
            if (key, place) not in told and len(found[key]) < EXAMPLES:
                told.add((key, place))
                found[key].append(Example(str(pk), title, names[place]))
    return found
