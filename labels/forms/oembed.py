from django import forms

from atlaas.rules.text import WIDE


class OembedForm(forms.Form):
    """What an oEmbed consumer sends; a size that cannot be read is refused, never forgotten."""

    url = forms.CharField(max_length=500)
    maxwidth = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    maxheight = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def refusal(self) -> str:
        return f"Paramètre manquant ou illisible{WIDE}: {', '.join(self.errors)}.\n"
