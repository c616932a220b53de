"""Collectivités and people for tests; every name is invented."""

import factory

from atlaas.models import Collectivity, Departement, Region, User
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
