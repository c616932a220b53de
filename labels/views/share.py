"""Pictures that social networks and messengers show beside a link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from atlaas.models import Collectivity
from labels.models import Award, Edition
from labels.queries.share import collectivity_picture, palmares_picture

A_MINUTE_AT_MOST = 55  # seconds, with those of our own cache: what a ceremony changes is seen within a minute


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_MINUTE_AT_MOST)
def image(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """`palmares/2025` or `collectivite/14271`."""
    makers = {"palmares": _palmares, "collectivite": _collectivity}
    if kind not in makers:
        raise Http404
    return HttpResponse(makers[kind](request, key), content_type="image/png")


def _palmares(request: HttpRequest, key: str) -> bytes:
    editions = Edition.objects.visible_to(request.user)
    if not (key.isascii() and key.isdigit() and len(key) == 4):
        raise Http404
    return palmares_picture(get_object_or_404(editions, year=int(key)), request.user)


def _collectivity(request: HttpRequest, key: str) -> bytes:
    place = get_object_or_404(Collectivity.objects.with_place(), code=key)
    awards = Award.objects.visible_to(request.user).filter(collectivity=place).select_related("edition")
    return collectivity_picture(place, awards.order_by("-edition__year").first())
