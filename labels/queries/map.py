"""Where the laureates are: maps of France, of its overseas régions and of crowded places, each at its own scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from atlaas.models import Collectivity, Region
from atlaas.queries.contour import contours, territory
from atlaas.rules.cartography import Box, Frame, Place, Projection, Territory, crowded, flat_at, lambert93
from labels.queries.line import Line

OVERSEAS = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
DOT = 18  # width of the widest dot, in SVG units


@dataclass(frozen=True, slots=True)
class Window:
    """A place where laureates may crowd: it is enlarged when dots would hide one another."""

    key: str
    name: str
    box: Box


WINDOWS = (
    Window("paris", "Paris et sa couronne", Box(1.86, 48.55, 3.03, 49.145)),
    Window("lille", "De Lille à Valenciennes", Box(2.7, 50.27, 3.6, 50.712)),
)
FEWEST_IN_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ground of one map, the same for every edition; `land` and `borders` are values of an SVG `d`."""

    key: str
    name: str
    frame: Frame
    land: str
    borders: str

    @property
    def bar_km(self) -> int:
        return self.frame.bar_km()

    @property
    def bar(self) -> int:
        """Length of the scale bar, in SVG units."""
        return self.frame.units(self.bar_km)

    @property
    def bar_y(self) -> int:
        return self.frame.height + 12

    @property
    def height(self) -> int:
        """Height of the picture with its scale bar."""
        return self.frame.height + 18


@dataclass(frozen=True, slots=True)
class Dot:
    """One laureate at its place on a drawing, in SVG units."""

    x: int
    y: int
    line: Line


@dataclass(frozen=True, slots=True)
class Panel:
    """One map with its dots; `windows` outline what other panels enlarge (values of an SVG `d`)."""

    drawing: Drawing
    dots: tuple[Dot, ...]
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaureateMap:
    """France, what is enlarged or overseas, and the laureates that no map can show (no point is known)."""

    main: Panel
    enlarged: tuple[Panel, ...]
    overseas: tuple[Panel, ...]
    unplaced: tuple[Line, ...]

    @property
    def panels(self) -> tuple[Panel, ...]:
        return self.main, *self.enlarged, *self.overseas


def laureate_map(lines: Iterable[Line], *, enlarge: bool = True) -> LaureateMap:
    """Place laureates; without `enlarge` the crowded places stay on the main map."""
    placed, unplaced = _sorted_out(line for line in lines if line.level)
    home = [line for line in placed if line.region.code not in OVERSEAS]
    drawing = france()
    chosen = [window for window in WINDOWS if enlarge and _is_crowded(window, home, drawing.frame)]
    outside = [line for line in home if not any(window.box.holds(*_place(line)) for window in chosen)]
    outlines = tuple(drawing.frame.path(window.box.outline(), close=True) for window in chosen)
    return LaureateMap(
        Panel(drawing, _dots(outside, drawing.frame), outlines),
        tuple(_panel(enlarged(window), home, window.box) for window in chosen),
        tuple(
            _panel(overseas(code), [one for one in placed if one.region.code == code]) for code in OVERSEAS
        ),
        tuple(unplaced),
    )


def region_map(region: Region, lines: Iterable[Line]) -> Panel | None:
    """The laureates of a région on its own map; None for one without a contour."""
    drawing = region_drawing(region.code, region.name)
    placed, _unplaced = _sorted_out(line for line in lines if line.level)
    return _panel(drawing, placed) if drawing else None


@dataclass(frozen=True, slots=True)
class Locator:
    """One collectivité in its région, at (x, y) of the drawing."""

    drawing: Drawing
    x: int
    y: int


def locator(place: Collectivity) -> Locator | None:
    """Where a collectivité is in its région; None without a point or a contour."""
    drawing = region_drawing(place.region_id, place.region.name)
    if drawing is None or place.lon is None or place.lat is None:
        return None
    return Locator(drawing, *drawing.frame.place(place.lon, place.lat))


@cache
def france() -> Drawing:
    """Metropolitan France in Lambert-93, 1,000 units wide."""
    codes = tuple(code for code in contours().region_codes if code not in OVERSEAS)
    return _drawing("france", "France métropolitaine", territory(codes), lambert93, width=1000, tallest=1000)


@cache
def overseas(code: str) -> Drawing:
    land = territory((code,))
    return _drawing(code, OVERSEAS[code], land, flat_at(land.middle[1]), width=200, tallest=220)


@cache
def enlarged(window: Window) -> Drawing:
    """A window 490 units wide, cut at its edges."""
    codes = tuple(code for code in contours().region_codes if code not in OVERSEAS)
    projection = flat_at((window.box.south + window.box.north) / 2)
    frame = Frame.around(projection, window.box.outline(), width=490, tallest=400)
    land = territory(codes).within(window.box)
    return Drawing(window.key, window.name, frame, frame.land(land), frame.borders(land))


@cache
def region_drawing(code: str, name: str) -> Drawing | None:
    """A région at its own scale, or None when its contour is not known (overseas collectivities)."""
    land = territory((code,))
    if not land.rings:
        return None
    projection = flat_at(land.middle[1]) if code in OVERSEAS else lambert93
    return _drawing(code, name, land, projection, width=800, tallest=720)


def _drawing(
    key: str, name: str, land: Territory, projection: Projection, *, width: int, tallest: int
) -> Drawing:
    frame = Frame.around(projection, land.outline, width=width, tallest=tallest, pad=DOT // 2)
    return Drawing(key, name, frame, frame.land(land), frame.borders(land))


def _sorted_out(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """Those that some map can show, and the others."""
    shown = set(contours().region_codes)
    placed: list[Line] = []
    unplaced: list[Line] = []
    for line in lines:
        is_placed = line.lon is not None and line.region.code in shown
        (placed if is_placed else unplaced).append(line)
    return placed, unplaced


def _place(line: Line) -> Place:
    return line.lon or 0.0, line.lat or 0.0


def _is_crowded(window: Window, lines: Sequence[Line], frame: Frame) -> bool:
    inside = [place for place in map(_place, lines) if window.box.holds(*place)]
    return len(inside) >= FEWEST_IN_WINDOW and crowded(inside, frame, DOT)


def _panel(drawing: Drawing, lines: Iterable[Line], box: Box | None = None) -> Panel:
    inside = [line for line in lines if box is None or box.holds(*_place(line))]
    return Panel(drawing, _dots(inside, drawing.frame))


def _dots(lines: Iterable[Line], frame: Frame) -> tuple[Dot, ...]:
    """Small dots over large ones, titles TEN over all; the code settles the rest, so that a map is always the same."""
    ordered = sorted(lines, key=lambda line: (line.is_ten, -(line.level or 0), line.code))
    return tuple(Dot(*frame.place(*_place(line)), line) for line in ordered)
