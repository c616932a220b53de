"""Export of the fiches of a collectivité, with the fields of an import: what goes out comes back unchanged."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from atlaas.choices import SheetState
from atlaas.queries.sheet_export import csv_of, export_rows, xlsx_of
from atlaas.views.attempt import place_of
from atlaas.views.sheet_import import XLSX


@never_cache
@require_safe
def detail(request: HttpRequest, code: str, format: str) -> HttpResponseBase:  # noqa: A002 (the name in the address)
    place = place_of(request, code)
    state = request.GET.get("etat", "")
    rows = export_rows(place, state=state if state in SheetState.values else "")
    answer: HttpResponseBase
    if format == "csv":
        answer = StreamingHttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8")
    elif format == "xlsx":
        answer = HttpResponse(xlsx_of(rows), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="fiches-{place.code}.{format}"'
    return answer
