"""What every page may read."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The canonical address of the page and whether this is the demo."""
    origin = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return {"origin": origin, "canonical": origin + request.path, "is_demo_site": settings.DEMO}
