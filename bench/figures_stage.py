"""Make the laureates and the dossiers of two editions, then compute the statistics of the second one."""

# isort: off
from atlaas.project import wsgi  # noqa: F401 (sets Django up as the web server does)
# isort: on

import argparse
import os
import resource
import time
from collections.abc import Iterator
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone

from atlaas.choices import CollectivityKind, Zone
from atlaas.models import Collectivity, Departement, Enjeu, Family, Region, Service
from labels.choices import CandidacyState, Category, Coverage
from labels.models import Award, Candidacy, Edition, Rulebook, Snapshot, StatisticsRun
from labels.operations.statistics import recompute
from labels.rules.snapshot import canonical, sha256

YEAR = 2197
REGIONS, SERVICES, PER_ENJEU = 17, 144, 9
TEXT = (
    "Une action menée avec les habitants, racontée en quelques lignes. " * 30
)  # some 2,000 signs, as a fiche has


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, required=True)
    parser.add_argument("--sheets", type=int, required=True)
    parser.add_argument("--budget", type=int, required=True)
    asked = parser.parse_args()
    per_dossier = -(-asked.sheets // asked.dossiers)
    towns = _country(asked.dossiers)
    for year in (YEAR - 1, YEAR):
        _edition(year, towns, per_dossier)
    start, worked = time.perf_counter(), time.process_time()
    recompute(str(YEAR))
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    late = " !" if seconds > asked.budget else ""
    print(
        f"statistics, {asked.dossiers} dossiers × {per_dossier * asked.dossiers} fiches beside those of the year before: "
        f"{seconds:.2f} s, of which {worked:.2f} s of work here (budget {asked.budget} s{late}), {memory:.0f} MB, load {os.getloadavg()[0]:.1f}, "
        f"SHA-256 {StatisticsRun.objects.get(edition__year=YEAR).digest[:12]}",
        flush=True,
    )


def _country(number: int) -> list[Collectivity]:
    family = Family.objects.create(name="Famille", slug="famille", position=1)
    enjeux = [
        Enjeu.objects.create(
            code=f"E{at:02}", name=f"Enjeu {at}", slug=f"enjeu-{at}", family=family, position=at
        )
        for at in range(SERVICES // PER_ENJEU)
    ]
    Service.objects.bulk_create(
        Service(
            code=f"S{at:03}",
            name=f"Service {at}",
            enjeu=enjeux[at // PER_ENJEU],
            position=at,
            first_year=2000,
        )
        for at in range(SERVICES)
    )
    places = [_departement(at) for at in range(REGIONS)]
    return Collectivity.objects.bulk_create(_town(at, places[at % REGIONS]) for at in range(number))


def _departement(at: int) -> Departement:
    name = f"Région {at}"
    region = Region.objects.create(
        code=f"{at:02}", name=name, slug=f"region-{at}", sort_key=f"region {at:02}", zone=Zone.METRO
    )
    return Departement.objects.create(
        code=f"{at:02}", name=name, slug=f"d-{at}", sort_key=f"d {at:02}", region=region
    )


def _town(at: int, place: Departement) -> Collectivity:
    return Collectivity(
        code=f"{at:05}",
        kind=CollectivityKind.COMMUNE,
        name=f"Commune {at}",
        slug=f"commune-{at}",
        sort_key=f"commune {at:05}",
        region=place.region,
        departement=place,
        population=1000 + at,
    )


def _edition(year: int, towns: list[Collectivity], per_dossier: int) -> None:
    edition = Edition.objects.create(year=year, coverage=Coverage.COMPLETE, is_demo=True)
    Rulebook.objects.create(edition=edition)
    Award.objects.bulk_create(
        Award(edition=edition, collectivity=town, category=Category.VILLE, level=1 + at % 5)
        for at, town in enumerate(towns)
    )
    candidacies = Candidacy.objects.bulk_create(
        Candidacy(edition=edition, collectivity=town, category=Category.VILLE) for town in towns
    )
    for start in range(0, len(towns), 100):
        some = list(_snapshots(candidacies[start : start + 100], year, start, per_dossier))
        Snapshot.objects.bulk_create(some)
    filed = dict(Snapshot.objects.filter(candidacy__edition=edition).values_list("candidacy", "pk"))
    for one in candidacies:
        one.filed_id, one.state = filed[one.pk], CandidacyState.FILED
    Candidacy.objects.bulk_update(candidacies, ["filed", "state"], batch_size=500)


def _snapshots(candidacies: list[Candidacy], year: int, start: int, number: int) -> Iterator[Snapshot]:
    """One fiche in five is new each year, one in seven is told anew."""
    for at, candidacy in enumerate(candidacies, start):
        shift = (number // 5) * (year - YEAR + 1)
        sheets = [_sheet(at, rank + shift, year) for rank in range(number)]
        document = canonical({"format": 1, "sheets": sheets})
        yield Snapshot(
            candidacy=candidacy,
            rank=1,
            number=f"{year}-{at:05}",
            document=document,
            sha256=sha256(document),
            arrived_at=timezone.now(),
        )


def _sheet(town: int, rank: int, year: int) -> dict[str, object]:
    key = uuid5(NAMESPACE_OID, f"{town}-{rank}")
    told = year if rank % 7 == 0 else 0
    services = [f"S{(town + rank * 5) % SERVICES:03}", f"S{(town * 3 + rank) % SERVICES:03}"]
    content = {"title": f"Action {rank}", "text": f"{TEXT}{told}", "services": services, "is_running": True}
    return {"id": key, "revision": 1, "at": "", "digest": sha256(f"{key}{told}"), "content": content}


if __name__ == "__main__":
    main()
