"""Import of fiches: send a table, read what it would do, choose, confirm, undo."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.choices import ImportState, Role
from atlaas.forms.sheet_import import ChoiceForm, UploadForm
from atlaas.models import SheetImport
from atlaas.operations import sheet_import as verbs
from atlaas.operations.sheet_import_undo import undo
from atlaas.queries.right import right_on
from atlaas.queries.sheet_export import model_csv, model_xlsx
from atlaas.queries.sheet_import import outcomes, runs_of, tally, touched
from atlaas.queries.sheet_import_report import annotated
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet_columns import COLUMNS, IDENTIFIER, label
from atlaas.rules.sheet_import import VERDICTS, ReadLine, may_choose
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person, place_of

LINES_A_PAGE = 200
RUNS_A_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING_TO_DO = {"skip": "ne rien faire", "create": "créer", "update": "modifier"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    place = place_of(request, code)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["fichier"]
        try:
            run = verbs.check(place, by=person(request), file_name=file.name, content=file.read())
        except Refused as refused:
            form.add_error("fichier", str(refused))
        else:
            return redirect("sheet-import-run", place.code, run.pk)
    words = {
        "place": place,
        "form": form,
        "page": Paginator(runs_of(place), RUNS_A_PAGE).get_page(request.GET.get("page")),
        "columns": [(names[0], names[1:4]) for name, names in COLUMNS.items() if name != IDENTIFIER],
    }
    return render(request, "atlaas/transfer/upload.html", words, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str, run: int) -> HttpResponse:
    found = _run(request, code, run)
    if request.method == "POST":
        return _write(request, found)
    if found.state == ImportState.CHECKED:
        return _report(request, found)
    words = {
        "run": found,
        "place": found.collectivity,
        "outcomes": outcomes(found),
        "stale": [line for line in found.lines if line["outcome"] == "stale"],
        "touched": touched(found).count() if found.state == ImportState.DONE else 0,
    }
    return render(request, "atlaas/transfer/result.html", words)


@require_POST
def undoing(request: HttpRequest, code: str, run: int) -> HttpResponse:
    found = _run(request, code, run)
    attempt(request, lambda: undo(found, by=person(request)), "L’import est annulé.")
    return redirect("sheet-import-run", found.collectivity.code, found.pk)


@never_cache
@require_safe
def report(request: HttpRequest, code: str, run: int) -> HttpResponse:
    found = _run(request, code, run)
    return _file(annotated(found), XLSX, f"a-corriger-{found.pk}.xlsx")


@never_cache
@require_safe
def model(request: HttpRequest, code: str, format: str) -> HttpResponse:  # noqa: A002 (the name in the address)
    place_of(request, code)
    if format == "xlsx":
        return _file(model_xlsx(), XLSX, "modele-fiches.xlsx")
    if format == "csv":
        return _file(model_csv().encode(), "text/csv; charset=utf-8", "modele-fiches.csv")
    raise Http404


def _run(request: HttpRequest, code: str, pk: int) -> SheetImport:
    place = place_of(request, code)
    rows = SheetImport.objects.select_related("collectivity", "by")
    return get_object_or_404(rows, pk=pk, collectivity=place)


def _write(request: HttpRequest, run: SheetImport) -> HttpResponse:
    form = ChoiceForm(request.POST)
    here = redirect("sheet-import-run", run.collectivity.code, run.pk)
    if not form.is_valid():
        messages.error(
            request, french("Le formulaire reçu est incomplet : rechargez la page et recommencez.")
        )
        return here
    by, publish = person(request), form.cleaned_data["publier"]
    try:
        if choices := form.choices():
            run = verbs.choose(run, by=by, choices=choices)
        if form.cleaned_data["geste"] == "importer":
            verbs.confirm(run, by=by, publish=publish)
        else:
            messages.success(request, "Vos choix sont gardés.")
    except Refused as refused:
        messages.error(request, french(str(refused)))
    return here


def _report(request: HttpRequest, run: SheetImport) -> HttpResponse:
    asked = request.GET.get("verdict", "")
    lines = [line for line in run.lines if asked not in VERDICTS or line["verdict"] == asked]
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    right = right_on(run.collectivity, person(request))
    words = {
        "run": run,
        "place": run.collectivity,
        "tally": tally(run),
        "page": page,
        "rows": [_row(line) for line in cast("list[ReadLine]", page.object_list)],
        "may_publish": right is not None and right.covers(Role.PUBLISHER),
        "asked": asked,
    }
    return render(request, "atlaas/transfer/report.html", words)


def _row(line: ReadLine) -> dict[str, object]:
    """A line as the table shows it: its choices, and its problems under the name of their column."""
    return line | {
        "word": VERDICTS[line["verdict"]],
        "choices": [(one, NOTHING_TO_DO[one]) for one in may_choose(line)],
        "told": [(label(one["field"]) if one["field"] else "", one["sentence"]) for one in line["problems"]],
        "changed": [label(name) for name in line["changes"]],
    }


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
