"""The demonstration's edition at one stage or another: erased, then made again, in one transaction.

Killed in the middle, it leaves what stood before; another edition is refused before anything goes.
"""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from jury.operations.demo import organiser, seat_jury
from jury.operations.demo_sitting import hold
from jury.operations.seal import seal
from labels.models import Edition
from labels.operations import demo_campaign
from labels.operations.demo_corpus import DOSSIERS, TAKING_PART
from labels.operations.demo_erasure import erase
from labels.operations.publication_hour import publish_now

Step = Callable[[Edition, int], None]


@transaction.atomic
def rebuild(
    stage: str, *, year: int | None = None, dossiers: int = DOSSIERS, outside_demo: bool = False
) -> Edition:
    """Bring the edition that the demonstration's jury reads to a stage of `STAGES`; `Refused` for any other edition.

    `dossiers` is how many the jury reads.
    """
    real = demo_campaign.ground(outside_demo=outside_demo)
    own = demo_campaign.judged_year(real)
    stands = Edition.objects.filter(year=own).first()
    if year not in {None, own} or (stands is not None and not stands.is_demo):
        raise Refused(
            french(f"L’édition {year or own} n’est pas celle de la démonstration : rien n’a été effacé.")
        )
    if stands is not None:
        erase(stands)
    for step in STAGES[stage]:
        step(real, dossiers)
    return demo_campaign.judged_edition(real)


def to_campaign(real: Edition, _dossiers: int) -> None:
    """Open, with dossiers in every state; nobody judges yet."""
    demo_campaign.seed_reopened(real, TAKING_PART)
    _require_candidacies(real)


def to_jury(real: Edition, dossiers: int) -> None:
    """Closed, read and scored: ready to sit."""
    demo_campaign.seed_closed(real, dossiers)
    _require_candidacies(real)
    seat_jury(demo_campaign.judged_edition(real))


def to_sealed(real: Edition, _dossiers: int) -> None:
    """The sitting was held and closed, the minutes signed, the palmarès sealed: its digest is public, and nothing else."""
    edition = demo_campaign.judged_edition(real)
    hold(edition)
    seal(edition, by=organiser())


def to_published(real: Edition, _dossiers: int) -> None:
    """The palmarès is public."""
    publish_now(demo_campaign.judged_edition(real), by=organiser())


STAGES: Mapping[str, Sequence[Step]] = {
    "campaign": (to_campaign,),
    "jury": (to_jury,),
    "sealed": (to_jury, to_sealed),
    "published": (to_jury, to_sealed, to_published),
}


def _require_candidacies(real: Edition) -> None:
    """Without fiches nobody takes part: what stands is better than an empty edition."""
    if not demo_campaign.judged_edition(real).candidacies.exists():
        raise Refused("Les fiches inventées ne sont pas encore là : laissez la démonstration les écrire.")
