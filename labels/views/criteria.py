"""What a reader asked of a palmarès, said back to them: each condition with the link that removes it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from labels.forms.palmares import PalmaresForm


@dataclass(frozen=True, slots=True)
class Condition:
    """One field of the form as it was asked; `without` is the query string that asks all the others."""

    field: str
    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions that hold, the values that could not be read, and the query string of those that hold."""

    conditions: tuple[Condition, ...]
    unread: tuple[Condition, ...]
    query: str


def asked(request: HttpRequest, form: PalmaresForm) -> Asked:
    """Read back a form that was validated."""
    given = {name: value.strip() for name in form.fields if (value := request.GET.get(name, "")).strip()}
    good = {name: value for name, value in given.items() if name not in form.errors}
    conditions = tuple(
        Condition(name, str(form[name].label), _words(form, name), _query(good, without=name))
        for name in good
    )
    unread = tuple(
        Condition(name, str(form[name].label), value[:80], _query(good))
        for name, value in given.items()
        if name not in good
    )
    return Asked(conditions, unread, _query(good))


def _query(given: dict[str, str], without: str = "") -> str:
    """« ?region=corse », or nothing."""
    kept = {name: value for name, value in given.items() if name != without}
    return f"?{urlencode(kept)}" if kept else ""


def _words(form: PalmaresForm, name: str) -> str:
    """The value as people read it: the label of a choice, the name of a région."""
    value = form.cleaned_data[name]
    return (
        str(dict(getattr(form.fields[name], "choices", ())).get(value, value))
        if isinstance(value, str)
        else str(value)
    )
