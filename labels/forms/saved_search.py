"""What a person writes about a search they keep."""

from django import forms


class SavedSearchForm(forms.Form):
    name = forms.CharField(label="Nom", max_length=120, strip=True)
    is_alert = forms.BooleanField(label="Me prévenir quand il y a du nouveau", required=False)


class NewSearchForm(SavedSearchForm):
    query = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
