"""Where a page of results begins: the keys of the last line read, opaque to readers and checked when it comes back."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

_SHAPE = re.compile(r"(?P<rank>\d{1,9})\|(?P<at>\d{4}-\d\d-\d\dT[0-9:.+]{8,25})\|(?P<pk>[0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort keys of one line: relevance in millionths (0 by date), time of the update, identifier."""

    rank: int
    at: datetime
    pk: UUID

    def __str__(self) -> str:
        plain = f"{self.rank}|{self.at.isoformat()}|{self.pk.hex}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(text: str) -> Cursor | None:
    """The cursor that a URL carries; None when it is not one."""
    try:
        plain = base64.b64decode(
            text[:200] + "=" * (-len(text[:200]) % 4), altchars=b"-_", validate=True
        ).decode("ascii")
        found = _SHAPE.fullmatch(plain)
        if found is None:
            return None
        at = datetime.fromisoformat(found["at"])
        return Cursor(int(found["rank"]), at, UUID(found["pk"])) if at.tzinfo else None
    except (binascii.Error, ValueError, UnicodeError):
        return None
