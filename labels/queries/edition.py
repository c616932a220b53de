from django.db.models import Count, QuerySet

from labels.choices import Coverage
from labels.models import Edition


def latest_complete(user: object) -> Edition | None:
    """The newest edition a person may see whose whole palmarès is known: what « labellisée » means on a page."""
    complete: QuerySet[Edition] = Edition.objects.visible_to(user).filter(coverage=Coverage.COMPLETE)
    return complete.order_by("-year").first()


def with_lines(user: object) -> QuerySet[Edition]:
    """The editions a person may see, newest first, each with `lines`: how many awards are known for it."""
    editions: QuerySet[Edition] = Edition.objects.visible_to(user)
    return editions.annotate(lines=Count("awards")).order_by("-year")
