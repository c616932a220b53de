"""The public roster of a jury."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from atlaas.models import User
from labels.models import Edition


def with_roster(user: User | AnonymousUser) -> QuerySet[Edition]:
    """The editions whose jury is told to all: published, or closed (who judges is no secret, what they judge is)."""
    shown = Edition.objects.visible_to(user).values("pk")
    found: QuerySet[Edition] = Edition.objects.filter(Q(pk__in=shown) | Q(closes_at__lte=Now()))
    return found
