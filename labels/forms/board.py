"""What organisers type on the board and on a candidacy."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from atlaas.forms.sheet_field import Text
from atlaas.models import Region
from labels.choices import CandidacyState, Category, RequestState
from labels.queries.board import Criteria

LAST_YEAR = 2199
STATES = [
    ("", "Tous les états"),
    *CandidacyState.choices,
    ("incomplete", "incomplète"),
    ("late", "en retard"),
]
WAITING = [
    ("", "Tout"),
    ("derogation", "dérogation à répondre"),
    ("category", "catégorie contestée"),
    ("extension", "délai accordé"),
]
ANSWERS = [(RequestState.GRANTED, "Accorder"), (RequestState.REFUSED, "Refuser")]


class BoardForm(forms.Form):
    """The filters, in the address of the page; what cannot be read asks nothing."""

    q = forms.CharField(label="Collectivité", required=False, max_length=100)
    etat = forms.ChoiceField(label="État", choices=STATES, required=False)
    categorie = forms.ChoiceField(
        label="Catégorie", choices=[("", "Toutes"), *Category.choices], required=False
    )
    region = forms.ChoiceField(label="Région", required=False)
    attente = forms.ChoiceField(label="En attente", choices=WAITING, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        regions = Region.objects.order_by("sort_key").values_list("slug", "name")
        cast("forms.ChoiceField", self.fields["region"]).choices = [("", "Toutes"), *regions]

    def criteria(self) -> Criteria:
        self.is_valid()
        read = self.cleaned_data
        return Criteria(
            state=read.get("etat", ""),
            category=read.get("categorie", ""),
            region=read.get("region", ""),
            waiting=read.get("attente", ""),
            text=read.get("q", "").replace("\x00", ""),
        )


class RelaunchForm(forms.Form):
    """The message of a relaunch, to the candidacies that are ticked."""

    message = Text(
        label="Message de la relance",
        limit=2000,
        rows=4,
        too_long="Ce message tient en 2 000 signes : raccourcissez-le.",
        help_text="Il part par courriel aux valideurs et responsables, avec le lien du dossier et la clôture.",
    )
    candidacy = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, keys=(), **options):
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["candidacy"]).choices = [(str(key), "") for key in keys]


class AbsentForm(forms.Form):
    """The message to those that filed last time and have begun nothing."""

    message = Text(
        label="Message",
        limit=2000,
        rows=4,
        too_long="Ce message tient en 2 000 signes : raccourcissez-le.",
        help_text="Il paraît dans leur espace et dans leur prochain courriel récapitulatif, avec le lien pour commencer.",
    )
    collectivity = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args, keys=(), **options):
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["collectivity"]).choices = [(key, "") for key in keys]


class AnswerForm(forms.Form):
    """Yes or no to what was asked, with the sentence that the collectivité reads."""

    state = forms.ChoiceField(label="Réponse", choices=ANSWERS, widget=forms.RadioSelect)
    sentence = Text(
        label="La phrase que lira la collectivité", limit=1000, rows=2, too_long="Tenez en 1 000 signes."
    )


class ExtensionForm(forms.Form):
    """More time: until when (on the clock of Paris), and why."""

    until = forms.DateTimeField(
        label="Jusqu’au (heure de Paris)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        error_messages={"invalid": "Écrivez ainsi : jj/mm/aaaa hh:mm.", "required": "Dites jusqu’à quand."},
    )
    reason = Text(label="Motif", limit=500, rows=2, too_long="Le motif tient en 500 signes.")

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until.year > LAST_YEAR:
            raise ValidationError("Vérifiez l’année de cette date.")
        return until
