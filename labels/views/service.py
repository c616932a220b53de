from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from atlaas.models import Service
from atlaas.queries.theme import best_kept, by_region, figures, latest, of_service, related_services


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    service = get_object_or_404(Service.objects.select_related("enjeu__family"), code=code)
    found = of_service(service, request.user)
    words = {
        "theme": service,
        "replacements": service.replaced_by.all(),
        "figures": figures(found),
        "regions": by_region(found),
        "best": best_kept(found),
        "latest": latest(found),
        "related": related_services(service, request.user),
        "parameter": f"service={service.code}",
    }
    return render(request, "labels/service/detail.html", words)
