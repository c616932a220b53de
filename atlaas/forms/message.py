from django import forms

from atlaas.choices import NoticeKind


class PreferenceForm(forms.Form):
    wanted = forms.MultipleChoiceField(
        label="Par courriel, je veux recevoir", choices=NoticeKind.choices, required=False
    )
