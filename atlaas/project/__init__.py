"""Settings, routes and the Celery app; names the other apps by strings only."""

from atlaas.project.celery import app as celery_app

__all__ = ("celery_app",)
