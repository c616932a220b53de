"""What surrounds the load of `bench.deadline`: people and dossiers before, the comparison with what is stored after."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlaas.project.settings")
django.setup()

from django.test import Client  # noqa: E402 (Django has to be set up)
from django.urls import reverse  # noqa: E402

from atlaas.models import (  # noqa: E402
    Affiliation,
    Collectivity,
    Departement,
    Enjeu,
    Family,
    Region,
    Service,
    Sheet,
    User,
)
from atlaas.operations import sheet as fiche  # noqa: E402
from bench.times import percentile  # noqa: E402
from bench.workspace import _Form as Form  # noqa: E402
from labels.models import Candidacy, Edition, Rulebook, Snapshot, Subscription  # noqa: E402
from labels.queries.clock import now  # noqa: E402
from labels.rules.snapshot import sha256  # noqa: E402

YEAR = 2100
BUDGET = 500  # milliseconds, p95
FICHES = 10  # of each candidate
FACTS = {"title": "Une action", "summary": "En une phrase.", "text": "Le besoin. " * 200, "is_running": True}
PEOPLE = {
    "elected_name": "Exemple",
    "elected_function": "Maire",
    "agent_name": "Exemple",
    "agent_function": "Secrétaire",
    "contact_email": "mairie@demo.example",
    "mayor_word": "Un mot.",
}


def prepare(path: Path, sessions: int, filings: int) -> None:
    service, edition = _ground()
    departement = Departement.objects.get()
    typing, filing = [], []
    for rank in range(max(sessions, filings)):
        town = Collectivity.objects.create(
            code=f"{rank + 10_000:05}",
            kind="commune",
            name=f"Mesure {rank}",
            slug=f"mesure-{rank}",
            sort_key=f"mesure {rank}",
            departement=departement,
            region=departement.region,
            population=3000,
        )
        person = User.objects.create_user(f"mesure-{rank}@demo.example", None, name="Mesure", is_demo=True)
        Affiliation.objects.create(user=person, collectivity=town, role="responsable")
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        if rank < filings:
            filing.append(_dossier(edition, town, person, service) | _signed(client, rank))
        if rank < sessions:
            typing.append(_draft(client, town, person) | _signed(client, rank))
    path.write_text(json.dumps({"sessions": typing, "filings": filing}))


def _ground() -> tuple[Service, Edition]:
    region = Region.objects.create(code="11", name="Région", slug="region", sort_key="region", zone="metro")
    Departement.objects.create(code="77", name="Département", slug="dep", sort_key="dep", region=region)
    family = Family.objects.create(slug="famille", name="Famille", position=1)
    enjeu = Enjeu.objects.create(code="E", name="Enjeu", slug="enjeu", family=family, position=1)
    service = Service.objects.create(code="S", name="Service", position=1, first_year=2025, enjeu=enjeu)
    day = timedelta(days=1)
    edition = Edition.objects.create(
        year=YEAR,
        coverage="complete",
        is_demo=True,
        opens_at=now() - day,
        closes_at=now() + day,
        referential_year=2025,
    )
    Rulebook.objects.create(edition=edition)
    return service, edition


def _signed(client: Client, rank: int) -> dict[str, object]:
    return {"id": rank, "cookie": client.cookies[settings.SESSION_COOKIE_NAME].value}


def _dossier(edition: Edition, town: Collectivity, person: User, service: Service) -> dict[str, str]:
    for _ in range(FICHES):
        draft = fiche.start(town, by=person, draft_key=uuid4())
        draft = fiche.save(draft, by=person, version=draft.version, facts=FACTS, services=[service.code])
        fiche.publish(draft, by=person, version=draft.version)
    Subscription.objects.create(collectivity=town, year=YEAR, status="active")
    Candidacy.objects.create(edition=edition, collectivity=town, category="ville", **PEOPLE)
    return {"address": reverse("candidacy-file", args=[town.code, YEAR])}


def _draft(client: Client, town: Collectivity, person: User) -> dict[str, object]:
    draft = fiche.start(town, by=person, draft_key=uuid4())
    place = [town.code, draft.pk]
    values = Form(client.get(reverse("sheet-edit", args=place)).content.decode()).values
    values.pop("csrfmiddlewaretoken")  # the load sends its own, in a header
    return {"values": values, "sheet": str(draft.pk), "address": reverse("sheet-autosave", args=place)}


def compare(path: Path) -> int:
    told = json.loads(path.read_text())
    saves = [one for one in told["answers"] if one["kind"] == "save"]
    filings = [one for one in told["answers"] if one["kind"] == "file"]
    lost = _lost_saves(told["sessions"], saves) + _lost_filings([one for one in filings if one["filed"]])
    for name, rows in (("saves", saves), ("filings", filings)):
        times = sorted(one["ms"] for one in rows)
        refused = sum(one["status"] not in {200, 302} or one.get("filed") is False for one in rows)
        figures = f"p50 {percentile(times, 0.5):6.0f} ms  p95 {percentile(times, 0.95):6.0f} ms"
        print(f"{name:8} {len(rows):5} asked  {refused:3} not taken  {figures}  (budget {BUDGET})")
        print(f"         p95 of each ten seconds: {_by_part(rows)}")
    statuses = sorted({one["status"] for one in told["answers"]} - {200, 302})
    print(f"other answers than 200 and 302: {statuses or 'none'}")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"acknowledged and lost: {lost}; load of the machine {load} on {os.cpu_count()} cores")
    return 1 if lost else 0


def _by_part(rows: list[dict]) -> str:
    """The first ones hold the warming up of the server's threads."""
    parts = sorted({one["part"] for one in rows})
    times = [sorted(one["ms"] for one in rows if one["part"] == part) for part in parts]
    return ", ".join(f"{percentile(one, 0.95):.0f} ms" for one in times)


def _lost_saves(sessions: list[dict], saves: list[dict]) -> int:
    """The last text of each person that was acknowledged is the one stored (what came after may be stored too)."""
    stored = {str(pk): text for pk, text in Sheet.objects.values_list("pk", "text")}
    lost = 0
    for session in sessions:
        mine = [one for one in saves if one["id"] == session["id"]]
        kept = [n for n, one in enumerate(mine) if one["status"] == 200]
        later = [one["text"] for one in mine[kept[-1] :]] if kept else []
        lost += bool(kept) and stored[session["sheet"]] not in later
    return lost


def _lost_filings(filed: list[dict]) -> int:
    """Each receipt has its snapshot, whole."""
    rows = Snapshot.objects.values_list("candidacy__collectivity__code", "document", "sha256")
    whole = {code for code, document, digest in rows if sha256(document) == digest}
    return sum(f"{one['id'] + 10_000:05}" not in whole for one in filed)


def main(verb: str, path: str, *counts: str) -> int:
    if verb == "prepare":
        prepare(Path(path), *map(int, counts))
        return 0
    return compare(Path(path))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
