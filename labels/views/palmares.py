from itertools import groupby
from operator import attrgetter

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from atlaas.rules.text import WIDE
from atlaas.views.context import site
from labels.forms.palmares import PalmaresForm
from labels.models import Edition
from labels.queries import statistics
from labels.queries.change import changes_of
from labels.queries.edition import latest_complete, with_lines
from labels.queries.export import palmares_csv
from labels.queries.line import lines
from labels.queries.map import laureate_map
from labels.queries.palmares import filtered
from labels.queries.seal import corrections_of
from labels.rules.edition import number
from labels.views.criteria import asked
from labels.views.linked_data import dataset
from labels.views.seal import promised


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    editions = list(with_lines(request.user))
    latest = latest_complete(request.user)
    words = {
        "others": [edition for edition in editions if edition.is_complete and edition != latest],
        "attested": [edition for edition in editions if not edition.is_complete],
        "latest": latest,
        "number": number(latest.year) if latest else None,
        "statistics": statistics.of_edition(latest) if latest else None,
    }
    return render(request, "labels/palmares/list.html", words)


@login_not_required
@require_safe
def detail(request: HtmxRequest, year: int) -> HttpResponse:
    """The whole page, or for htmx what the filters change in it; of an edition that is not known whole, its lines.

    Of a palmarès that is sealed and not public yet, its digest.
    """
    edition = _edition(request, year)
    if edition is None:
        return promised(request, year)
    form = PalmaresForm(request.GET)
    form.is_valid()
    words = {"edition": edition, "number": number(year), "form": form, "asked": asked(request, form)}
    response = _complete(request, words) if edition.is_complete else _attested(request, words)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_safe
def table(request: HttpRequest, year: int) -> HttpResponse:
    """The same lines as the page with the same filters; a filter that cannot be read is refused, never forgotten."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), year=year)
    form = PalmaresForm(request.GET)
    if not form.is_valid():
        names = ", ".join(str(form[name].label) for name in form.errors)
        refusal = f"Valeur inconnue pour{WIDE}: {names}.\n"
        return HttpResponse(refusal, status=400, content_type="text/plain; charset=utf-8")
    text = palmares_csv(edition, filtered(edition, form.criteria(), request.user))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="palmares-{edition.year}.csv"'
    return response


def _edition(request, year):
    """With all that its page tells of it beside the lines; None of one that is not public."""
    rows = Edition.objects.visible_to(request.user).select_related(
        "rulebook", "statistics_run__compared_with", "seal"
    )
    return rows.defer("seal__bundle", "seal__annex").filter(year=year).first()


def _attested(request, words):
    awards = list(filtered(words["edition"], words["form"].criteria(), request.user))
    words |= {"total": len(awards), "sections": _by_region(awards, "collectivity.region")}
    return render(request, "labels/palmares/attested.html", words)


def _complete(request, words):
    edition = words["edition"]
    changes = changes_of(edition, request.user)
    awards = filtered(edition, words["form"].criteria(), request.user, changes)
    words |= {"changes": changes} | _laureates(lines(awards)) | _figures(edition)
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return _fragment(request, words) if is_fragment else _page(request, words)


def _page(request, words):
    words |= {"json_ld": dataset(words["edition"], str(site(request)["origin"]))}
    return render(request, "labels/palmares/detail.html", words)


def _fragment(request, words):
    response = render(request, "labels/palmares/_results.html", words)
    response["HX-Push-Url"] = request.path + words["asked"].query
    return response


def _laureates(found):
    """What the filters change: the map, the count and the list."""
    return {
        "total": len(found),
        "sections": _by_region(found, "region"),
        "has_doubt": any(not line.level_is_certain for line in found),
        "map": laureate_map(found),
    }


def _figures(edition):
    """What no filter changes."""
    found = statistics.of_edition(edition)
    return {
        "statistics": found,
        "differences": found.differences() if found else [],
        "corrections": corrections_of(edition) if hasattr(edition, "seal") else [],
    }


def _by_region(found, path):
    """The lines of a list ordered by région, under each région."""
    return [
        {"region": region, "lines": list(group)} for region, group in groupby(found, key=attrgetter(path))
    ]
