"""The observatory of the mentions: suggestions drawn from the fiches, theme by theme, over what a juror may know of."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jury.forms.mention import ObservatoryForm
from jury.queries.door import judged_by
from jury.queries.observatory import Observed, observatory
from jury.views.seat import seat

PER_PAGE = 30


@never_cache
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    """One theme over all dossiers (`theme`), or every theme over one (`dossier`)."""
    own, form = seat(request, year), ObservatoryForm(request.GET)
    form.is_valid()
    words: dict[str, object] = {"seat": own, "edition": own.edition}
    if key := form.cleaned_data.get("dossier"):
        one = get_object_or_404(judged_by(own).select_related("collectivity"), pk=key)
        words |= {"candidacy": one, "themes": observatory(own, one.pk)}
        return render(request, "jury/mention/dossier.html", words)
    themes = observatory(own)
    chosen = _chosen(themes, form.cleaned_data.get("theme", ""))
    rows = Paginator(chosen.dossiers if chosen else (), PER_PAGE)
    words |= {"themes": themes, "chosen": chosen, "page": rows.get_page(request.GET.get("page"))}
    return render(request, "jury/mention/detail.html", words)


def _chosen(themes: Sequence[Observed], slug: str) -> Observed | None:
    """The theme that is asked, or the first one that a dossier speaks of."""
    first = next((one for one in themes if one.dossiers), next(iter(themes), None))
    return next((one for one in themes if one.slug == slug), first)
