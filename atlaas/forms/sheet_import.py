"""The file of an import, and what is chosen line by line."""

from collections.abc import Mapping

from django import forms

from atlaas.rules.sheet_import import CREATE, SKIP, UPDATE
from atlaas.rules.uploaded_table import MOST_BYTES

PREFIX = "ligne-"


class UploadForm(forms.Form):
    fichier = forms.FileField(
        max_length=200,
        error_messages={
            "required": "Choisissez un fichier .xlsx ou .csv.",
            "empty": "Ce fichier est vide : remplissez-le, ou partez du modèle.",
            "max_length": "Le nom du fichier dépasse 200 signes : renommez-le.",
        },
    )

    def clean_fichier(self):
        file = self.cleaned_data["fichier"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Ce fichier dépasse 10 Mo : coupez-le en plusieurs fichiers.")
        return file


class ChoiceForm(forms.Form):
    """What to do (`geste`), whether to publish, and one select `ligne-<number>` a line that is shown."""

    geste = forms.ChoiceField(choices=[(one, one) for one in ("choisir", "importer")])
    publier = forms.BooleanField(required=False)

    def choices(self) -> Mapping[int, str]:
        """By line number; anything else than the three words chooses nothing."""
        return {
            int(name.removeprefix(PREFIX)): value
            for name, value in self.data.items()
            if name.startswith(PREFIX)
            and name.removeprefix(PREFIX).isascii()
            and name.removeprefix(PREFIX).isdigit()
            and len(name) < 16
            and value in {CREATE, UPDATE, SKIP}
        }
