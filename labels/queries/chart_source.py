"""What the charts of an edition are made of, read once for all of them."""

from dataclasses import dataclass
from functools import cached_property

from atlaas.rules.text import french
from labels.models import Edition
from labels.queries.coverage import Covered, covered_enjeux, covered_services
from labels.queries.statistics import EditionStatistics, Figures

INVENTED = french("Ces fiches sont inventées pour la démonstration.")


@dataclass(frozen=True)
class Source:
    """An edition with its statistics, and who reads."""

    edition: Edition
    statistics: EditionStatistics
    user: object

    @cached_property
    def france(self) -> Figures:
        return self.statistics.figures()

    @cached_property
    def enjeux(self) -> list[Covered]:
        return covered_enjeux(self.edition)

    @cached_property
    def services(self) -> list[Covered]:
        return covered_services(self.edition)

    @property
    def note(self) -> str:
        """What must be said beside any figure of fiches."""
        return f" {INVENTED}" if self.edition.is_demo else ""
