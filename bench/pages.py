"""What is measured: public pages and resources, each with its budget in milliseconds (p95)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count

from atlaas.models import Collectivity, Enjeu, PublicSheet, Service
from labels.models import Edition

MANY = 100_000  # fiches from which the budgets of 300,000 hold
FRANCE = "-5.5,41.2,10,51.3"
LILLE = "2.9,50.5,3.3,50.8"


@dataclass(frozen=True)
class Page:
    name: str
    address: str
    budget: int


def label_pages(edition: Edition) -> list[Page]:
    """Pages and resources of the palmarès."""
    busiest = edition.awards.filter(collectivity__kind="epci").first() or edition.awards.first()
    region = edition.awards.select_related("collectivity__region").order_by("pk").last().collectivity.region
    ten = edition.awards.filter(is_ten=True).select_related("collectivity").first()
    year = edition.year
    told = [
        ("home", "/"),
        ("palmarès", f"/palmares/{year}/"),
        ("palmarès, filtered", f"/palmares/{year}/?region={region.slug}"),
        ("région", f"/palmares/{year}/regions/{region.slug}/"),
        ("collectivité (TEN)", ten.collectivity.get_absolute_url()),
        ("collectivité (EPCI)", busiest.collectivity.get_absolute_url()),
        ("search", "/collectivites/?q=villeneuve"),
        ("search, misspelt", "/collectivites/?q=vilneuve%20dask"),
        ("référentiel", "/referentiel/"),
        ("statistiques", f"/statistiques/{year}/"),
        ("API list", "/api/v1/collectivites/"),
        ("API list, by name", "/api/v1/collectivites/?q=fleury"),
        ("API palmarès", f"/api/v1/palmares/{year}/"),
        ("GeoJSON", f"/api/v1/palmares/{year}/carte.geojson"),
    ]
    return [Page(name, address, 60) for name, address in told]


def fiche_pages(number: int) -> list[Page]:
    """Search, map, fiches and their API; `number` is how many fiches the public reads."""
    many = number > MANY
    page, text, lists = (120, 200, 600) if many else (60, 120, 120)
    shown = PublicSheet.objects.order_by("-updated_at", "pk")[number // 2]
    source = (
        PublicSheet.objects.filter(inspired_by=None)
        .annotate(n=Count("sheet__inspired"))
        .order_by("-n", "pk")[0]
    )
    enjeu, service = Enjeu.objects.get(code="MED"), Service.objects.get(code="MED-07")
    region = shown.region.slug
    return [
        *(Page(f"search: {name}", _search(words), text) for name, words in SEARCHES.items()),
        Page("search: text in a région", _search({"q": "médiation", "region": region}), text),
        Page("facets of a text", _search({"q": "numérique"}, "facettes/"), lists),
        Page("facets of everything", _search({}, "facettes/"), lists),
        Page("list without a text", _search({}), page),
        Page("list of an enjeu and a région", _search({"enjeu": enjeu.slug, "region": region}), page),
        Page("Atom feed", _search({}, "flux.atom"), page),
        Page("map, France", _points(FRANCE, 6), page),
        Page("map, Lille", _points(LILLE, 12), page),
        Page("map, text", _points(FRANCE, 6, q="médiathèque"), text),
        Page("map page", "/carte/", page),
        Page("fiche", shown.get_absolute_url(), page),
        Page("fiche, its versions", f"{shown.get_absolute_url()}versions/", page),
        Page("fiche, its spread", f"{source.get_absolute_url()}diffusion/", page),
        Page("enjeu", f"/referentiel/{enjeu.slug}/", page),
        Page("service", f"/referentiel/services/{service.code}/", page),
        Page("API list of fiches", "/api/v1/fiches/", page),
        Page("API list of fiches, text", "/api/v1/fiches/?" + urlencode({"q": "médiation"}), text),
        Page("API fiche", f"/api/v1/fiches/{shown.pk}/", page),
        Page("GeoJSON of fiches", "/api/v1/fiches.geojson", page),
        Page("collectivité with most fiches", busiest_town().get_absolute_url(), page),
    ]


# What people type: a common word, accents left out, several words, an exact phrase, a word that is not there.
SEARCHES = {
    "one word": {"q": "numérique"},
    "no accents": {"q": "mediatheque"},
    "several words": {"q": "ateliers pour les seniors"},
    "exact phrase": {"q": '"budget des habitants"'},
    "nothing found": {"q": "hélicoptère"},
    "by date": {"q": "école", "tri": "date"},
    "one year, running": {"q": "cantine", "annee": "2025", "encours": "oui"},
}


def busiest_town() -> Collectivity:
    return Collectivity.objects.annotate(n=Count("public_sheets")).order_by("-n", "pk")[0]


def _search(words: dict[str, str], under: str = "") -> str:
    return f"/fiches/{under}?{urlencode(words)}"


def _points(bbox: str, zoom: int, **words: str) -> str:
    return f"/carte/points.json?{urlencode({'bbox': bbox, 'zoom': zoom, **words})}"
