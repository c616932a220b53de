from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from labels.models import Edition
from labels.queries import statistics
from labels.queries.chart_source import Source
from labels.queries.charts import chart_of, charts_of
from labels.queries.edition import latest_complete
from labels.queries.export import chart_csv
from labels.rules.chart import Chart
from labels.rules.definitions import DEFINITIONS


@login_not_required
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    edition = latest_complete(request.user)
    return redirect("statistics", edition.year) if edition else render(request, "labels/statistics/none.html")


@login_not_required
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    edition = _edition(request, year)
    found = statistics.of_edition(edition)
    words = {
        "edition": edition,
        "editions": Edition.objects.visible_to(request.user),
        "statistics": found,
        "charts": charts_of(Source(edition, found, request.user)) if found else [],
        "definitions": {one.key: one for one in DEFINITIONS},
    }
    return render(request, "labels/statistics/detail.html", words)


@login_not_required
@require_safe
def chart_table(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """The table of a chart for spreadsheets."""
    text = chart_csv(_chart(request, year, key))
    headers = {"Content-Disposition": f'attachment; filename="{key}-{year}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def chart_data(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """The same, with its words; null is what is not known here."""
    chart = _chart(request, year, key)
    facts = {
        "edition": year,
        "titre": chart.title,
        "phrase": chart.sentence or chart.missing,
        "definition": chart.definition,
        "colonnes": chart.columns,
        "lignes": chart.rows,
        "total": chart.total or None,
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})


def _edition(request: HttpRequest, year: int) -> Edition:
    editions = Edition.objects.visible_to(request.user).select_related("statistics_run__compared_with")
    return get_object_or_404(editions, year=year)


def _chart(request: HttpRequest, year: int, key: str) -> Chart:
    edition = _edition(request, year)
    found = statistics.of_edition(edition)
    chart = chart_of(Source(edition, found, request.user), key) if found else None
    if chart is None:
        raise Http404
    return chart
