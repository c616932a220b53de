from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlaas.queries.loading import latest_loadings
from labels.models import Edition


@login_not_required
@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.visible_to(request.user)
    words = {"editions": editions, "loadings": latest_loadings()}
    return render(request, "labels/data/detail.html", words)
