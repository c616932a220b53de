"""« Non concerné », said of any number of services in one form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from labels.rules.mosaic import EnjeuTiles, Mosaic, Tile

LONGEST = 300
TOO_LONG = "Ce motif tient en 300 signes : raccourcissez-le."


@dataclass(frozen=True)
class Box:
    """A service that may be ticked: what is typed of it, and `before`, the reason that was read (None: it was not ticked)."""

    tile: Tile
    is_ticked: bool
    reason: str
    before: str | None

    @property
    def error(self) -> str:
        return TOO_LONG if self.is_ticked and len(self.reason) > LONGEST else ""

    @property
    def answer(self) -> str | None:
        return self.reason if self.is_ticked else None


@dataclass(frozen=True)
class Part:
    """The services of an enjeu that may be ticked."""

    enjeu: EnjeuTiles
    boxes: tuple[Box, ...]

    @property
    def ticked(self) -> int:
        return sum(box.is_ticked for box in self.boxes)


class NotConcernedForm:
    """A box `service`, a reason `motif-<code>` and what was read of it `avant-<code>`, a service.

    Only what the person changed is an answer: a colleague's, given while the page was open, stands.
    """

    def __init__(self, data: QueryDict | None = None) -> None:
        self.data = data

    @cached_property
    def answers(self) -> dict[str, str | None]:
        """By code, what the person changed, services that no page offered among them."""
        if self.data is None:
            return {}
        ticked = set(self.data.getlist("service"))
        read = {
            name.removeprefix("avant-"): text for name, text in self.data.items() if name.startswith("avant-")
        }
        said = {code: self._reason(code) if code in ticked else None for code in ticked | read.keys()}
        return {code: reason for code, reason in said.items() if reason != read.get(code)}

    def is_valid(self) -> bool:
        return not any(reason and len(reason) > LONGEST for reason in self.answers.values())

    def parts(self, mosaic: Mosaic, stored: Mapping[str, str]) -> list[Part]:
        """The boxes of the page, enjeu by enjeu; `stored`: by code, the reason of what was said « non concerné »."""
        parts = (self._part(enjeu, stored) for enjeu in mosaic.enjeux)
        return [part for part in parts if part.boxes]

    def _part(self, enjeu: EnjeuTiles, stored: Mapping[str, str]) -> Part:
        """Services with a fiche are left out, unless they were said « non concerné » before."""
        tiles = [tile for tile in enjeu.tiles if not tile.count or tile.code in stored]
        return Part(enjeu, tuple(self._box(tile, stored.get(tile.code)) for tile in tiles))

    def _box(self, tile: Tile, stored: str | None) -> Box:
        if self.data is None:
            return Box(tile, stored is not None, stored or "", stored)
        is_ticked = tile.code in self.data.getlist("service")
        return Box(tile, is_ticked, self._reason(tile.code), self.data.get(f"avant-{tile.code}"))

    def _reason(self, code: str) -> str:
        return self.data.get(f"motif-{code}", "").replace("\x00", "").strip() if self.data else ""
