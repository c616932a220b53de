"""The filters of the list of dossiers, in the address of the page; what cannot be read asks nothing."""

from django import forms

from jury.queries.dossier import ASSIGNED, Criteria
from labels.choices import Category

WHO = [("", "Tous ceux que je peux lire"), (ASSIGNED, "Ceux qui me sont confiés")]


class ShelfForm(forms.Form):
    q = forms.CharField(label="Collectivité", required=False, max_length=100)
    qui = forms.ChoiceField(label="Dossiers", choices=WHO, required=False)
    categorie = forms.ChoiceField(
        label="Catégorie", choices=[("", "Toutes"), *Category.choices], required=False
    )

    def criteria(self) -> Criteria:
        self.is_valid()
        read = self.cleaned_data
        return Criteria(
            who=read.get("qui", ""),
            category=read.get("categorie", ""),
            text=read.get("q", "").replace("\x00", ""),
        )
