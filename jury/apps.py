from django.apps import AppConfig


class JuryConfig(AppConfig):
    """Jurors, recusals, assignments, evaluations."""

    name = "jury"
    verbose_name = "Jury"
    default_auto_field = "django.db.models.BigAutoField"
