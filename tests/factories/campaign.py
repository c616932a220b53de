"""Editions with a window, and candidacies; every one is invented."""

import datetime as dt

import factory
from django.utils import timezone

from labels.models import Candidacy, Subscription
from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import EditionFactory

YEAR = 2030


def open_edition(year=YEAR, **facts):
    """An edition that is open now, for a month on each side; nothing of it is public."""
    now = timezone.now()
    dates = {"opens_at": now - dt.timedelta(days=30), "closes_at": now + dt.timedelta(days=30)}
    words = {"coverage": "complete", "published_at": None, "referential_year": 2025}
    published_at = facts.pop("published_at", None)
    edition = EditionFactory(year=year, **(words | dates | facts))
    if published_at:  # last of all: what is published is read-only
        type(edition).objects.filter(pk=edition.pk).update(published_at=published_at)
        edition.refresh_from_db()
    return edition


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscription

    collectivity = factory.SubFactory(CommuneFactory)
    year = YEAR
    status = "active"


class CandidacyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Candidacy

    edition = factory.LazyFunction(open_edition)
    collectivity = factory.SubFactory(CommuneFactory)
    category = "ville"
