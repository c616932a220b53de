"""A line of a sealed palmarès, to be written anew with its reason."""

from collections.abc import Sequence
from typing import cast

from django import forms

from atlaas.forms.sheet_field import Text
from labels.rules.correction import LONGEST_REASON, Told

LEVELS = [(str(level), f"{level} @") for level in range(5, 0, -1)]


class CorrectionForm(forms.Form):
    """`version` is of the award that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.TypedChoiceField(
        label="Niveau", choices=LEVELS, coerce=int, error_messages={"required": "Choisissez un niveau."}
    )
    is_ten = forms.BooleanField(label="Titre « Territoire d’excellence numérique »", required=False)
    mentions = forms.MultipleChoiceField(
        label="Mentions", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = Text(
        label="Pourquoi cette correction",
        limit=LONGEST_REASON,
        too_long=f"La raison tient en {LONGEST_REASON} signes : une ligne suffit.",
    )

    def __init__(self, *args, themes: Sequence[tuple[str, str]], **options):
        super().__init__(*args, **options)
        cast("forms.MultipleChoiceField", self.fields["mentions"]).choices = themes
        self.fields["reason"].help_text = "Elle est publiée avec le palmarès."

    def told(self) -> Told:
        read = self.cleaned_data
        return Told(read["level"], read["is_ten"], tuple(read["mentions"]))
