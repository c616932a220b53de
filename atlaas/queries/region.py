from atlaas.models import Region
from atlaas.queries.contour import contours


def neighbours_of(region: Region) -> list[Region]:
    """The régions that share a border with one, in alphabetical order; none for an island."""
    codes = contours().neighbours(region.code)
    return list(Region.objects.filter(code__in=codes)) if codes else []
