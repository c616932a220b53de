"""The dates of an edition, its adhésions."""

from typing import cast

from django import forms

from atlaas.forms.sheet_field import Text
from atlaas.rules.text import french
from labels.choices import ClosingClock, SubscriptionStatus
from labels.forms.marked import MarkedForm
from labels.models import Edition

WRONG = {"invalid": "Écrivez ainsi : jj/mm/aaaa hh:mm.", "required": "Donnez cette date."}
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
        error_messages={"invalid": "Écrivez la date ainsi : jj/mm/aaaa."},
    )


class DatesForm(MarkedForm):
    """From the opening to the ceremony; a date of `frozen` is shown and no longer read."""

    opens_at = moment("Ouverture (heure de Paris)")
    closes_at = moment("Clôture (heure de Paris)")
    closing_clock = forms.ChoiceField(label="L’horloge qui clôt", choices=ClosingClock.choices)
    jury_on = day("Jury")
    ceremony_on = day("Cérémonie")

    def __init__(self, *args, frozen=(), **options):
        super().__init__(*args, **options)
        for name in frozen:
            self.fields[name].disabled = True


class SetupForm(DatesForm):
    """The dates of an edition that stands, and the référentiel that its fiches are sorted in."""

    referential_year = forms.TypedChoiceField(
        label="Référentiel", coerce=int, error_messages={"invalid_choice": "Choisissez un référentiel connu."}
    )

    def __init__(self, *args, referentials=(), **options):
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["referential_year"]).choices = [
            (year, f"référentiel {year}") for year in referentials
        ]


class Source(forms.ModelChoiceField):
    """An edition that another may be made from; `has_kit` is annotated (`queries.campaign.sources`)."""

    def label_from_instance(self, obj):
        return (
            f"{obj.year}"
            if obj.has_kit
            else french(f"{obj.year} (sans grille ni questionnaire : à importer ensuite)")
        )


class NewEditionForm(DatesForm):
    """The same, the year, what it starts from, and whether it is a demonstration."""

    field_order = ("previous", "year")
    previous = Source(
        Edition.objects.none(),
        label="À partir de l’édition",
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez l’édition à reprendre."),
    )
    is_demo = forms.BooleanField(
        label="Édition de démonstration",
        required=False,
        help_text="Chaque page, document et donnée de cette édition le dit ; cela ne change plus ensuite.",
    )
    year = forms.IntegerField(
        label="Millésime",
        min_value=1999,
        max_value=2199,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Le millésime est une année de 1999 à 2199."
        ),
    )

    def __init__(self, *args, sources, **options):
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField", self.fields["previous"]).queryset = sources


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
