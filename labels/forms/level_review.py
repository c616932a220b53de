"""The choices of an organiser on a list of levels."""

from dataclasses import dataclass

from django import forms

LEVELS = ("5", "4", "3", "2", "1")


@dataclass(frozen=True)
class Choice:
    """A level chosen for an award (its primary key), and the version the person had read."""

    award: int
    level: int
    version: int


class LevelReviewForm(forms.Form):
    """One radio group `niveau-<pk>` a line, sent only when chosen; `versions` says « pk:version » for every line shown.

    One field for all versions: a long list stays under Django's limit of fields.
    """

    raison = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Dites d’où viennent ces niveaux : la raison est gardée dans l’historique.",
            "max_length": "La raison tient en 300 signes : raccourcissez-la.",
        },
    )
    versions = forms.RegexField(
        r"^[0-9]{1,9}:[0-9]{1,9}( [0-9]{1,9}:[0-9]{1,9})*$",
        error_messages={
            "required": "Le formulaire reçu est incomplet : rechargez la page et recommencez.",
            "invalid": "Le formulaire reçu est incomplet : rechargez la page et recommencez.",
        },
    )
    liste = forms.CharField(max_length=20, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned and "versions" in cleaned and not self.choices():
            raise forms.ValidationError(
                "Aucun niveau n’est choisi : choisissez-en un sur une ligne au moins, puis enregistrez."
            )
        return cleaned

    def choices(self) -> list[Choice]:
        """What was chosen among 1 to 5, on the lines that were shown; anything else chooses nothing."""
        pairs = (pair.split(":") for pair in self.cleaned_data["versions"].split())
        read = {int(pk): int(version) for pk, version in pairs}
        return [
            Choice(pk, int(self.chosen(pk)), version)
            for pk, version in read.items()
            if self.chosen(pk) in LEVELS
        ]

    def chosen(self, pk: int) -> str:
        """What stands in the radio group of a line, to show it again."""
        return self.data.get(f"niveau-{pk}", "")
