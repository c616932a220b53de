"""The screen of a fiche, and the page that brings two texts together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from atlaas.choices import Role, SheetState
from atlaas.forms.sheet import FIELDS, SheetForm, TicketForm, content_of_form, initial_of
from atlaas.models import Collectivity, Service, Sheet, User
from atlaas.queries.attachment import files_of
from atlaas.queries.duplicate import likely_duplicates
from atlaas.queries.right import right_on
from atlaas.queries.sheet_desk import services_by_code, shelves, stored_services
from atlaas.queries.suggestion import entries
from atlaas.rules.contact import looks_personal
from atlaas.rules.sheet_merge import Difference, differences, marks, read_marks
from atlaas.rules.suggestion import suggest


@dataclass(frozen=True)
class Suggestion:
    """A service that the text speaks of, and the words that say so."""

    service: Service
    words: Sequence[str]


def clock(moment) -> str:
    """« 14 h 32 », Paris time."""
    local = timezone.localtime(moment)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02}"


def way_back(request: HttpRequest) -> str:
    """The page of the people's space that a person came from (`retour`), where saving leads them; empty when there is none."""
    address = request.POST.get("retour") or request.GET.get("retour") or ""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith(reverse("space")) else ""


def blank(collectivity: Collectivity) -> Sheet:
    """A fiche that is not stored yet, with what it begins from."""
    return Sheet(collectivity=collectivity, lon=collectivity.lon, lat=collectivity.lat)


def is_new(sheet: Sheet) -> bool:
    return sheet._state.adding  # noqa: SLF001 (documented by Django)


def suggestions_for(
    text: str, services: Mapping[str, Service], *, but: Sequence[str] = ()
) -> list[Suggestion]:
    found = suggest(text, entries(services.values()))
    return [Suggestion(services[code], words) for code, words in found if code not in but]


def page(
    request: HttpRequest, sheet: Sheet, form: SheetForm | None = None, *, status: int = 200, **more: object
) -> HttpResponse:
    """The form of a fiche; `form` when it was sent and is shown again."""
    stored = [] if is_new(sheet) else stored_services(sheet)
    content = content_of_form(sheet, stored)
    form = form or SheetForm(initial=initial_of(content))
    values = {name: form[name].value() for name in FIELDS}
    words = {
        **_states(sheet, request),
        **_helps(sheet, values),
        "form": form,
        "base": marks(content),
        "way_back": way_back(request),
        "seems_personal": looks_personal(str(values["contact_email"] or "")),
    }
    return render(request, "atlaas/sheet/edit.html", words | more, status=status)


def _states(sheet: Sheet, request: HttpRequest) -> dict[str, object]:
    """Where the fiche stands, and what the person may do with it."""
    right = right_on(sheet.collectivity, cast("User", request.user))
    return {
        "sheet": sheet,
        "collectivity": sheet.collectivity,
        "is_new": is_new(sheet),
        "draft_key": sheet.draft_key,
        "saved_at": "" if is_new(sheet) else clock(sheet.saved_at),
        "attachments": [] if is_new(sheet) else files_of(sheet),
        "is_withdrawn": sheet.state == SheetState.WITHDRAWN,
        "can_publish": bool(right and right.covers(Role.PUBLISHER)),
    }


def _helps(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, object]:
    """The services, those chosen and those the text speaks of, and the fiches that look alike."""
    services, chosen = services_by_code(), values["services"] or []
    return {
        "chosen": [services[code] for code in chosen if code in services],
        "shelves": shelves(services.values()),
        "service_count": sum(service.last_year is None for service in services.values()),
        "suggestions": suggestions_for(_told(values), services, but=chosen),
        "duplicates": likely_duplicates(sheet.collectivity, title=str(values["title"] or ""), but=sheet.pk),
    }


def _told(values: Mapping[str, object]) -> str:
    return "\n".join(str(values[name] or "") for name in ("title", "summary", "text"))


@dataclass(frozen=True)
class Line:
    """One field on the merge page: both sides as the form sends them, and as people read them."""

    field: str
    label: str
    mine: str
    theirs: str
    mine_shown: str
    theirs_shown: str
    choice: str
    is_long: bool
    error: str = ""


def merge_page(request: HttpRequest, current: Sheet, form: SheetForm, ticket: TicketForm) -> HttpResponse:
    """Both texts, field by field where they differ (409); nothing was written."""
    stored = content_of_form(current, stored_services(current))
    lines = _lines(form, stored, read_marks(ticket.cleaned_data["base"]))
    differing = {line.field for line in lines}
    words = {
        "sheet": current,
        "collectivity": current.collectivity,
        "lines": lines,
        "agreed": [(name, sent(form[name].value())) for name in FIELDS if name not in differing],
        "saved_at": clock(current.saved_at),
        "is_mine": current.saved_by_id == request.user.pk,
        "base": marks(stored),
    }
    return render(request, "atlaas/sheet/merge.html", words, status=409)


def _lines(form: SheetForm, stored: Mapping[str, object], base: Mapping[str, str]) -> list[Line]:
    """The fields that differ; one that cannot be kept as it was typed differs from whatever is stored."""
    services, theirs, kept = services_by_code(), initial_of(stored), form.content()
    mine = {name: form[name].value() for name in FIELDS}
    sides = {name: kept.get(name, {"unread": sent(mine[name])}) for name in FIELDS}
    return [
        _line(one, form, mine[one.field], theirs[one.field], services)
        for one in differences(sides, stored, base)
    ]


def _line(one: Difference, form: SheetForm, mine, theirs, services: Mapping[str, Service]) -> Line:
    return Line(
        field=one.field,
        label=str(form[one.field].label),
        mine=sent(mine),
        theirs=sent(theirs),
        mine_shown=_shown(form, one.field, mine, services),
        theirs_shown=_shown(form, one.field, theirs, services),
        choice=one.choice,
        is_long=one.is_long,
        error=form.unkept.get(one.field, ""),
    )


def sent(value: object) -> str:
    """A value as a hidden control carries it; codes of services are apart by spaces."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, list | tuple):
        return " ".join(value)
    return "" if value is None else str(value)


def _shown(form: SheetForm, name: str, value, services: Mapping[str, Service]) -> str:
    if name == "services":
        return " · ".join(services[code].name for code in value or [] if code in services)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(dict(getattr(form.fields[name], "choices", ())).get(value, value or ""))
