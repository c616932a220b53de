"""Editions and awards for tests; every award is invented."""

import datetime as dt

import factory

from labels.models import Award, Edition, Mention, MentionTheme, Rulebook
from tests.factories.atlaas import CommuneFactory

PUBLISHED = dt.datetime(2025, 2, 6, tzinfo=dt.UTC)


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition
        django_get_or_create = ("year",)
        skip_postgeneration_save = True

    year = 2025
    coverage = "complete"
    published_at = PUBLISHED
    rulebook = factory.RelatedFactory(
        "tests.factories.labels.RulebookFactory", factory_related_name="edition"
    )


class RulebookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rulebook
        django_get_or_create = ("edition",)

    edition = factory.SubFactory(EditionFactory, rulebook=None)


class AwardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Award

    edition = factory.SubFactory(EditionFactory)
    collectivity = factory.SubFactory(CommuneFactory)
    category = "ville"
    level = 3
    level_as_printed = factory.LazyAttribute(lambda award: award.level)


class MentionThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MentionTheme
        django_get_or_create = ("edition", "slug")

    edition = factory.SubFactory(EditionFactory)
    name = "Médiation numérique"
    slug = "mediation-numerique"


class MentionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mention

    award = factory.SubFactory(AwardFactory)
    theme = factory.LazyAttribute(lambda mention: MentionThemeFactory(edition=mention.award.edition))
