"""Make the palmarès of an invented edition public, for the demonstration alone: a real one is proclaimed otherwise."""

from django.db import transaction
from django.db.models.functions import Now

from atlaas.rules.refusal import Refused
from labels.choices import Coverage
from labels.models import Edition
from labels.operations import statistics


@transaction.atomic
def publish_demo(edition: Edition) -> Edition:
    """Twice does no more than once."""
    held = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if not held.is_demo:
        raise Refused(f"L’édition {held.year} n’est pas une démonstration : rien n’est publié.")
    if held.published_at is None:
        Edition.objects.filter(pk=held.pk).update(published_at=Now(), coverage=Coverage.COMPLETE)
        held.refresh_from_db()
        statistics.request(held)
    return held
