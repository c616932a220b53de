"""What machines read of a page, in the words of schema.org (values for the tag `json_ld`)."""

from collections.abc import Iterable

from django.urls import reverse

from atlaas.models import Region
from labels.models import Edition
from labels.queries.line import Line

LABEL = "Territoires, Villes et Villages Internet"
CONTEXT = "https://schema.org"
FILES = (
    ("palmares-csv", "text/csv"),
    ("api-palmares", "application/json"),
    ("api-palmares-map", "application/geo+json"),
)


def _named(name: str, edition: Edition) -> str:
    """A name, which says of an invented edition that it is."""
    return f"{name} (démonstration)" if edition.is_demo else name


def _download(edition: Edition, origin: str, name: str, kind: str) -> dict[str, object]:
    url = origin + reverse(name, args=[edition.year])
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url}


def dataset(edition: Edition, origin: str) -> dict[str, object]:
    """The palmarès as open data, with the files and the API that give it."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": _named(f"Palmarès {edition.year} du label « {LABEL} »", edition),
        "description": f"Collectivités lauréates de l’édition {edition.year}, avec niveau en arobases, titres et mentions.",
        "url": origin + edition.get_absolute_url(),
        "inLanguage": "fr",
        "temporalCoverage": str(edition.year),
        "spatialCoverage": "France",
        "distribution": [_download(edition, origin, name, kind) for name, kind in FILES],
    }


def item_list(edition: Edition, region: Region, found: Iterable[Line], origin: str) -> dict[str, object]:
    """The laureates of a région, in the order of the page."""
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "name": _named(f"Lauréats {edition.year} en région {region.name}", edition),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": line.name, "url": origin + line.url}
            for position, line in enumerate(found, start=1)
        ],
    }


def website(origin: str) -> dict[str, object]:
    """The site and how to search it."""
    target = f"{origin}{reverse('collectivity-list')}?q={{nom}}"
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Atlaas",
        "url": origin + reverse("home"),
        "inLanguage": "fr",
        "potentialAction": {"@type": "SearchAction", "target": target, "query-input": "required name=nom"},
    }
