from django.apps import AppConfig


class AtlaasConfig(AppConfig):
    """The foundation: people, collectivities, referential, jobs."""

    name = "atlaas"
    verbose_name = "Socle"
    default_auto_field = "django.db.models.BigAutoField"
