"""What a juror sends of a dossier: every field is judged by itself, so that what is right is kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from atlaas.forms.sheet_field import Text
from jury.choices import RemarkKind
from jury.queries.evaluation import Grid
from jury.rules.evaluation import HIGHEST, LEVELS, LONGEST_NOTE, LONGEST_REASON, LOWEST, Comment, Facts

SCORE, REMARK, LEVEL = "s-", "r-", "level"
MOST_SAVES = 2**31 - 1
VALUES = [(str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)]
NOT_OF_THE_GRID = {"invalid_choice": "Cette valeur n’est pas de la grille : choisissez-en une."}


class TicketForm(forms.Form):
    """The version that was read; 0 before the first save."""

    version = forms.IntegerField(min_value=0, max_value=MOST_SAVES)


class EvaluationForm(forms.Form):
    """A field that was not sent stays as it is stored: a radio button cannot be unticked."""

    level = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(str(one), str(one)) for one in LEVELS],
        error_messages=NOT_OF_THE_GRID,
    )
    note = Text(
        label="Note pour vous",
        limit=LONGEST_NOTE,
        too_long="Cette note tient en 4 000 signes : raccourcissez-la.",
    )

    def __init__(self, data: Mapping[str, Any], *, grid: Grid):
        super().__init__(data)
        self.grid = grid
        told = [(f"{kind}:{one.code}", one.name) for kind in RemarkKind.values for one in grid.criteria]
        for one in grid.criteria:
            self.fields[SCORE + one.code] = forms.TypedChoiceField(
                required=False, coerce=int, empty_value=None, choices=VALUES, error_messages=NOT_OF_THE_GRID
            )
        for place in grid.enjeux:
            self.fields[REMARK + place.slug] = forms.ChoiceField(
                required=False, choices=[("", ""), *told], error_messages=NOT_OF_THE_GRID
            )

    @property
    def unkept(self) -> dict[str, str]:
        """By field that is not kept, the sentence that says how to mend it; what is not of the grid at all has no name here."""
        found = {name: str(errors[0]) for name, errors in self.errors.items() if errors}
        known = (SCORE, REMARK)
        for name in self.data:
            if name.startswith(known) and name not in self.fields:
                found["grid"] = (
                    "Une partie de ce qui est reçu n’est pas de la grille de ce dossier : rechargez la page."
                )
        return found

    def facts(self, stored: Facts) -> Facts:
        """What is stored, with what was sent and can be kept in its place."""
        self.full_clean()
        kept = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        codes = {one.code: one.pk for one in self.grid.criteria}
        scores = {pk: kept[SCORE + code] for code, pk in codes.items() if kept.get(SCORE + code) is not None}
        remarks = dict(stored.remarks)
        for place in self.grid.enjeux:
            if (told := kept.get(REMARK + place.slug)) is not None:
                remarks.pop(place.pk, None)
                kind, _, code = told.partition(":")
                remarks |= {place.pk: Comment(kind, codes[code])} if told else {}
        level = kept.get(LEVEL)
        return Facts(
            {**stored.scores, **scores},
            stored.level if level is None else level,
            remarks,
            kept.get("note", stored.note),
        )

    def shown(self, stored: Facts) -> Facts:
        """The same, with a note too long as it was typed: nothing typed is lost."""
        facts = self.facts(stored)
        return replace(facts, note=str(self.data.get("note", ""))) if "note" in self.errors else facts


class ChangeForm(forms.Form):
    """Another value for what was handed in, and why; « level » is the level in mind."""

    what = forms.ChoiceField(error_messages={"required": "Choisissez ce qui change.", **NOT_OF_THE_GRID})
    value = forms.TypedChoiceField(
        coerce=int,
        choices=[*VALUES, (str(LEVELS[-1]), str(LEVELS[-1]))],
        error_messages={"required": "Choisissez la nouvelle valeur.", **NOT_OF_THE_GRID},
    )
    reason = Text(
        label="Pourquoi",
        limit=LONGEST_REASON,
        too_long="La raison tient en 300 signes : raccourcissez-la.",
    )

    def __init__(self, data: Mapping[str, Any], *, grid: Grid):
        super().__init__(data)
        choices = [(LEVEL, LEVEL), *((one.code, one.name) for one in grid.criteria)]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
