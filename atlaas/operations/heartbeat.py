"""Proof of life of the recurring tasks."""

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import Heartbeat


@transaction.atomic
def beat(name: str) -> None:
    """Write down that the recurring task `name` runs now, on the clock of the database."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})
