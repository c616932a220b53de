"""How far the computing of the figures of an edition is, as its organisers see it."""

import datetime as dt
from dataclasses import dataclass

from atlaas.choices import JobState
from atlaas.models import Job
from labels.models import Edition

KIND = "statistics"


@dataclass(frozen=True, slots=True)
class Computation:
    """The last one that was asked for: `done` of `total` dossiers and writings; `at` once it is over."""

    state: str
    done: int
    total: int
    at: dt.datetime | None

    @property
    def is_over(self) -> bool:
        return self.state == JobState.DONE

    @property
    def has_failed(self) -> bool:
        return self.state == JobState.FAILED


def computation_of(edition: Edition) -> Computation | None:
    """None when nothing was ever asked for; one query."""
    asked = Job.objects.filter(kind=KIND, key=str(edition.year)).order_by("-created_at", "-pk")
    row = asked.values_list("state", "progress", "total", "finished_at").first()
    return Computation(*row) if row else None
