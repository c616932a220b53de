"""Celery is transport only: a job is a row in PostgreSQL first (see `atlaas.models.job`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlaas.project.settings")

app = Celery("atlaas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
