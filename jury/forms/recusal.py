"""What a tie is made of, as people type it."""

from django import forms

from atlaas.forms.sheet_field import Text
from jury.choices import Tie

EARLIEST, LATEST = 1940, 2199


class TieForm(forms.Form):
    tie = forms.ChoiceField(
        label="Quel lien ?",
        choices=Tie.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le lien."},
    )
    since = forms.IntegerField(
        label="Depuis quelle année ?",
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Quatre chiffres, ou rien si vous ne savez plus.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Donnez l’année sur quatre chiffres, comme 2020."
        ),
    )
    comment = Text(
        label="Précision, si elle aide",
        limit=300,
        rows=2,
        too_long="Cette précision tient en 300 signes : raccourcissez-la.",
        help_text="L’association la lit ; les autres jurés ne la voient pas.",
    )


class DismissalForm(forms.Form):
    reason = Text(
        label="Pourquoi ce lien est écarté",
        limit=500,
        rows=2,
        too_long="La raison tient en 500 signes : raccourcissez-la.",
    )
