"""The fiches that count for an edition: read by the mosaic, the checklist, the snapshot and the board alike."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from atlaas.models import PublicSheet
from labels.models import Edition
from labels.rules.counting import fresh_since


def counting(edition: Edition, day: date) -> QuerySet[PublicSheet]:
    """Every fiche that counts on `day`, of all collectivités: `rules.counting.counts`, asked of the database."""
    limit = fresh_since(day, edition.rulebook.fresh_years)
    after = make_aware(datetime.combine(limit, time.max))
    fresh = Q(is_running=True) | Q(updated_at__gt=after)
    found: QuerySet[PublicSheet] = PublicSheet.objects.filter(fresh, service_ids__len__gt=0)
    return found
