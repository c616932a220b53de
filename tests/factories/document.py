"""A collectivité that has something to lay out: fiches on the real référentiel, similar ones, a past, an adhésion."""

import datetime as dt
from itertools import islice

from django.conf import settings
from django.utils import timezone

from atlaas.models import Service
from atlaas.operations.referential import import_referential
from labels.models import MemberDocument
from tests.factories.atlaas import CommuneFactory, DepartementFactory, RegionFactory, agent_of
from tests.factories.campaign import SubscriptionFactory, open_edition
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.renewal import past_sheets

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


def fill(town, *enjeux, each=None, at=None):
    """A living fiche for each of these services."""
    for rank, service in enumerate(services_of(*enjeux, each=each)):
        title = f"{TITLES[rank % len(TITLES)]} ({rank + 1})"
        past_sheets(
            1, town, at=at or timezone.now() - dt.timedelta(days=20 + rank), service=service, title=title
        )
    return town


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
