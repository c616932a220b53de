"""The dates of an edition, its adhésions."""

from django import forms

from atlaas.forms.sheet_field import Text
from labels.choices import ClosingClock, SubscriptionStatus

WRONG = {"invalid": "Écrivez ainsi : 31/12/2028 18:00.", "required": "Donnez cette date."}
MOST_BYTES = 2_000_000


def moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        error_messages=WRONG,
    )


def day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Écrivez la date ainsi : 31/12/2028."},
    )


class DatesForm(forms.Form):
    """From the opening to the ceremony."""

    opens_at = moment("Ouverture (heure de Paris)")
    closes_at = moment("Clôture (heure de Paris)")
    closing_clock = forms.ChoiceField(label="L’horloge qui clôt", choices=ClosingClock.choices)
    jury_on = day("Jury")
    ceremony_on = day("Cérémonie")


class NewEditionForm(DatesForm):
    """The same, and the year."""

    field_order = ("year",)
    year = forms.IntegerField(
        label="Millésime",
        min_value=1999,
        max_value=2199,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Le millésime est une année de 1999 à 2199."
        ),
    )


class SubscriptionsForm(forms.Form):
    file = forms.FileField(label="Fichier CSV", max_length=200)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Ce fichier dépasse 2 Mo : gardez les trois colonnes seules.")
        return file


class SubscriptionForm(forms.Form):
    code = forms.CharField(label="Code INSEE ou SIREN", max_length=9)
    status = forms.ChoiceField(label="État", choices=SubscriptionStatus.choices)
    comment = Text(label="Remarque", limit=300, too_long="La remarque tient en 300 signes.")
