"""What a URL may ask of a palmarès."""

from django import forms

from atlaas.models import Region
from labels.choices import Category, Distinction, LevelChange, LevelClass
from labels.queries.palmares import PalmaresFilter


class PalmaresForm(forms.Form):
    """The parameters q, region, categorie, niveau, distinction and evolution; `criteria()` once it is valid."""

    q = forms.CharField(label="Nom d’une collectivité", max_length=100, required=False)
    region = forms.ModelChoiceField(
        label="Région",
        queryset=Region.objects.all(),
        to_field_name="slug",
        empty_label="Toutes",
        required=False,
    )
    categorie = forms.ChoiceField(
        label="Catégorie", choices=[("", "Toutes"), *Category.choices], required=False
    )
    niveau = forms.ChoiceField(label="Niveau", choices=[("", "Tous"), *LevelClass.choices], required=False)
    distinction = forms.ChoiceField(
        label="Distinction", choices=[("", "Toutes"), *Distinction.choices], required=False
    )
    evolution = forms.ChoiceField(
        label="Depuis l’édition d’avant", choices=[("", "Toutes"), *LevelChange.choices], required=False
    )

    def criteria(self) -> PalmaresFilter:
        """What is asked; a value that cannot be read asks nothing (the page shows the error beside its field)."""
        asked = getattr(self, "cleaned_data", {})
        region = asked.get("region")
        return PalmaresFilter(
            q=asked.get("q") or "",
            region=region.slug if region else "",
            category=asked.get("categorie") or "",
            level=asked.get("niveau") or "",
            distinction=asked.get("distinction") or "",
            change=asked.get("evolution") or "",
        )
