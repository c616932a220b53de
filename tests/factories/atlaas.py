"""Collectivités and people for tests; every name is invented."""

import datetime as dt
from uuid import uuid4

import factory

from atlaas.models import (
    Affiliation,
    Collectivity,
    Departement,
    Enjeu,
    Family,
    Region,
    Service,
    Succession,
    User,
)
from atlaas.operations.sheet import publish, save, start
from atlaas.rules.text import fold, slug


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"9{n % 100:02}")
    name = factory.LazyAttribute(lambda region: f"Région {region.code}")
    slug = factory.LazyAttribute(lambda region: slug(region.name))
    sort_key = factory.LazyAttribute(lambda region: fold(region.name))
    zone = "metro"


class DepartementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"8{n % 100:02}")
    name = factory.LazyAttribute(lambda departement: f"Département {departement.code}")
    slug = factory.LazyAttribute(lambda departement: slug(departement.name))
    sort_key = factory.LazyAttribute(lambda departement: fold(departement.name))
    region = factory.SubFactory(RegionFactory)


class CommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Collectivity
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{n % 100_000:05}")
    kind = "commune"
    name = factory.LazyAttribute(lambda commune: f"Exempleville-{commune.code}")
    slug = factory.LazyAttribute(lambda commune: slug(commune.name))
    sort_key = factory.LazyAttribute(lambda commune: fold(commune.name))
    departement = factory.SubFactory(DepartementFactory)
    region = factory.LazyAttribute(lambda commune: commune.departement.region)
    population = 3000
    lon = 2.5
    lat = 47.0


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Collectivity
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{200_000_000 + n}")
    kind = "epci"
    nature = "CC"
    name = factory.LazyAttribute(lambda group: f"CC des Essais {group.code}")
    slug = factory.LazyAttribute(lambda group: slug(group.name))
    sort_key = factory.LazyAttribute(lambda group: fold(group.name))
    region = factory.SubFactory(RegionFactory)
    population = 20_000
    member_count = 2
    lon = 2.6
    lat = 47.1


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.test")
    name = "Camille Exemple"


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    user = factory.SubFactory(UserFactory)
    collectivity = factory.SubFactory(CommuneFactory)
    role = "responsable"


def agent_of(collectivity, role="responsable", **fields):
    """A person who has that role in the collectivité."""
    return AffiliationFactory(collectivity=collectivity, role=role, user=UserFactory(**fields)).user


def succeed(former, heir):
    """The former collectivité ended in the heir."""
    return Succession.objects.create(
        old_code=former.code, successor=heir, date=dt.date(2024, 1, 1), source="un arrêté"
    )


def an_enjeu(code="ESS", name="Enjeu d’essai"):
    family, _ = Family.objects.get_or_create(
        slug="famille-d-essai", defaults={"name": "Famille d’essai", "position": 1}
    )
    enjeu, _ = Enjeu.objects.get_or_create(
        code=code, defaults={"name": name, "slug": slug(name), "family": family, "position": 1}
    )
    return enjeu


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"SER-{n}")
    name = factory.LazyAttribute(lambda service: f"Le service d’essai {service.code}")
    position = factory.Sequence(lambda n: n)
    first_year = 2025
    enjeu = factory.LazyFunction(an_enjeu)


FACTS = {
    "title": "Un bus numérique dans les huit hameaux",
    "summary": "Deux après-midi par semaine, une médiatrice va là où il n’y a plus de guichet.",
    "text": "## Le besoin\n\nLe dernier guichet a fermé en 2022.",
}


def draft_sheet(collectivity=None, *, by=None, services=None, **facts):
    """A complete draft, made by the verbs that people use; `services` are `Service` rows (one is made when none is given)."""
    collectivity = collectivity or CommuneFactory()
    by = by or agent_of(collectivity)
    sheet = start(collectivity, by=by, draft_key=uuid4())
    codes = [service.code for service in services or [ServiceFactory()]]
    return save(sheet, by=by, version=sheet.version, facts=FACTS | facts, services=codes)


def published_sheet(collectivity=None, *, by=None, **facts):
    """A fiche that the public reads."""
    collectivity = collectivity or CommuneFactory()
    by = by or agent_of(collectivity)
    sheet = draft_sheet(collectivity, by=by, **facts)
    publish(sheet, by=by, version=sheet.version)
    sheet.refresh_from_db()
    return sheet
