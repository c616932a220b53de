"""To whom a mandate is given, and from when until when."""

from django import forms

from atlaas.models import Collectivity


def day_field(label, missing):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Écrivez la date ainsi : jj/mm/aaaa."},
    )


class OperatorMandateForm(forms.Form):
    operator = forms.ModelChoiceField(
        label="Collectivité mandatée",
        queryset=Collectivity.objects.current(),
        to_field_name="code",
        widget=forms.HiddenInput,
        error_messages={
            "required": "Cherchez d’abord la collectivité à qui donner mandat.",
            "invalid_choice": "Cette collectivité n’existe pas : cherchez-la par son nom.",
        },
    )
    starts_on = day_field("À partir du", "Dites quand le mandat commence.")
    ends_on = day_field("Jusqu’au, inclus", "Dites quand le mandat finit, 24 mois plus tard au plus.")


class PersonMandateForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique de son compte",
        max_length=254,
        error_messages={
            "required": "Écrivez l’adresse de la personne.",
            "invalid": "Cette adresse n’est pas complète : corrigez-la.",
        },
    )
    body = forms.CharField(
        label="Organisme pour lequel elle agit",
        max_length=200,
        error_messages={"required": "Dites pour quel organisme : il s’affiche avec ce que la personne fait."},
    )
    starts_on = day_field("À partir du", "Dites quand le mandat commence.")
    ends_on = day_field("Jusqu’au, inclus", "Dites quand le mandat finit, 24 mois plus tard au plus.")
