"""What is asked of the observatory of the mentions."""

from django import forms


class ObservatoryForm(forms.Form):
    """All optional; an odd value asks nothing."""

    theme = forms.SlugField(required=False)
    dossier = forms.UUIDField(required=False)
