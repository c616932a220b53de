from django import forms

from labels.rules.peers import MOST_ADDED, MOST_LEFT_OUT, Group, codes_in, too_many

RADII = [("", "partout en France"), ("30", "à moins de 30 km"), ("100", "à moins de 100 km")]


class PeersForm(forms.Form):
    """The group of similar collectivités, in the address of the page: nothing is stored."""

    km = forms.ChoiceField(label="Où", choices=RADII, required=False)
    avec = forms.CharField(label="Ajouter (codes INSEE ou SIREN, séparés par des espaces)", required=False)
    sans = forms.CharField(required=False, widget=forms.HiddenInput)

    def group(self) -> Group:
        """What cannot be read asks nothing; what goes beyond the limits is left aside, and `notes` says so."""
        within = self._read("km")
        return Group(
            within=int(within) if within else None,
            added=codes_in(self._read("avec"))[:MOST_ADDED],
            left_out=codes_in(self._read("sans"))[:MOST_LEFT_OUT],
        )

    def notes(self) -> list[str]:
        return too_many(codes_in(self._read("avec")), codes_in(self._read("sans")))

    def _read(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
