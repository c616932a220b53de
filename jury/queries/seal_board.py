"""Where a palmarès stands between the sitting and the public, for the association's screen: no level, no score, no name."""

from dataclasses import dataclass
from datetime import datetime

from atlaas.choices import JobState
from atlaas.models import Job
from jury.choices import SittingState
from jury.models import Sitting
from jury.queries.seal import why_not_ready
from labels.models import Edition, Seal, StatisticsRun
from labels.queries.clock import now
from labels.queries.seal import seal_of
from labels.rules.publication_hour import why_hour_stands

AT_WORK = (JobState.PENDING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the stages, in their order; `at` is when it was reached, or will be."""

    name: str
    is_done: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """`why` is what keeps it from being sealed, as a sentence; `job` waits or runs; `failed` is the error of the last try."""

    steps: tuple[Step, ...]
    seal: Seal | None
    why: str
    why_hour: str
    job: Job | None
    failed: str

    @property
    def current(self) -> str:
        """The name of the first stage that is not reached."""
        return next((one.name for one in self.steps if not one.is_done), "")


def board_of(edition: Edition) -> Board:
    """A dozen queries at most, whatever the number of dossiers."""
    sitting = Sitting.objects.select_related("edition__rulebook").filter(edition=edition).first()
    seal = seal_of(edition)
    why = "" if seal else why_not_ready(sitting)
    jobs = Job.objects.filter(kind="seal", key__startswith=f"{edition.year}:").order_by("-pk")
    last = None if seal else jobs.first()
    return Board(
        steps=_steps(edition, sitting, seal, is_signed=not why),
        seal=seal,
        why=why,
        why_hour=why_hour_stands(
            is_sealed=seal is not None,
            published_at=edition.published_at,
            publish_at=edition.publish_at,
            now=now(),
        ),
        job=last if last and last.state in AT_WORK else None,
        failed=last.error if last and last.state == JobState.FAILED else "",
    )


def _steps(
    edition: Edition, sitting: Sitting | None, seal: Seal | None, *, is_signed: bool
) -> tuple[Step, ...]:
    closed = sitting is not None and sitting.state == SittingState.CLOSED
    run = StatisticsRun.objects.filter(edition=edition).first()
    return (
        Step("Séance close", closed, sitting.closed_at if sitting else None),
        Step("Procès-verbal signé", is_signed),
        Step("Statistiques calculées", run is not None, run.computed_at if run else None),
        Step("Palmarès scellé", seal is not None, seal.sealed_at if seal else None),
        Step("Heure fixée", edition.publish_at is not None, edition.publish_at),
        Step("Palmarès public", edition.published_at is not None, edition.published_at),
    )
