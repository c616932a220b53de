"""The sentences of the press kit that are made of figures: written once, for the page and the PDF alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from atlaas.rules.text import french, grouped, plural
from labels.rules.clock_words import day_words
from labels.rules.edition import number

DOUBT = french(
    "Le document imprimé ne permet pas d’y distinguer 4 de 5 arobases. Quatre sont dessinées ; l’association confirme, et les "
    "chiffres suivent. D’ici là, ces niveaux forment une classe à part et ne s’ajoutent à aucune autre."
)
TITLE = french(
    "Le titre « Territoire d’excellence numérique » (TEN) distingue des collectivités au plus haut niveau depuis de nombreuses "
    "éditions d’affilée."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the communiqué tells of an edition; `themes` are those of the mentions that were given."""

    year: int
    ceremony: date | None
    laureates: int
    cities: int
    villages: int
    territories: int
    regions: int
    communes: int
    member_communes: int
    inhabitants: int
    ten: int
    mentions: int
    themes: Sequence[str]


def ordinal(year: int) -> str:
    rank = number(year)
    return "1re" if rank == 1 else f"{rank}e"


def listed(words: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    *first, last = words
    return f"{', '.join(first)} et {last}" if first else last


def communique(facts: Facts) -> list[str]:
    """A paragraph of who, one of how many people, one of what the jury distinguished."""
    return [french(one) for one in (_who(facts), _people(facts), _distinguished(facts)) if one]


def _who(facts: Facts) -> str:
    when = f"Le {day_words(facts.ceremony)}" if facts.ceremony else f"En {facts.year}"
    many = facts.laureates > 1
    kinds = [
        plural(count, name)
        for count, name in (
            (facts.cities, "ville"),
            (facts.villages, "village"),
            (facts.territories, "territoire"),
        )
        if count
    ]
    return (
        f"{when}, {plural(facts.laureates, 'collectivité')} {'ont' if many else 'a'} reçu le label « Territoires, Villes et "
        f"Villages Internet », de une à cinq arobases : {listed(kinds)}, dans {plural(facts.regions, 'région')}. "
        f"C’est la {ordinal(facts.year)} édition du label."
    )


def _people(facts: Facts) -> str:
    members = f", dont {grouped(facts.member_communes)} membres d’un territoire," if facts.territories else ""
    return (
        f"Le palmarès concerne {plural(facts.communes, 'commune')}{members} et "
        f"{plural(facts.inhabitants, 'habitant')} : chaque commune et chaque habitant sont comptés une seule fois, même quand la "
        "commune et son intercommunalité sont toutes deux lauréates. Le périmètre d’un syndicat n’est pas connu : il n’entre "
        "pas dans ces deux chiffres."
    )


def _distinguished(facts: Facts) -> str:
    won = []
    if facts.ten:
        won.append(f"{plural(facts.ten, 'titre')} « Territoire d’excellence numérique » (TEN)")
    if facts.mentions:
        themes = f" ({listed(facts.themes)})" if facts.themes else ""
        won.append(f"{plural(facts.mentions, 'mention')}{themes}")
    return f"Le jury a décerné {listed(won)}." if won else ""


def titles(year: int, count: int, unknown: Sequence[int], held_for: int) -> str:
    """How long the title is held; how many are in force is told only when the editions that count are known whole."""
    held = f"Il est porté pendant {plural(held_for, 'édition')}."
    missing = (
        f" {plural(count, 'titre')} {year} ; titulaires {listed([str(one) for one in unknown])} non connus ici."
        if unknown
        else ""
    )
    return french(f"{TITLE} {held}{missing}")
