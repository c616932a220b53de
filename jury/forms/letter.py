"""What the association types about the letters: the filters of the list, what settles a contradiction."""

from django import forms

from atlaas.models import Enjeu
from jury.choices import LetterState, SettledAs
from jury.queries.letter_board import Criteria
from labels.choices import Category


class LetterFilterForm(forms.Form):
    """The filters, in the address of the page; what cannot be read asks nothing."""

    q = forms.CharField(label="Collectivité", required=False, max_length=100)
    etape = forms.ChoiceField(label="Étape", choices=[("", "Toutes"), *LetterState.choices], required=False)
    categorie = forms.ChoiceField(
        label="Catégorie", choices=[("", "Toutes"), *Category.choices], required=False
    )

    def criteria(self) -> Criteria:
        self.is_valid()
        read = self.cleaned_data
        return Criteria(
            state=read.get("etape", ""),
            category=read.get("categorie", ""),
            text=read.get("q", "").replace("\x00", ""),
        )


class SettlementForm(forms.Form):
    """Which of both remarks stays."""

    enjeu = forms.ModelChoiceField(
        Enjeu.objects.all(), error_messages={"required": "Cet enjeu n’existe pas : rechargez la page."}
    )
    kind = forms.ChoiceField(
        choices=SettledAs.choices, error_messages={"required": "Dites ce que la lettre retient."}
    )
    reason = forms.CharField(label="Pourquoi (facultatif, gardé au dossier)", required=False, max_length=300)
