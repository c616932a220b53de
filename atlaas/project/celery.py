"""Celery is transport only: a job is a row in PostgreSQL first (see `atlaas.models.job`)."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlaas.project.settings")

app = Celery("atlaas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep(**_kwargs: object) -> None:
    """A worker that starts takes at once what was asked while none was there."""
    app.send_task("atlaas.tasks.run_jobs")
