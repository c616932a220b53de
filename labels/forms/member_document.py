"""What a person chooses of a document: the edition or the years, and the chapters."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms

from labels.choices import DocumentKind
from labels.queries.document_place import Reading
from labels.queries.member_document import chapters_of
from labels.rules.member_document import FIRST_YEAR, Asked, in_order, mandate_of, years_problem

NO_CHAPTER = "Cochez au moins un chapitre : un document vide ne sert à personne."


class MemberDocumentForm(forms.Form):
    """Without any data it is what is proposed: all chapters of the current edition, or of the last six years."""

    edition = forms.TypedChoiceField(label="Édition", coerce=int, empty_value=None, required=False)
    de = forms.TypedChoiceField(label="De", coerce=int, required=False, empty_value=None)
    a = forms.TypedChoiceField(label="À", coerce=int, required=False, empty_value=None)
    chapitres = forms.MultipleChoiceField(
        label="Chapitres", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, kind: str, reading: Reading, data: Any = None) -> None:
        self.kind, self.known = kind, chapters_of(kind)
        since, until = mandate_of(reading.day.year)
        current = reading.current
        first = {"edition": current.year if current else None, "de": since, "a": until}
        super().__init__(data or None, initial=first | {"chapitres": list(self.known)})
        self._choose("chapitres", list(self.known.items()))
        self._choose("edition", _options([one.year for one in reading.editions]))
        years = _options(range(reading.day.year, FIRST_YEAR - 1, -1))
        self._choose("de", years)
        self._choose("a", years)
        for name in self._left_out():
            del self.fields[name]

    def asked(self) -> Asked:
        """What was chosen; a choice that cannot be read is the one proposed, and `errors` says so."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        value = {name: read.get(name) or self.initial.get(name) for name in self.fields}
        chapters = in_order(value["chapitres"] or (), self.known)
        return Asked(self.kind, chapters, value.get("edition"), value.get("de"), value.get("a"))

    def clean(self) -> dict[str, Any]:
        read = super().clean() or {}
        if not read.get("chapitres") and "chapitres" not in self.errors:
            raise forms.ValidationError(NO_CHAPTER)
        if read.get("de") and read.get("a") and (problem := years_problem(read["de"], read["a"])):
            for name in ("de", "a"):
                del read[name]
            raise forms.ValidationError(problem)
        return read

    def _left_out(self) -> Sequence[str]:
        if self.kind == DocumentKind.NOTE:
            return ("de", "a")
        return ("edition",) if self.kind == DocumentKind.MANDATE else ("edition", "de", "a")

    def _choose(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def address_of(asked: Asked) -> str:
    """The words of the address at which the same choices are read again."""
    told = {"edition": asked.year, "de": asked.since, "a": asked.until, "chapitres": asked.chapters}
    return urlencode({name: value for name, value in told.items() if value}, doseq=True)


def _options(years: Any) -> list[tuple[Any, str]]:
    return [(year, str(year)) for year in years]
