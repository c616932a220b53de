from django import forms

from atlaas.forms.sheet_field import Text


class DerogationForm(forms.Form):
    """Why a collectivité asks to file although a condition is missing."""

    reason = Text(
        label="Pourquoi cette demande",
        limit=1000,
        rows=5,
        too_long="Ce motif tient en 1 000 signes : raccourcissez-le.",
        help_text="Ce qui manque, et pourquoi. L’association lit, et répond par une phrase.",
    )
