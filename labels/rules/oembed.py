"""How large a frame is, where a site lets it be: oEmbed 1.0 (https://oembed.com), « rich »."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Of a frame, in CSS pixels."""

    width: int
    height: int

    def within(self, width: int | None, height: int | None) -> "Size":
        """Never larger than the site allows; what is inside scrolls when it is smaller than it needs."""
        return Size(min(self.width, width or self.width), min(self.height, height or self.height))


LEVEL = Size(440, 260)
SHEETS = Size(440, 480)
