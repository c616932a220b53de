"""A request to be in charge of a collectivité, and its answer."""

from django import forms


class ClaimForm(forms.Form):
    function = forms.CharField(
        label="Votre fonction",
        max_length=120,
        error_messages={
            "required": "Dites votre fonction dans la collectivité : c’est ce que l’association vérifiera."
        },
    )
    message = forms.CharField(
        label="Un mot pour l’association (facultatif)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[("approve", "Accepter"), ("refuse", "Refuser")],
        error_messages={"required": "Choisissez d’accepter ou de refuser."},
    )
    answer = forms.CharField(
        label="Votre réponse", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
