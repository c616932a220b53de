"""Sentences of the demonstration's fiches, drawn from committed pools: every fact told is invented."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from random import Random

from atlaas.rules.text import grouped

EVERY = "*"  # sentences that suit any enjeu
CLOSING = "*Fiche de démonstration\u00a0: ce récit est inventé.*"


@dataclass(frozen=True)
class Topic:
    """What a fiche on one service may be called and say; `modifier` is the pool that tells two fiches apart."""

    code: str
    modifier: str
    titles: tuple[str, ...]
    summaries: tuple[str, ...]

    @property
    def enjeu(self) -> str:
        return self.code.partition("-")[0]


@dataclass(frozen=True)
class Pools:
    """Topics by code of service, sentences by enjeu and part."""

    topics: Mapping[str, Topic]
    sentences: Mapping[tuple[str, str], Sequence[str]]

    def draw(self, random: Random, part: str, enjeu: str = EVERY) -> str:
        return random.choice(self.sentences[enjeu, part])


def read_pools(services: str, sentences: str) -> Pools:
    """Read the two committed tables; `KeyError` at once when a column is missing."""
    topics = {
        row["code"]: Topic(
            row["code"],
            row["modifier"],
            (row["title_1"], row["title_2"]),
            (row["summary_1"], row["summary_2"]),
        )
        for row in csv.DictReader(StringIO(services))
    }
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in csv.DictReader(StringIO(sentences)):
        found[row["enjeu"], row["part"]].append(row["text"])
    return Pools(topics, dict(found))


@dataclass(frozen=True)
class Wording:
    """The title, the summary and the Markdown text of one fiche."""

    title: str
    summary: str
    text: str


def wording(
    pools: Pools, topic: Topic, random: Random, *, taken: set[str], population: int | None
) -> Wording:
    """Words for one fiche; its title, new to the collectivité, is added to `taken`."""
    summary, telling = random.sample(topic.summaries, 2)
    enjeu = topic.enjeu
    paragraphs = [
        "## Le besoin",
        _join(pools.draw(random, "contexte"), pools.draw(random, "besoin", enjeu)),
        "## Ce qui a été fait",
        _join(telling, pools.draw(random, "action", enjeu), pools.draw(random, "moyen")),
        "## Ce que cela a changé",
        _join(pools.draw(random, "resultat", enjeu), pools.draw(random, "conseil")),
        CLOSING,
    ]
    text = figures("\n\n".join(paragraphs), random, population)
    return Wording(_title(pools, topic, random, taken), summary, text)


def news(pools: Pools, text: str, random: Random, *, year: int, population: int | None) -> str:
    """The same text with what came in `year`, told before its last line."""
    told, _, closing = text.rpartition("\n\n")
    sentence = figures(pools.draw(random, "nouveau"), random, population)
    return "\n\n".join((told, f"## Du nouveau en {year}", sentence, closing))


def figures(text: str, random: Random, population: int | None) -> str:
    """Fill the numbers of a text; people reached stay below the number of inhabitants."""
    most = max(60, min(2400, (population or 4000) // 4))
    return text.format_map(
        {
            "n": random.randint(12, 48),
            "m": random.randint(4, 40),
            "k": random.randint(3, 9),
            "h": grouped(random.randint(30, most)),
            "c": grouped(500 * random.randint(3, 96)),
        }
    )


def _join(*sentences: str) -> str:
    return " ".join(sentences)


def _title(pools: Pools, topic: Topic, random: Random, taken: set[str]) -> str:
    """A title not yet taken: bare, then with a place or a stage, at last with a number."""
    bare = random.choice(topic.titles)
    modifiers = random.sample(pools.sentences[EVERY, topic.modifier], 8)
    named = (_named(bare, modifier) for modifier in modifiers)
    tries = (bare, *named) if random.random() < 0.5 else (*named, bare)
    numbered = (f"{bare} ({number})" for number in range(2, len(taken) + 3))
    title = next(one for one in chain(tries, numbered) if one not in taken)
    taken.add(title)
    return title


def _named(title: str, modifier: str) -> str:
    if title.endswith("?"):
        return f"{title} {modifier[0].upper()}{modifier[1:]}"
    return f"{title}, {modifier}"
