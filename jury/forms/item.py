"""What a person types when the jury decides."""

from typing import cast

from django import forms

from atlaas.forms.sheet_field import Text
from jury.rules.item import Decision, Votes

NUMBER = {"required": "Donnez ce nombre de voix.", "invalid": "Écrivez un nombre entier."}
LEVELS = [(level, f"{level} @") for level in range(1, 6)]


def votes(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=99,
        error_messages=NUMBER | {"min_value": "Écrivez 0 ou plus.", "max_value": "Ce nombre est trop grand."},
    )


class DecisionForm(forms.Form):
    """`themes` are (slug, name) of the edition."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.TypedChoiceField(
        label="Niveau",
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un niveau.",
            "invalid_choice": "Choisissez un niveau, de 1 à 5 arobases.",
        },
    )
    votes_for = votes("Pour")
    votes_against = votes("Contre")
    abstentions = votes("Abstentions")
    is_ten = forms.BooleanField(label="Titre « Territoire d’excellence numérique »", required=False)
    mentions = forms.MultipleChoiceField(
        label="Mentions",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Ce thème n’est pas de cette édition."},
    )
    reason = Text(
        label="Motif, en une ligne",
        limit=500,
        rows=2,
        too_long="Le motif tient en 500 signes : raccourcissez-le.",
        help_text="Obligatoire si le jury s’écarte de la proposition. Il paraît au procès-verbal.",
    )

    def __init__(self, *args, themes, **options):
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["mentions"]).choices = themes
        self.fields["reason"].required = False

    def decision(self) -> Decision:
        read = self.cleaned_data
        return Decision(
            level=read["level"],
            votes=Votes(read["votes_for"], read["votes_against"], read["abstentions"]),
            is_ten=read["is_ten"],
            mentions=tuple(read["mentions"]),
            reason=read["reason"],
        )
