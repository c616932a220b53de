"""What is sent from the page of a fiche and from that of its versions."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from atlaas.models import Collectivity


class ComparisonForm(forms.Form):
    """Two versions to compare: the last two when nothing else can be read."""

    de = forms.IntegerField(min_value=1, required=False)
    a = forms.IntegerField(min_value=1, required=False)

    def __init__(self, data: Mapping[str, Any], *, newest: int) -> None:
        super().__init__(data)
        self.newest = newest

    def numbers(self) -> tuple[int, int]:
        """The older first, whatever was asked."""
        self.is_valid()
        asked = {number for name in ("de", "a") if (number := self.cleaned_data.get(name))}
        if len(asked) == 2 and max(asked) <= self.newest:
            return min(asked), max(asked)
        return max(self.newest - 1, 1), self.newest


class RestoreForm(forms.Form):
    version = forms.IntegerField(min_value=1)


class InspirationForm(forms.Form):
    """`collectivite` is one for which the person acts; `cle` makes two clicks one draft."""

    collectivite = forms.ModelChoiceField(Collectivity.objects.none(), to_field_name="code")
    cle = forms.UUIDField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, mine: QuerySet[Collectivity]) -> None:
        super().__init__(data)
        self.fields["collectivite"].queryset = mine  # type: ignore[attr-defined]

    def clean_cle(self) -> object:
        return self.cleaned_data["cle"] or uuid4()
