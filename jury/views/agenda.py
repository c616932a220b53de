"""What whoever presides does with the agenda once the sitting is open: add what was filed since, set aside what was withdrawn."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from atlaas.views.attempt import attempt, person
from jury.operations import agenda as verbs
from jury.queries.door import judged_by
from jury.views.item import act_on
from jury.views.seat import seat


@require_POST
def adding(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    rows = judged_by(seat(request, year)).select_related("collectivity", "edition")
    one = get_object_or_404(rows, pk=pk)
    done = f"{one.collectivity} est à la fin de l’ordre du jour."
    attempt(request, lambda: verbs.add(one, by=person(request)), done)
    return redirect("jury-sitting", year)


@require_POST
def setting_aside(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    done = "{} est mis de côté : sa candidature est retirée."
    return act_on(request, year, pk, lambda one: verbs.set_aside(one, by=person(request)), done)
