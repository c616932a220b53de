"""A member of the jury, as the association adds one."""

from django import forms

from atlaas.forms.sheet_field import Text
from jury.operations.juror import Facts


class JurorForm(forms.Form):
    name = forms.CharField(
        label="Prénom et nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le prénom et le nom."},
    )
    function = Text(
        label="Fonction",
        limit=300,
        too_long="La fonction tient en 300 signes : raccourcissez-la.",
        help_text="Publique : elle paraît dans la composition du jury.",
    )
    biography = Text(
        label="Parcours, en quelques phrases",
        limit=3000,
        rows=4,
        too_long="Le parcours tient en 3 000 signes : raccourcissez-le.",
        help_text="Public aussi.",
    )
    is_president = forms.BooleanField(label="Préside le jury", required=False)
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Jamais publique : l’invitation y part.",
        error_messages={
            "required": "Écrivez l’adresse de cette personne.",
            "invalid": "Cette adresse n’est pas complète : il manque peut-être ce qui suit l’arobase.",
        },
    )

    def clean_name(self):
        return self.cleaned_data["name"].replace("\x00", "")

    def facts(self) -> Facts:
        read = self.cleaned_data
        return Facts(read["name"], read["function"], read["biography"], read["is_president"])
