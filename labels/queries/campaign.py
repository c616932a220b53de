"""The edition that pages of the campaign speak of."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from atlaas.models import Service
from labels.choices import Coverage
from labels.models import Criterion, Edition, Section


def current_edition() -> Edition | None:
    """The newest edition whose window has opened; else the newest whose whole palmarès is public; None before both."""
    editions = Edition.objects.select_related("rulebook").order_by("-year")
    opened: Edition | None = editions.filter(opens_at__lte=Now()).first()
    return opened or editions.filter(coverage=Coverage.COMPLETE, published_at__lte=Now()).first()


def current_campaign() -> Edition | None:
    """The newest edition that takes candidacies here and has opened; None before the first."""
    found: Edition | None = (
        Edition.objects.with_campaign().filter(opens_at__lte=Now()).order_by("-year").first()
    )
    return found


def sources() -> QuerySet[Any]:
    """The editions that another can be made from; those with a grid and a questionnaire (`has_kit`) first, the newest before."""
    here = OuterRef("pk")
    has_kit = Exists(Criterion.objects.filter(edition=here)) & Exists(Section.objects.filter(edition=here))
    rows = Edition.objects.filter(rulebook__isnull=False).select_related("rulebook")
    return rows.annotate(has_kit=has_kit).order_by("-has_kit", "-year")


def referentials() -> list[int]:
    """The years from which a référentiel holds, the newest first."""
    return sorted(set(Service.objects.values_list("first_year", flat=True)), reverse=True)
