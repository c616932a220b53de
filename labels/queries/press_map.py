"""The maps of the laureates as standing SVG: the same drawing in a page, which colours it by its classes, and on paper."""

from html import escape
from typing import TypedDict

from atlaas.rules.text import NARROW, WIDE, plural
from labels.choices import Category
from labels.queries.map import Dot, LaureateMap, Panel

LAND, PAPER, BLUE, PALE, WARM, SOFT = "#dfe6f1", "#ffffff", "#163a75", "#a9c2ea", "#a8380f", "#4a5872"
SIZES = {"1": 5.0, "2": 6.0, "3": 7.0, "4": 8.0, "4-5": 8.5, "5": 9.0}
UNIT = 9  # radius that the shapes are drawn at
SHAPES = {
    Category.VILLE: '<circle r="9"/>',
    Category.VILLAGE: '<path d="M0-11 10.5 8h-21z"/>',
    Category.TERRITOIRE: '<path d="M-9-9h18v18h-18z"/>',
}


class DrawnMap(TypedDict):
    """One map: its words, its alternative text, its SVG and that SVG's size in its own units."""

    key: str
    name: str
    caption: str
    alt: str
    svg: str
    width: int
    height: int


class Legend(TypedDict):
    words: str
    svg: str


def drawn_maps(found: LaureateMap) -> list[DrawnMap]:
    """France first, then what is enlarged, then overseas."""
    grown = {panel.drawing.key: 1.0 for panel in (found.main, *found.enlarged)}
    return [_drawn(panel, grown.get(panel.drawing.key, 1.5)) for panel in found.panels]


def legend(*, has_doubt: bool, has_windows: bool) -> list[Legend]:
    """What the shapes mean; only what is on the maps."""
    lines = [(str(one.label), _sign(one, "5")) for one in Category]
    sizes = "".join(_at(13 * rank, 0, _sign(Category.VILLE, str(rank))) for rank in range(1, 6))
    lines.append((f"de 1 à 5{WIDE}@, du plus petit au plus grand", _at(-39, 0, sizes)))
    if has_doubt:
        lines.append((f"4 ou 5{WIDE}@ (à{WIDE}confirmer)", _sign(Category.VILLE, "4-5")))
    lines.append(("titre TEN", _ring() + _sign(Category.VILLE, "5")))
    if has_windows:
        frame = f'<path class="frame" fill="none" stroke="{SOFT}" stroke-width="3" d="M-12-9h24V9h-24z"/>'
        lines.append(("cadre agrandi à côté", frame))
    return [{"words": words, "svg": _svg(-40, -20, 80, 40, drawing)} for words, drawing in lines]


def _drawn(panel: Panel, zoom: float) -> DrawnMap:
    drawing = panel.drawing
    count = plural(len(panel.dots), "lauréat")
    return {
        "key": drawing.key,
        "name": drawing.name,
        "caption": f"{count}, trait de {drawing.bar_km}{WIDE}km",
        "alt": f"Carte{WIDE}: {drawing.name}, {count}{NARROW}; la liste par région les nomme tous.",
        "svg": _svg(0, 0, drawing.frame.width, drawing.height, _inside(panel, zoom)),
        "width": drawing.frame.width,
        "height": drawing.height,
    }


def _inside(panel: Panel, zoom: float) -> str:
    drawing = panel.drawing
    ground = (
        f'<path class="land" fill="{LAND}" stroke="{PAPER}" stroke-width="3" d="{drawing.land}"/>'
        f'<path class="dep" fill="none" stroke="{PAPER}" d="{drawing.borders}"/>'
    )
    frames = "".join(
        f'<path class="frame" fill="none" stroke="{SOFT}" stroke-width="3" d="{window}"/>'
        for window in panel.windows
    )
    bar = (
        f'<path class="bar-scale" fill="none" stroke="{SOFT}" stroke-width="3" '
        f'd="M6 {drawing.bar_y}h{drawing.bar}"/>'
    )
    return ground + frames + "".join(_dot(dot, zoom) for dot in panel.dots) + bar


def _dot(dot: Dot, zoom: float) -> str:
    line = dot.line
    ring = _ring() if line.is_ten else ""
    title = f"<title>{escape(line.name)}</title>"
    return _at(dot.x, dot.y, title + ring + _sign(line.category, line.level_class), zoom)


def _sign(category: str, level_class: str) -> str:
    is_unsure = "-" in level_class
    return (
        f'<g class="dot{" unsure" if is_unsure else ""}" fill="{PALE if is_unsure else BLUE}" '
        f'stroke="{BLUE if is_unsure else PAPER}" stroke-width="2.5" '
        f'transform="scale({SIZES[level_class] / UNIT:.2f})">{SHAPES[Category(category)]}</g>'
    )


def _ring() -> str:
    return f'<circle class="ring" fill="none" stroke="{WARM}" stroke-width="4.5" r="13"/>'


def _at(x: float, y: float, drawing: str, zoom: float = 1) -> str:
    scale = f" scale({zoom:g})" if zoom != 1 else ""
    return f'<g transform="translate({x:g} {y:g}){scale}">{drawing}</g>'


def _svg(x: int, y: int, width: int, height: int, drawing: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}">{drawing}</svg>'
