from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from atlaas.models import Region
from atlaas.queries.region import neighbours_of
from atlaas.views.context import site
from labels.choices import Category, Coverage
from labels.models import Edition
from labels.queries import statistics
from labels.queries.line import Line, lines
from labels.queries.map import region_map
from labels.queries.palmares import PalmaresFilter, filtered
from labels.views.linked_data import item_list


@login_not_required
@require_safe
def detail(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One région in a palmarès that is known whole: of the others nothing can be said région by région."""
    editions = Edition.objects.visible_to(request.user).filter(coverage=Coverage.COMPLETE)
    edition = get_object_or_404(editions, year=year)
    region = get_object_or_404(Region, slug=slug)
    found = lines(filtered(edition, PalmaresFilter(region=slug), request.user))
    words = {
        "edition": edition,
        "region": region,
        "figures": statistics.figures(edition, region=region),
        "total": len(found),
        "sections": _by_category(found),
        "has_doubt": any(not line.level_is_certain for line in found),
        "panel": region_map(region, found),
        "neighbours": neighbours_of(region),
        "json_ld": item_list(edition, region, found, str(site(request)["origin"])),
    }
    return render(request, "labels/region/detail.html", words)


def _by_category(found: list[Line]) -> list[tuple[Category, list[Line]]]:
    order = list(Category.values)
    ordered = sorted(found, key=lambda line: order.index(line.category))
    return [
        (Category(category), list(group))
        for category, group in groupby(ordered, key=lambda line: line.category)
    ]
