"""A chart is a table first: its columns and rows are what is read, downloaded and drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlaas.rules.text import NARROW, grouped

Cell = str | int | None
LONGEST_LABEL = (
    44  # signs of a label in the drawing, so that it stands on a telephone; the table has it whole
)
WIDEST = 72  # per cent of the width that the longest bar takes: its figure stands after it
STEP, LABEL, BAR = 44, 14, 14  # in pixels: from a bar to the next, base of its label, its height


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure of an edition, told by `sentence` and defined by `definition`.

    The first column names the rows. `drawn` are the columns whose numbers make a bar, side by side; `change` the one that tells
    how it moved. Only the first `most` rows are drawn. `missing` says why there is nothing, when there is not.
    """

    key: str
    title: str
    sentence: str
    definition: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    drawn: Sequence[int] = (1,)
    change: int | None = None
    total: Sequence[Cell] = ()
    most: int = 100
    missing: str = ""

    @property
    def series(self) -> Sequence[str]:
        """What the parts of a bar are, when it has several."""
        return [self.columns[at] for at in self.drawn] if len(self.drawn) > 1 else ()

    @property
    def bars(self) -> Sequence["Bar"]:
        return list(_bars(self))

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return STEP * min(len(self.rows), self.most)

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > self.most


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, in per cent of the width."""

    series: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row drawn: its label over it, its figure after it; nothing is drawn of what is not known."""

    label: str
    words: str
    end: str
    label_y: int
    y: int
    parts: Sequence[Part]

    @property
    def words_y(self) -> int:
        return self.y + BAR - 2


def _bars(chart: Chart) -> Iterator[Bar]:
    rows = chart.rows[: chart.most]
    highest = max((sum(_numbers(chart, row)) for row in rows), default=0) or 1
    for rank, row in enumerate(rows):
        top = STEP * rank
        numbers = _numbers(chart, row)
        parts = list(_parts(numbers, highest))
        end = _cent(sum(numbers), highest)
        yield Bar(_short(str(row[0])), _words(chart, row), end, top + LABEL, top + LABEL + 6, parts)


def _numbers(chart: Chart, row: Sequence[Cell]) -> list[int]:
    return [number if isinstance(number := row[at], int) else 0 for at in chart.drawn]


def _parts(numbers: Sequence[int], highest: int) -> Iterator[Part]:
    start = 0
    for series, number in enumerate(numbers):
        if number:
            yield Part(series, _cent(start, highest), _cent(number, highest))
        start += number


def _cent(number: int, highest: int) -> str:
    return f"{WIDEST * number / highest:.2f}"


def _words(chart: Chart, row: Sequence[Cell]) -> str:
    """« 1 024 (+ 3) », or what is not known."""
    if any(row[at] is None for at in chart.drawn):
        return "non connu ici"
    told = grouped(sum(_numbers(chart, row)))
    moved = row[chart.change] if chart.change is not None else None
    return f"{told} ({signed(moved)})" if isinstance(moved, int) else told


def signed(number: int) -> str:
    """« + 3 », « − 2 », « = »."""
    if not number:
        return "="
    return f"{'+' if number > 0 else '−'}{NARROW}{grouped(abs(number))}"


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
