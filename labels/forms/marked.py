"""Forms that carry the mark of what they showed, and can tell what was typed from what was written meanwhile."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Typed:
    """A field that differs: what is stored now, and what the person typed."""

    label: str
    stored: str
    mine: str


class MarkedForm(forms.Form):
    """`read` holds the mark (`labels.queries.mark`) of the row that the page showed."""

    read = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def differing(self, stored: forms.BaseForm) -> list[Typed]:
        """Field by field, where the form of what is stored now says something else."""
        pairs = [(mine, stored[mine.name]) for mine in self.visible_fields()]
        told = [(str(mine.label), _told(other), _told(mine)) for mine, other in pairs]
        return [Typed(*one) for one in told if one[1] != one[2]]

    def reread(self, mark: str) -> None:
        """Show the same typed text over what is stored now: sending it again is then a choice."""
        self.data = QueryDict(cast("QueryDict", self.data).urlencode(), mutable=True)
        self.data["read"] = mark


def _told(field: forms.BoundField) -> str:
    """What a person reads of a value: the words of a choice, a date as its control shows it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "oui" if value in {True, "on", "True", "true", "1"} else "non"
    choices = {str(key): str(words) for key, words in getattr(field.field, "choices", ())}
    shown = field.field.widget.format_value(value)
    text = " ".join(map(str, shown)) if isinstance(shown, list) else str(shown or "")
    return choices.get(text, text).replace("\r\n", "\n").strip()
