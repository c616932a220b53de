from django.apps import AppConfig


class LabelsConfig(AppConfig):
    """Editions, awards, palmarès, statistics."""

    name = "labels"
    verbose_name = "Label"
    default_auto_field = "django.db.models.BigAutoField"
