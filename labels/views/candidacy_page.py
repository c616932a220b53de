"""The screens of a candidacy, and the page that brings two texts together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from atlaas.choices import Role
from atlaas.models import Collectivity, User
from atlaas.queries.right import right_on
from atlaas.rules.sheet_merge import Difference, differences, marks, read_marks
from atlaas.rules.text import french
from atlaas.views.sheet_page import Line, clock
from labels.choices import CandidacyState
from labels.forms.candidacy import CandidacyForm, ChoicesForm, TicketForm, content_of, sent
from labels.models import Candidacy, Edition, Question
from labels.queries.candidacy import CountedSheet, checklist_of, counted_sheets, latest_steps, questions_of
from labels.queries.clock import deadline_of
from labels.queries.eligibility import standing_of
from labels.rules.eligibility import reasons

CONFLICT = 409
WRITABLE = (CandidacyState.DRAFT, CandidacyState.CORRECTING)


def dossier(
    candidacy: Candidacy, data: Mapping[str, Any] | None, questions: Sequence[Question] | None = None
) -> CandidacyForm:
    """The form of a candidacy, as stored (`data` None) or as sent."""
    if questions is None:
        questions = questions_of(candidacy.edition, candidacy.category)
    is_answered = candidacy.category_answer in {"granted", "refused"}
    initial = content_of(candidacy, questions) if data is None else None
    return CandidacyForm(data, questions=questions, is_answered=is_answered, initial=initial)


def start_page(request: HttpRequest, edition: Edition, collectivity: Collectivity) -> HttpResponse:
    """Before a candidacy: what it asks, until when, and what would stand in the way of filing."""
    words = {
        "edition": edition,
        "collectivity": collectivity,
        "deadline": deadline_of(edition, collectivity),
        "reasons": reasons(standing_of(edition, collectivity)),
    }
    return render(request, "labels/candidacy/start.html", words)


def page(
    request: HttpRequest, candidacy: Candidacy, form: CandidacyForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The dossier; `form` when it was sent and is shown again."""
    questions = questions_of(candidacy.edition, candidacy.category)
    words = {
        **_states(request, candidacy),
        "form": form or dossier(candidacy, None, questions),
        "is_sent": form is not None,
        "base": marks(content_of(candidacy, questions)),
        "checklist": checklist_of(candidacy, questions),
    }
    return render(request, "labels/candidacy/edit.html", words, status=status)


def sheets_page(
    request: HttpRequest, candidacy: Candidacy, form: ChoicesForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The fiches that count and what is said of them; `form` when it was sent and is shown again."""
    found = counted_sheets(candidacy)
    if form:
        found = [_ticked(one, form.choice_of(one.id), told=status == CONFLICT) for one in found]
    words = {
        **_states(request, candidacy),
        "sheets": found,
        "kept": sum(not one.is_out for one in found),
        "most": candidacy.edition.rulebook.most_flagships,
        "years": candidacy.edition.rulebook.fresh_years,
    }
    return render(request, "labels/candidacy/sheets.html", words, status=status)


def _ticked(one: CountedSheet, choice: str, *, told: bool) -> CountedSheet:
    """The row as it was ticked; after a conflict it says what a colleague chose meanwhile."""
    stored = one.words if told and choice != one.choice else ""
    return replace(one, choice=choice, stored=stored)


def summary(request: HttpRequest, candidacy: Candidacy) -> HttpResponse:
    words = {
        **_states(request, candidacy),
        "checklist": checklist_of(candidacy),
        "steps": latest_steps(candidacy),
        "next_rank": candidacy.snapshots.count() + 1,
    }
    return render(request, "labels/candidacy/check.html", words)


def _states(request: HttpRequest, candidacy: Candidacy) -> dict[str, object]:
    """Where the candidacy stands, and what the person may do with it."""
    collectivity, edition = candidacy.collectivity, candidacy.edition
    right = right_on(collectivity, cast("User", request.user))
    return {
        "candidacy": candidacy,
        "collectivity": collectivity,
        "edition": edition,
        "deadline": deadline_of(edition, collectivity),
        "may_file": bool(right and right.covers(Role.PUBLISHER)),
        "is_writable": candidacy.state in WRITABLE and edition.published_at is None,
        "saved_at": clock(candidacy.saved_at),
    }


def acknowledged(saved: Candidacy, form: CandidacyForm, questions: Sequence[Question]) -> dict[str, object]:
    """What the script that saves reads (static/js/autosave.js)."""
    place = [saved.collectivity.code, saved.edition.year]
    return {
        "version": saved.version,
        "saved_at": clock(saved.saved_at),
        "url": reverse("candidacy", args=place),
        "autosave": reverse("candidacy-autosave", args=place),
        "base": marks(content_of(saved, questions)),
        "unkept": {name: french(sentence) for name, sentence in form.unkept.items()},
        "remark": "",
    }


def merge_page(
    request: HttpRequest, current: Candidacy, form: CandidacyForm, ticket: TicketForm
) -> HttpResponse:
    """Both texts, field by field where they differ (409); nothing was written."""
    questions = questions_of(current.edition, current.category)
    stored = {name: value for name, value in content_of(current, questions).items() if name in form.fields}
    found = differences(form.content(), stored, read_marks(ticket.cleaned_data["base"]))
    lines = [_line(one, form, stored) for one in found]
    differing = {line.field for line in lines}
    words = {
        "candidacy": current,
        "collectivity": current.collectivity,
        "edition": current.edition,
        "lines": lines,
        "agreed": [(name, sent(form[name].value())) for name in form.fields if name not in differing],
        "saved_at": clock(current.saved_at),
        "is_mine": current.saved_by_id == request.user.pk,
        "base": marks(content_of(current, questions)),
    }
    return render(request, "labels/candidacy/merge.html", words, status=409)


def _line(one: Difference, form: CandidacyForm, stored: Mapping[str, object]) -> Line:
    mine, theirs = form[one.field].value(), stored[one.field]
    return Line(
        field=one.field,
        label=str(form[one.field].label),
        mine=sent(mine),
        theirs=sent(theirs),
        mine_shown=_shown(form, one.field, mine),
        theirs_shown=_shown(form, one.field, theirs),
        choice=one.choice,
        is_long=one.field in form.long,
        error=form.unkept.get(one.field, ""),
    )


def _shown(form: CandidacyForm, name: str, value: object) -> str:
    choices = dict(getattr(form.fields[name], "choices", ()))
    values = value if isinstance(value, list) else [value]
    return " · ".join(str(choices.get(one, one if one is not None else "")) for one in values)
