"""What the supervisor of a deployment asks: is the process alive, is the platform ready."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from atlaas.queries.health import readiness


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    found = readiness()
    return JsonResponse({"ready": bool(found), **found.checks()}, status=200 if found else 503)
