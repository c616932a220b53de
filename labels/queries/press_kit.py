"""The press kit of an edition as one JSON document: its page and its PDF are both drawn from it, and cannot disagree.

It is made without asking who reads: the door is that of whoever shows it (`Edition.objects.visible_to`), because the
PDF is made before anybody may see it.
"""

from itertools import groupby
from typing import Any

from django.conf import settings

from atlaas.rules.rich_text import blocks_of
from atlaas.rules.text import WIDE, expanded, french, grouped, plural, typographic
from labels.choices import Coverage, EditorialKind
from labels.models import Award, Edition
from labels.queries import statistics
from labels.queries.line import Line, lines
from labels.queries.map import laureate_map
from labels.queries.press_kit_tables import differences, levels, printed_names, regions
from labels.queries.press_map import drawn_maps, legend
from labels.queries.statistics import EditionStatistics
from labels.rules.clock_words import day_words
from labels.rules.communique import DOUBT, Facts, communique, ordinal, titles
from labels.rules.definitions import DEFINITIONS, SCOPE

SOURCES = french(
    "Géographie et populations : INSEE (COG, populations légales), DGCL, IGN ADMIN EXPRESS COG – Licence Ouverte 2.0."
)
WORDS = {
    "communique": "Communiqué de synthèse",
    "levels": "Lauréats par niveau",
    "regions": "Répartition par région",
    "maps": "Cartes des lauréats",
    "ten": french("Territoires d’excellence numérique"),
    "mentions": "Mentions",
    "jury": "Le jury",
    "list": "Le palmarès, région par région",
    "differences": french("Ce que le document imprimé dit autrement"),
    "names": "Noms imprimés autrement",
    "sources": "Sources et définitions",
    "doubt": french("* Niveau à confirmer."),
}
PLACES = {
    EditorialKind.PREFACE: "prefaces",
    EditorialKind.MESSAGE: "messages",
    EditorialKind.TREND: "trends",
    EditorialKind.QUOTE: "quotes",
}

Document = dict[str, Any]


def document_of(edition: Edition) -> Document | None:
    """Everything that the press kit says; None when the palmarès is not known whole, or its figures not computed.

    The same queries whatever the number of laureates: nine.
    """
    found = statistics.of_edition(edition)
    if found is None:
        return None
    shown = lines(Award.objects.filter(edition=edition).laureates().for_lists())
    return {
        **_head(edition, found),
        "words": WORDS,
        "communique": communique(_facts(edition, found, shown)),
        "figures": _figures(found),
        **_blocks(edition),
        "levels": levels(found),
        "regions": regions(found),
        "maps": _maps(shown),
        "ten": _ten(edition, shown),
        "mentions": _mentions(shown),
        "jury": _jury(edition),
        "list": [_region(group) for _, group in groupby(shown, key=lambda line: line.region.code)],
        "doubt": DOUBT if any(not line.level_is_certain for line in shown) else "",
        "differences": differences(found),
        "names": printed_names(edition),
        "sources": [SOURCES, *_told_sources(edition)],
        "definitions": [{"label": one.label, "text": one.text} for one in DEFINITIONS],
    }


def _head(edition: Edition, found: EditionStatistics) -> Document:
    title = f"Palmarès {edition.year}"
    held = (
        f"Proclamé le {day_words(edition.ceremony_on)}" if edition.ceremony_on else f"Édition {edition.year}"
    )
    online = f"{settings.PUBLIC_URL}{edition.get_absolute_url()}" if settings.PUBLIC_URL else ""
    return {
        "year": edition.year,
        "is_demo": edition.is_demo,
        "demo": french("Démonstration : rien de cette édition n’est réel.") if edition.is_demo else "",
        "title": f"Dossier de presse, {title[0].lower()}{title[1:]}",
        "heading": title,
        "eyebrow": f"Dossier de presse · {ordinal(edition.year)} édition",
        "label": french("Label « Territoires, Villes et Villages Internet »"),
        "held": held,
        "online": online,
        "foot": f"Label Villes Internet{WIDE}· dossier de presse {edition.year}",
        "laureates": found.total().total.laureates,
    }


def _facts(edition: Edition, found: EditionStatistics, shown: list[Line]) -> Facts:
    line = found.total()
    themes = sorted({theme for one in shown for theme in one.mentions}, key=expanded)
    return Facts(
        year=edition.year,
        ceremony=edition.ceremony_on,
        laureates=line.total.laureates,
        cities=line.cities,
        villages=line.villages,
        territories=line.territories,
        regions=len(found.by_region()),
        communes=line.total.communes,
        member_communes=line.total.member_communes,
        inhabitants=line.total.inhabitants,
        ten=line.total.ten,
        mentions=line.total.mentions,
        themes=[theme[0].lower() + theme[1:] for theme in themes],
    )


def _figures(found: EditionStatistics) -> list[Document]:
    line = found.total()
    told = (
        (line.total.laureates, "collectivités labellisées"),
        (line.cities, "villes"),
        (line.villages, "villages"),
        (line.territories, "territoires"),
        (line.total.ten, "titres TEN"),
        (line.total.mentions, "mentions"),
        (line.total.communes, "communes concernées"),
        (line.total.inhabitants, "habitants"),
    )
    return [{"value": grouped(value), "words": words} for value, words in told]


def _blocks(edition: Edition) -> Document:
    """The signed texts, by the place where the document puts their kind."""
    told: Document = {place: [] for place in PLACES.values()}
    for one in edition.editorial_blocks.order_by("kind", "position", "pk"):
        told[PLACES[EditorialKind(one.kind)]].append(
            {
                "title": french(one.title),
                "text": blocks_of(one.text),
                "signatory": typographic(one.signatory),
                "function": french(one.function),
                "source": french(one.source),
            }
        )
    return told


def _maps(shown: list[Line]) -> Document:
    found = laureate_map(shown)
    has_doubt = any(not line.level_is_certain for line in shown)
    unplaced = ", ".join(line.name for line in found.unplaced)
    return {
        "panels": drawn_maps(found),
        "enlarged": len(found.enlarged),
        "legend": legend(has_doubt=has_doubt, has_windows=bool(found.enlarged)),
        "note": french(f"Sans point connu, hors de la carte mais dans la liste : {unplaced}.")
        if unplaced
        else "",
        "scale": french("Chaque carte est à sa propre échelle, donnée par son trait."),
    }


def _ten(edition: Edition, shown: list[Line]) -> Document:
    won = [line for line in shown if line.is_ten]
    held_for = edition.rulebook.ten_held_for
    needed = range(edition.year - held_for + 1, edition.year)
    known = Edition.objects.filter(year__in=needed, coverage=Coverage.COMPLETE, published_at__isnull=False)
    unknown = sorted(set(needed) - set(known.values_list("year", flat=True)))
    return {
        "note": titles(edition.year, len(won), unknown, held_for),
        "names": [{"name": line.name, "region": line.region.name} for line in won],
    }


def _mentions(shown: list[Line]) -> list[Document]:
    themes = sorted({theme for line in shown for theme in line.mentions}, key=expanded)
    return [
        {
            "theme": french(theme),
            "names": [
                {"name": line.name, "region": line.region.name} for line in shown if theme in line.mentions
            ],
        }
        for theme in themes
    ]


def _jury(edition: Edition) -> Document:
    members = list(edition.jury_members.filter(is_listed=True))
    return {
        "members": [
            {
                "name": typographic(one.name),
                "function": french(one.function),
                "role": "préside le jury" if one.is_president else "",
            }
            for one in members
        ],
        "source": french(". ".join(dict.fromkeys(one.source for one in members if one.source))),
    }


def _region(group: Any) -> Document:
    found = list(group)
    return {
        "name": found[0].region.name,
        "slug": found[0].region.slug,
        "count": plural(len(found), "lauréat"),
        "lines": [_line(line) for line in found],
    }


def _line(line: Line) -> Document:
    return {
        "name": line.name,
        "url": line.url,
        "category": line.category,
        "level": line.level,
        "level_words": f"{line.level}{WIDE}@" if line.level_is_certain else f"4{WIDE}ou{WIDE}5{WIDE}@{WIDE}*",
        "is_ten": line.is_ten,
        "mentions": [french(f"mention {theme[0].lower()}{theme[1:]}") for theme in line.mentions],
    }


def _told_sources(edition: Edition) -> list[str]:
    """Where the awards of an edition that a file brought come from, then what the figures of a région count."""
    told = edition.awards.exclude(source="").values_list("source", flat=True).order_by("source").distinct()
    return [*map(french, told), SCOPE]
