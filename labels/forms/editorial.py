"""What organisers type of the press kit of an edition: texts that somebody signs."""

from atlaas.forms.sheet_field import Text
from labels.forms.edition_parts import PartForm, words
from labels.models import EditorialBlock

LONGEST_TEXT = 6000


class EditorialBlockForm(PartForm):
    title: Text = words("Titre", 160, required=False)
    text: Text = words(
        "Texte",
        LONGEST_TEXT,
        rows=12,
        help_text="Une ligne vide sépare deux paragraphes ; **gras**, *italique*, - liste, [lien](https://…).",
    )
    signatory: Text = words("Qui signe", 120)
    function: Text = words("En quelle fonction", 300, rows=2, required=False)
    source: Text = words(
        "D’où le texte est repris",
        300,
        required=False,
        help_text="Document et page ; vide pour un texte écrit ici.",
    )

    class Meta:
        model = EditorialBlock
        fields = ("kind", "title", "text", "signatory", "function", "source")
