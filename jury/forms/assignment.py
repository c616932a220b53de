"""What organisers type to share the dossiers."""

from typing import cast

from django import forms

from jury.queries.assignment import Ground

MOST_READERS, LARGEST_SEED = 30, 2_147_483_647


class ShareForm(forms.Form):
    """How many readers a dossier has, and what settles ties."""

    readers = forms.IntegerField(
        label="Lecteurs par dossier",
        min_value=1,
        max_value=MOST_READERS,
        error_messages={
            "required": "Dites combien de jurés lisent chaque dossier.",
            "invalid": "Écrivez un nombre entier, comme 3.",
            "min_value": "Un dossier a au moins un lecteur.",
            "max_value": f"Un dossier a au plus {MOST_READERS} lecteurs.",
        },
    )
    seed = forms.IntegerField(
        label="Graine",
        min_value=0,
        max_value=LARGEST_SEED,
        help_text="Elle départage les solutions de même qualité, et rien d’autre : la même graine redonne la même répartition.",
        error_messages={
            "required": "Donnez un nombre, l’année par exemple.",
            "invalid": "Écrivez un nombre entier, comme 12.",
            "min_value": "Écrivez un nombre positif.",
            "max_value": "Ce nombre est trop grand : neuf chiffres suffisent.",
        },
    )


class HandForm(forms.Form):
    """One reader and one dossier."""

    candidacy = forms.ChoiceField(
        label="Dossier",
        error_messages={"required": "Choisissez le dossier.", "invalid_choice": "Choisissez le dossier."},
    )
    juror = forms.TypedChoiceField(
        label="Membre du jury",
        coerce=int,
        error_messages={"required": "Choisissez le juré.", "invalid_choice": "Choisissez le juré."},
    )

    def __init__(self, *args, ground: Ground, **options):
        super().__init__(*args, **options)
        people = (*ground.readers, *ground.away)
        for name, rows in (("candidacy", ground.dossiers), ("juror", people)):
            choices = [("", "Choisir"), *((one.key, one.name) for one in rows)]
            cast("forms.ChoiceField", self.fields[name]).choices = choices
