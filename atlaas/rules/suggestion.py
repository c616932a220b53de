"""Which services of the référentiel a text speaks of: words that meet, weighted by how rare they are. Deterministic."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from atlaas.rules.text import fold

LIMIT = 5
SHOWN_WORDS = 3
# A word of the thesaurus was chosen for its service; one of the name less so; one of the enjeu's name hardly tells.
THESAURUS, NAME, ENJEU = 1.0, 0.8, 0.2
EXPRESSION = 1.2  # two words in their order say more than each
LEAST = 1.5  # below, one common word met: silence is better
LEAST_SHARE = 0.3  # of the best score, below which a service is no likely one
WORD = re.compile(r"[^\W_]+", re.UNICODE)

# Words of every fiche: they tell nothing of a service.
_STOP = """
    a afin ai ainsi alors an ans apres au aucun aucune aussi autre autres aux avant avec avoir avons beaucoup bien
    c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment commune communes communal communale
    communaux contre d dans de depuis des deux devant dix doit donc dont du elle elles en encore entre environ es est et etait
    ete etre eu eux faire fait faite faites font grace ici il ils issu j jour jours jusqu juste l la le les leur leurs lors lui
    ma mairie mais me meme memes mes met mettre mieux mis mise moins mois mon n ne ni nos notre nous nouveau nouvelle nouvelles
    nouveaux numerique numeriques on ont ou par parce pas pendant permet permettre peut peuvent plus plusieurs pour pouvoir
    premier premiere propose proposer proposee qu quand que quel quelle qui quoi sa sans se sera ses si sinon soit son sont
    sous sur t ta tant te tel tes ton tous tout toute toutes trois tres tu un une va vers veut via ville villes village vos
    votre vous y annee annees semaine lundi mardi mercredi jeudi vendredi samedi dimanche matin apres-midi heure heures
    chacun habitant habitante habitants action projet collectivite intercommunalite territoire service services cree creer
    creation mettons place peu fois quatre cinq six sept huit neuf cent mille trop
"""
STOP = frozenset(fold(_STOP).split())
# Endings, in the singular, that change neither the thing nor much of its meaning, the longest first.
ENDINGS = (
    "isation", "issement", "ablement", "ellement", "atrice", "ateur", "ation", "ition", "ement", "euse", "eur", "ance",
    "ence", "ique", "isme", "iste", "able", "ible", "ive", "if", "elle", "age", "ant", "ent", "ee", "er", "ez", "ir",
    "it", "el", "al", "e",
)  # fmt: skip
SHORTEST = 4


@dataclass(frozen=True)
class Entry:
    """A service as the suggestion knows it; `words` are those of the thesaurus, some of them expressions."""

    code: str
    name: str
    enjeu: str
    words: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The root of a French word, folded: « médiatrices » and « médiation » meet, « commune » and « communication » need not."""
    root = fold(word)
    if root.endswith("aux") and not root.endswith("eaux") and len(root) > SHORTEST:
        root = root[:-3] + "al"
    elif root[-1:] in {"s", "x"} and len(root) > SHORTEST:
        root = root[:-1]
    for ending in ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= SHORTEST:
            return root.removesuffix(ending)
    return root


def suggest(text: str, services: Sequence[Entry], *, limit: int = LIMIT) -> list[tuple[str, list[str]]]:
    """The likeliest services, best first: (code, words of the text that point to it); ties go by code.

    `services` is the whole référentiel: a word is worth more the fewer services share it.
    """
    met = _roots(text)
    if not met:
        return []
    index = _index(tuple(services))
    scores = {code: _score(met, terms, index.rarity) for code, terms in index.terms.items()}
    best = max(score for score, _ in scores.values())
    ranked = sorted(scores.items(), key=lambda one: (-one[1][0], one[0]))
    least = max(LEAST, best * LEAST_SHARE)
    return [(code, words) for code, (score, words) in ranked[:limit] if score >= least]


@dataclass(frozen=True)
class _Index:
    """By service, its terms (one root, or two in a row) with their weight; by term, how rare it is."""

    terms: Mapping[str, Mapping[str, float]]
    rarity: Mapping[str, float]


@lru_cache(maxsize=4)
def _index(services: tuple[Entry, ...]) -> _Index:
    terms = {entry.code: _terms(entry) for entry in services}
    holders = Counter(term for own in terms.values() for term in own)
    rarity = {term: math.log((1 + len(services)) / count) for term, count in holders.items()}
    return _Index(terms, rarity)


def _terms(entry: Entry) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    sources = [(entry.enjeu, ENJEU), (entry.name, NAME), *((word, THESAURUS) for word in entry.words)]
    for phrase, weight in sources:
        roots = [root for root, _ in _words(phrase)]
        for root in roots:
            # Half the weight for a word of an expression: the expression itself says the rest.
            share = weight / 2 if weight == THESAURUS and len(roots) > 1 else weight
            weights[root] = max(weights[root], share)
        if weight != ENJEU:
            for pair in pairwise(roots):
                weights[" ".join(pair)] = max(weights[" ".join(pair)], weight * EXPRESSION)
    return dict(weights)


def _roots(text: str) -> dict[str, str]:
    """Each term of a text with the words that say it, in the order of the text."""
    words = list(_words(text))
    found: dict[str, str] = {}
    for root, word in words:
        found.setdefault(root, word)
    for (root, word), (after, follower) in pairwise(words):
        found.setdefault(f"{root} {after}", f"{word} {follower}")
    return found


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The words that tell something: (root, word as written)."""
    for match in WORD.finditer(text):
        word = match.group()
        folded = fold(word)
        if len(folded) > 1 and folded not in STOP:
            yield stem(word), word.lower()


def _score(
    met: Mapping[str, str], terms: Mapping[str, float], rarity: Mapping[str, float]
) -> tuple[float, list[str]]:
    found = [(weight * rarity[term], met[term]) for term, weight in terms.items() if term in met]
    words = [word for _, word in sorted(found, key=lambda one: (-one[0], one[1]))]
    return sum(score for score, _ in found), _distinct(words)


def _distinct(words: Sequence[str]) -> list[str]:
    """The strongest words, each once; one that an expression says already is left out."""
    kept = dict.fromkeys(words)
    parts = {part for word in kept if " " in word for part in word.split()}
    return [word for word in kept if word not in parts][:SHOWN_WORDS]
