"""A file to add to a fiche, or what is said of one."""

from django import forms


class VersionForm(forms.Form):
    """What every change of a fiche sends: the version that the person read."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AttachmentForm(VersionForm):
    fichier = forms.FileField(
        max_length=250,
        allow_empty_file=True,
        error_messages={
            "required": "Choisissez un fichier à ajouter.",
            "max_length": "Le nom du fichier est trop long : raccourcissez-le, puis ajoutez-le à nouveau.",
        },
    )
    alt = forms.CharField(max_length=250, required=False)


class DescriptionForm(VersionForm):
    """`sens` moves the file one rank: « haut », « bas », or nothing."""

    name = forms.CharField(max_length=150, required=False)
    alt = forms.CharField(max_length=250, required=False)
    sens = forms.ChoiceField(choices=(("haut", "haut"), ("bas", "bas")), required=False)
