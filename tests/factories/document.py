"""A collectivité that has something to lay out: fiches on the real référentiel, similar ones, a past, an adhésion."""

import datetime as dt
from itertools import islice

from django.conf import settings
from django.utils import timezone

from atlaas.choices import RevisionKind
from atlaas.models import Revision, Service, Sheet
from atlaas.operations.publication import project
from atlaas.operations.referential import import_referential
from atlaas.queries.sheet import plain
from atlaas.rules.sheet import FACTS as TOLD
from atlaas.rules.sheet import digest
from labels.models import MemberDocument
from tests.factories.atlaas import FACTS, CommuneFactory, DepartementFactory, RegionFactory, agent_of
from tests.factories.campaign import SubscriptionFactory, open_edition
from tests.factories.labels import AwardFactory, EditionFactory

REFERENTIAL = settings.BASE_DIR / "atlaas" / "data" / "referential_2025.csv"
TITLES = (
    "Un bus numérique dans les huit hameaux",
    "Le guichet des démarches, ouvert le samedi matin",
    "Des ordinateurs remis à neuf par les lycéens",
    "La salle du conseil filmée et sous-titrée",
    "Un atelier pour les parents d’élèves",
)


def services_of(*enjeux, each=None):
    """The services of these enjeux (by rank in the référentiel), the first `each` of them."""
    if not Service.objects.filter(first_year=2025, code__contains="-").exists():
        import_referential(REFERENTIAL, year=2025)
    rows = Service.objects.order_by("enjeu__family__position", "enjeu__position", "position")
    by_enjeu = {}
    for one in rows.select_related("enjeu"):
        by_enjeu.setdefault(one.enjeu.name, []).append(one)
    shelves = list(by_enjeu.values())
    return [service for rank in enjeux for service in islice(shelves[rank], each)]


def fill(town, *enjeux, each=None):
    """A living fiche for each of these services, published these last weeks."""
    services = services_of(*enjeux, each=each)
    titles = [f"{TITLES[rank % len(TITLES)]} ({rank + 1})" for rank, _ in enumerate(services)]
    facts = FACTS | {"lon": town.lon, "lat": town.lat, "state": "published", "published_version": 1}
    sheets = Sheet.objects.bulk_create(
        Sheet(collectivity=town, **facts | {"title": title}) for title in titles
    )
    links = zip(sheets, services, strict=True)
    Sheet.services.through.objects.bulk_create(
        Sheet.services.through(sheet=sheet, service=service) for sheet, service in links
    )
    Revision.objects.bulk_create(
        _revision(sheet, service, rank)
        for rank, (sheet, service) in enumerate(zip(sheets, services, strict=True))
    )
    project([one.pk for one in sheets])
    return town


def _revision(sheet, service, rank):
    content = {name: plain(getattr(sheet, name)) for name in TOLD}
    content |= {"services": [service.code], "attachments": [], "inspired_by": None}
    at = timezone.now() - dt.timedelta(days=20 + rank)
    return Revision(
        sheet=sheet, number=1, kind=RevisionKind.PUBLICATION, content=content, digest=digest(content), at=at
    )


def a_member(year=None, **facts):
    """A commune with its adhésion of the year."""
    region = RegionFactory(code="28", name="Normandie")
    departement = DepartementFactory(code="14", name="Calvados", region=region)
    facts = {"name": "Fleury-sur-Exemple", "population": 4780, "departement": departement} | facts
    town = CommuneFactory(**facts)
    SubscriptionFactory(collectivity=town, year=year or timezone.localdate().year)
    return town


def a_rich_member():
    """One whose four documents are full: two editions won, one open, twelve similar ones, people and fiches."""
    town = fill(a_member(), 0, 1, 3, 5, 7, 9, each=7)
    fill(town, 2, 12, each=2)
    for rank in range(12):
        fill(CommuneFactory(population=4000 + rank), 0, 4, 11, each=2 + rank % 4)
    for year, level in ((2021, 2), (2023, 3), (2025, 4)):
        published = dt.datetime(year, 2, 6, tzinfo=dt.UTC)
        edition = EditionFactory(year=year, published_at=published)
        AwardFactory(edition=edition, collectivity=town, level=level)
    open_edition()
    for role in ("responsable", "valideur", "contributeur", "contributeur"):
        agent_of(town, role)
    return town


def stored(town, **facts):
    """A document that was asked, and not made yet."""
    now = timezone.now()
    facts = {"kind": "note", "asked": {"chapters": ["mosaique"]}, "asked_at": now} | facts
    return MemberDocument.objects.create(
        collectivity=town, **{"kept_until": facts["asked_at"] + dt.timedelta(days=30)} | facts
    )
