"""Pictures for link previews: a palmarès with its map, a collectivité with its level."""

from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

from django.conf import settings

from atlaas.models import Collectivity
from atlaas.rules.picture import png
from atlaas.rules.text import WIDE, decimal, grouped
from labels.models import Award, Edition
from labels.queries import statistics
from labels.queries.line import lines
from labels.queries.map import LaureateMap, Panel, laureate_map
from labels.queries.palmares import PalmaresFilter, filtered
from labels.rules.arobase import arobases

_TEMPLATES = Path(settings.BASE_DIR) / "templates" / "labels" / "share"
_MILLION = 1_000_000
_LAND, _BLUE, _WARM = "#dfe6f1", "#163a75", "#a8380f"


def palmares_picture(edition: Edition, user: object) -> bytes:
    """The figures of an edition (none while they are not computed) and its map, as a PNG of 1200 × 630."""
    shown = lines(filtered(edition, PalmaresFilter(), user)) if edition.is_complete else []
    found = statistics.figures(edition)
    title = f"{'Palmarès' if edition.is_complete else 'Édition'} {edition.year}{_demo(edition)}"
    return _drawn(
        "palmares.typ", title, _figures(found) if found else (), _svg(laureate_map(shown, enlarge=False))
    )


def collectivity_picture(place: Collectivity, award: Award | None) -> bytes:
    """The name, the place and the level of a collectivité in its latest award, as a PNG of 1200 × 630."""
    drawn = arobases(award.level, "#fff") if award and award.level else None
    return _plate(
        place.name, place.place, drawn, _words(award) if award else "Collectivité suivie par Atlaas"
    )


@lru_cache(maxsize=16)
def _drawn(template: str, title: str, figures: tuple[tuple[str, str], ...], svg: str) -> bytes:
    shown = [{"value": value, "words": words} for value, words in figures]
    return png(_source(template), {"title": title, "figures": shown, "map": svg})


@lru_cache(maxsize=128)
def _plate(name: str, place: str, arobases: str | None, words: str) -> bytes:
    return png(
        _source("collectivity.typ"), {"name": name, "place": place, "arobases": arobases, "words": words}
    )


@lru_cache(maxsize=2)
def _source(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _figures(found: statistics.Figures) -> tuple[tuple[str, str], ...]:
    many = found.inhabitants >= _MILLION
    people = f"{decimal(found.inhabitants / _MILLION)}{WIDE}M" if many else grouped(found.inhabitants)
    return (
        (grouped(found.laureates), "lauréats"),
        (grouped(found.communes), "communes concernées"),
        (grouped(found.ten), "titres TEN"),
        (people, "d’habitants" if many else "habitants"),
    )


def _words(award: Award) -> str:
    if award.level is None:
        return (
            f"{award.level_text or 'niveau non attesté'}, édition {award.edition.year}{_demo(award.edition)}"
        )
    level = f"{award.level}{WIDE}@" if award.level_is_certain else f"4 ou 5{WIDE}@ (à{WIDE}confirmer)"
    title = " · Territoire d’excellence numérique" if award.is_ten else ""
    return f"{level} en {award.edition.year}{title}{_demo(award.edition)}"


def _demo(edition: Edition) -> str:
    return " · démonstration" if edition.is_demo else ""


def _svg(found: LaureateMap) -> str:
    """France and the overseas régions under it, in one drawing."""
    main = found.main.drawing.frame
    cells = "".join(
        _placed(panel, index * 200 + 20, main.height + 20) for index, panel in enumerate(found.overseas)
    )
    height = main.height + 220
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}" width="1000" height="{height}">'
        f"{_placed(found.main, 0, 0)}{cells}</svg>"
    )


def _placed(panel: Panel, x: int, y: int) -> str:
    scale = 1 if panel.drawing.frame.width > 500 else 0.8
    dots = "".join(_dot(dot.x, dot.y, dot.line.is_ten) for dot in panel.dots)
    return (
        f'<g transform="translate({x} {y}) scale({scale})">'
        f'<path fill="{_LAND}" stroke="#fff" stroke-width="3" d={quoteattr(panel.drawing.land)}/>{dots}</g>'
    )


def _dot(x: int, y: int, is_ten: bool) -> str:
    colour = _WARM if is_ten else _BLUE
    return f'<circle cx="{x}" cy="{y}" r="10" fill="{colour}" stroke="#fff" stroke-width="2.5"/>'
