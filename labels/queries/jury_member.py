"""The public roster of a jury: its president first."""

from django.db.models import Exists, OuterRef, QuerySet

from labels.models import Edition, JuryMember


def roster_of(edition: Edition) -> QuerySet[JuryMember]:
    """Those who sit, those who left taken out."""
    return edition.jury_members.filter(is_listed=True).order_by("-is_president", "position", "name")


def has_roster() -> Exists:
    """Whether the edition of the outer row has a jury to show."""
    return Exists(JuryMember.objects.filter(edition=OuterRef("pk"), is_listed=True))
