"""The edition that pages of the campaign speak of."""

from django.db.models.functions import Now

from labels.choices import Coverage
from labels.models import Edition


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
