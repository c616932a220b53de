"""Print the table of `make bench`: every line is one page or resource of the latest complete edition."""

import argparse
import os
import platform

from atlaas.project import wsgi  # noqa: F401 (sets Django up as the web server does)

# isort: split
from django.test import Client

from atlaas.models import Collectivity, Service
from bench.measure import cost
from labels.models import Award, Edition


def addresses() -> list[tuple[str, str]]:
    edition = Edition.objects.filter(coverage="complete", published_at__isnull=False).latest("year")
    busiest = edition.awards.filter(collectivity__kind="epci").first() or edition.awards.first()
    region = edition.awards.select_related("collectivity__region").order_by("pk").last().collectivity.region
    ten = edition.awards.filter(is_ten=True).select_related("collectivity").first()
    return [
        ("home", "/"),
        ("palmarès", f"/palmares/{edition.year}/"),
        ("palmarès, filtered", f"/palmares/{edition.year}/?region={region.slug}"),
        ("région", f"/palmares/{edition.year}/regions/{region.slug}/"),
        ("collectivité (TEN)", ten.collectivity.get_absolute_url()),
        ("collectivité (EPCI)", busiest.collectivity.get_absolute_url()),
        ("search", "/collectivites/?q=villeneuve"),
        ("search, misspelt", "/collectivites/?q=vilneuve%20dask"),
        ("référentiel", "/referentiel/"),
        ("statistiques", f"/statistiques/{edition.year}/"),
        ("API list", "/api/v1/collectivites/"),
        ("API list, by name", "/api/v1/collectivites/?q=fleury"),
        ("API palmarès", f"/api/v1/palmares/{edition.year}/"),
        ("GeoJSON", f"/api/v1/palmares/{edition.year}/carte.geojson"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    print(
        f"{Collectivity.objects.count()} collectivités, {Award.objects.count()} awards, {Service.objects.count()} services; "
        f"{rounds} requests each, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(f"{'':22}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'wire kB':>9}{'plain kB':>10}")
    client = Client(headers={"host": "localhost"})
    for name, address in addresses():
        one = cost(client, address, rounds=rounds)
        print(
            f"{name:22}{one.p50:8.1f}{one.p95:8.1f}{one.queries:9d}{one.wire / 1000:9.1f}{one.plain / 1000:10.1f}"
        )


if __name__ == "__main__":
    main()
