from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Prefetch

from atlaas.models import Enjeu, Family, Service


@dataclass(frozen=True)
class Referential:
    """The référentiel of one edition; counts are of what that edition knows."""

    year: int
    families: Sequence[Family]
    enjeux: int
    attested_enjeux: int
    services: int
    attested_services: int


def latest_referential_year() -> int | None:
    """The year of the newest version, or none when nothing was loaded."""
    year: int | None = Service.objects.aggregate(year=Max("first_year"))["year"]
    return year


def referential(year: int) -> Referential:
    """Familles › enjeux › services (`family.listed`, `enjeu.listed`), in their order, in three queries."""
    services = Prefetch("services", Service.objects.of_year(year), to_attr="listed")
    enjeux = Prefetch("enjeux", Enjeu.objects.prefetch_related(services), to_attr="listed")
    families = list(Family.objects.prefetch_related(enjeux))
    every_enjeu = [enjeu for family in families for enjeu in family.listed]
    every_service = [service for enjeu in every_enjeu for service in enjeu.listed]
    return Referential(
        year=year,
        families=families,
        enjeux=len(every_enjeu),
        attested_enjeux=sum(enjeu.is_attested for enjeu in every_enjeu),
        services=len(every_service),
        attested_services=sum(service.is_attested for service in every_service),
    )
