from django.apps import AppConfig
from django.core.checks import Tags, register

from atlaas import checks


class AtlaasConfig(AppConfig):
    """The foundation: people, collectivities, referential, jobs."""

    name = "atlaas"
    verbose_name = "Socle"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register(checks.no_demo_in_production, Tags.security, deploy=True)
