"""The awards of a sealed palmarès that an organiser may correct: none for who sits in that jury and is kept from some dossier."""

from django.db.models import QuerySet

from atlaas.models import User
from jury.queries.letter import is_kept_from_some, seats_in
from labels.models import Award, Edition, Seal


def correctable_by(user: User, edition: Edition) -> QuerySet[Award]:
    """Three queries at most. Once the palmarès is public, everyone of the team."""
    rows: QuerySet[Award] = Award.objects.filter(edition=edition, edition__in=Seal.objects.values("edition"))
    kept = edition.published_at is None and is_kept_from_some(seats_in(edition, user))
    return rows.none() if kept else rows.for_lists()  # type: ignore[attr-defined]  # the queryset of the model
