"""What `check` refuses beyond Django's own checks."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def no_demo_in_production(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    """The demo signs anyone in and shows every mail: it never goes with a deployment."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "ATLAAS_DEMO is set: anyone could sign in as an organiser and read every mail.",
            hint="Unset ATLAAS_DEMO in the environment of the web, worker and beat processes.",
            id="atlaas.E001",
        )
    ]
