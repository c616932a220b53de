"""How many fiches the demonstration gives to whom, in what state and on which services: pure draws."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from random import Random

# Fiches of a laureate on average, by level.
AVERAGES = {1: 12, 2: 22, 3: 35, 4: 75, 5: 130}
# Working proposal of the label: services and enjeux that a level asks for; a band ends where the next begins.
THRESHOLDS = {1: (1, 1), 2: (16, 6), 3: (29, 9), 4: (45, 12), 5: (65, 14)}
HIGHEST = max(THRESHOLDS)
MOST_SERVICES = 120  # of a laureate: nobody covers all
MOST_OF_ONE = 3  # services of one fiche
SECOND_SERVICE = 0.4  # chance that a fiche is tied to one more service of its enjeu
OFF_BAND = 10  # one laureate in so many


class Fate(StrEnum):
    """What became of an invented fiche."""

    NEW = "new"
    RENEWED = "renewed"
    ENDED = "ended"
    ARCHIVED = "archived"
    DRAFT = "draft"


def shares(levels: Mapping[str, int], size: int, random: Random) -> dict[str, int]:
    """How many fiches each laureate gets, `size` in all; within a level they vary by a quarter around its average."""
    weights: dict[str, float] = {}
    for level in sorted(set(levels.values())):
        codes = sorted(code for code, one in levels.items() if one == level)
        spread = {code: random.uniform(0.75, 1.25) for code in codes}
        mean = sum(spread.values()) / len(codes)
        weights |= {code: AVERAGES[level] * value / mean for code, value in spread.items()}
    scale = size / sum(weights.values())
    exact = {code: weights[code] * scale for code in sorted(weights)}
    found = {code: int(value) for code, value in exact.items()}
    largest = sorted(exact, key=lambda code: (found[code] - exact[code], code))
    for code in largest[: size - sum(found.values())]:
        found[code] += 1
    return found


def fates(size: int, random: Random) -> list[Fate]:
    """One for each fiche: 1 % drafts; of the others 20 % new and 80 % from before, some of them ended or archived."""
    drafts, archived = size // 100, size * 3 // 200
    published = size - drafts
    new, ended = round(published / 5), round(published * 3 / 50)
    counts = {Fate.DRAFT: drafts, Fate.ARCHIVED: archived, Fate.NEW: new, Fate.ENDED: ended}
    counts[Fate.RENEWED] = size - sum(counts.values())
    found = [fate for fate, count in counts.items() for _ in range(count)]
    random.shuffle(found)
    return found


def bands(levels: Mapping[str, int], random: Random) -> dict[str, int]:
    """The level whose band each laureate's coverage falls in: its own, but for one in ten, who falls beside."""
    codes = sorted(levels)
    found = dict(levels)
    for code in random.sample(codes, len(codes) // OFF_BAND):
        beside = [level for level in (levels[code] - 1, levels[code] + 1) if level in THRESHOLDS]
        found[code] = random.choice(beside)
    return found


def level_of(services: int, enjeux: int) -> int:
    """The highest level whose two thresholds are reached; 0 with nothing."""
    reached = (level for level, (one, other) in THRESHOLDS.items() if services >= one and enjeux >= other)
    return max(reached, default=0)


def coverage(services: Mapping[str, Sequence[str]], band: int, fiches: int, random: Random) -> list[str]:
    """Codes of services (given by enjeu) that `fiches` fiches cover: inside the band, as far as so few can reach it."""
    lowest, least = THRESHOLDS[band]
    highest = THRESHOLDS[band + 1][0] - 1 if band < HIGHEST else MOST_SERVICES
    known = sum(map(len, services.values()))
    count = min(random.randint(lowest, highest), known, MOST_OF_ONE * fiches)
    widest = max(map(len, services.values()))
    fewest = max(least, -(-count // widest))
    enjeux = random.sample(sorted(services), min(count, random.randint(fewest, max(fewest, len(services)))))
    first = [random.choice(services[enjeu]) for enjeu in enjeux]
    rest = [code for enjeu in enjeux for code in services[enjeu] if code not in first]
    return first + random.sample(rest, min(len(rest), count - len(first)))


def spread(covered: Sequence[str], fiches: int, random: Random) -> list[list[str]]:
    """The services of each fiche, its main one first: each of `covered` at least once, no fiche above its limit."""
    if not fiches:
        return []
    order = random.sample(covered, len(covered))
    found = [[order[place] if place < len(order) else random.choice(order)] for place in range(fiches)]
    for code in order[fiches:]:
        room = [codes for codes in found if len(codes) < MOST_OF_ONE and code not in codes]
        akin = [codes for codes in room if _enjeu(codes[0]) == _enjeu(code)]
        random.choice(akin or room).append(code)
    neighbours: dict[str, list[str]] = defaultdict(list)
    for code in order:
        neighbours[_enjeu(code)].append(code)
    for codes in found:
        another = random.choice(neighbours[_enjeu(codes[0])])
        if another not in codes and len(codes) < MOST_OF_ONE and random.random() < SECOND_SERVICE:
            codes.append(another)
    random.shuffle(found)
    return found


def _enjeu(code: str) -> str:
    return code.partition("-")[0]
