from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from atlaas.models import Enjeu
from atlaas.queries.referential import latest_referential_year
from atlaas.queries.theme import best_kept, by_region, figures, latest, of_enjeu, service_counts


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    enjeu = get_object_or_404(Enjeu.objects.select_related("family"), slug=slug)
    found = of_enjeu(enjeu, request.user)
    counts = service_counts(request.user)
    services = enjeu.services.of_year(latest_referential_year() or 0)
    words = {
        "theme": enjeu,
        "services": [(service, counts.get(service.pk, 0)) for service in services],
        "figures": figures(found),
        "regions": by_region(found),
        "best": best_kept(found),
        "latest": latest(found),
        "parameter": f"enjeu={enjeu.slug}",
    }
    return render(request, "labels/enjeu/detail.html", words)
