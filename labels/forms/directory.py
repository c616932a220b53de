"""What a URL may ask of the list of collectivités."""

from collections.abc import Mapping

from django import forms

from atlaas.choices import CollectivityKind
from atlaas.models import Departement, Region
from labels.choices import Category
from labels.queries.directory import DirectoryFilter


class DirectoryForm(forms.Form):
    """The parameters q, region, departement, nature, categorie and label; a value that cannot be read asks nothing."""

    q = forms.CharField(
        label="Nom ou code",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    region = forms.ModelChoiceField(
        Region.objects.all(),
        to_field_name="slug",
        label="Région",
        empty_label="Toutes",
        required=False,
    )
    departement = forms.ModelChoiceField(
        Departement.objects.all(),
        to_field_name="code",
        label="Département",
        empty_label="Tous",
        required=False,
    )
    nature = forms.ChoiceField(
        label="Nature", choices=[("", "Toutes"), *CollectivityKind.choices], required=False
    )
    categorie = forms.ChoiceField(
        label="Catégorie du label", choices=[("", "Toutes"), *Category.choices], required=False
    )
    label = forms.BooleanField(label="Seulement celles qui ont eu le label", required=False)

    def __init__(self, asked: Mapping[str, str] | None = None):
        super().__init__(asked, label_suffix="")

    def criteria(self) -> DirectoryFilter:
        asked = getattr(self, "cleaned_data", {})
        return DirectoryFilter(
            q=asked.get("q") or "",
            region=asked.get("region"),
            departement=asked.get("departement"),
            kind=asked.get("nature") or "",
            category=asked.get("categorie") or "",
            labelled=bool(asked.get("label")),
        )
