"""Roles, departures and successors in a team."""

from typing import cast

from django import forms

from atlaas.choices import Role

NEW = "invitation"


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Rôle", choices=Role.choices)


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique professionnelle",
        max_length=254,
        error_messages={
            "required": "Écrivez l’adresse de la personne à inviter.",
            "invalid": "Cette adresse n’est pas complète : il manque peut-être ce qui suit l’arobase.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Rôle", choices=Role.choices, initial=Role.CONTRIBUTOR)


class HandOverForm(forms.Form):
    """Who leaves and who follows, both affiliations of `team`; or an address to invite."""

    leaver = forms.ChoiceField(label="Qui part ?")
    successor = forms.ChoiceField(
        label="Qui prend la suite ?",
        error_messages={"required": "Choisissez qui prend la suite, ou invitez quelqu’un."},
    )
    email = forms.EmailField(
        label="Son adresse électronique",
        max_length=254,
        required=False,
        error_messages={"invalid": "Cette adresse n’est pas complète : corrigez-la."},
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = {str(one.pk): one for one in team}
        people = [(key, str(one.user)) for key, one in self.team.items()]
        for name, choices in (("leaver", people), ("successor", [*people, (NEW, "Quelqu’un d’autre")])):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = choices

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("successor") == NEW and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Écrivez l’adresse de la personne à inviter.")
        if "leaver" in cleaned and cleaned["leaver"] == cleaned.get("successor"):
            self.add_error(
                "successor", "La personne qui part ne prend pas sa propre suite : choisissez-en une autre."
            )
        return cleaned

    @property
    def gone(self):
        return self.team[self.cleaned_data["leaver"]]

    @property
    def heir(self):
        """The affiliation of who follows; none when someone is to be invited."""
        return self.team.get(self.cleaned_data["successor"])
