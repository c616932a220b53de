"""sitemap.xml: an index and its sections, each far below the 50,000 addresses a file may hold (longer ones are cut)."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from atlaas.models import Collectivity, Region
from labels.models import Award, Edition
from labels.queries.edition import latest_complete

PAGES = (
    "home",
    "palmares-list",
    "collectivity-list",
    "referential",
    "accessibility",
    "data",
    "legal",
)


class Pages(Sitemap):
    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class Palmares(Sitemap):
    def items(self) -> QuerySet[Edition]:
        return Edition.objects.visible_to(None)


class Statistics(Sitemap):
    def items(self) -> QuerySet[Edition]:
        return Edition.objects.visible_to(None).filter(statistics_run__isnull=False)

    def location(self, item: Edition) -> str:
        return reverse("statistics", args=[item.year])


class Regions(Sitemap):
    """Régions with a laureate in the latest complete palmarès."""

    def items(self) -> list[tuple[int, Region]]:
        edition = latest_complete(None)
        if edition is None:
            return []
        won = Award.objects.laureates().filter(edition=edition, collectivity__region=OuterRef("pk"))
        return [(edition.year, region) for region in Region.objects.filter(Exists(won))]

    def location(self, item: tuple[int, Region]) -> str:
        year, region = item
        return reverse("palmares-region", kwargs={"year": year, "slug": region.slug})


class Labelled(Sitemap):
    """Collectivités that ever won, as far as is known."""

    def items(self) -> QuerySet[Collectivity]:
        won = Award.objects.visible_to(None).filter(collectivity=OuterRef("pk"))
        return Collectivity.objects.current().filter(Exists(won)).only("code", "slug")


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages,
    "palmares": Palmares,
    "statistiques": Statistics,
    "regions": Regions,
    "collectivites": Labelled,
}


@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    return views.index(request, sitemaps=SECTIONS, sitemap_url_name="sitemap-section")


@login_not_required
def section(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(request, sitemaps=SECTIONS, section=section)
