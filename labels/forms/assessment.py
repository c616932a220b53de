from django import forms

from labels.queries.peers import Group

RADII = [("", "partout en France"), ("30", "à moins de 30 km"), ("100", "à moins de 100 km")]
MOST = 60  # codes in a list


class PeersForm(forms.Form):
    """The group of similar collectivités, in the address of the page: nothing is stored."""

    km = forms.ChoiceField(label="Où", choices=RADII, required=False)
    avec = forms.CharField(
        label="Ajouter (codes INSEE ou SIREN, séparés par des espaces)", required=False, max_length=250
    )
    sans = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def group(self) -> Group:
        """What cannot be read asks nothing."""
        self.is_valid()
        read = self.cleaned_data
        return Group(
            within=int(read["km"]) if read.get("km") else None,
            added=tuple(read.get("avec", "").upper().split()[:MOST]),
            left_out=tuple(read.get("sans", "").upper().split()[:MOST]),
        )

    def kept(self) -> dict[str, str]:
        """What the address of another page needs to speak of the same group."""
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name, ""))}
