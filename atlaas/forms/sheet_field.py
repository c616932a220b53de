"""Fields of the fiche's form: what browsers and clipboards bring is settled before it is judged."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)
CODE = re.compile(r"^[A-Z0-9-]{1,10}$")
MOST_SERVICES = 200
MOST_LINKS = 10
LONGEST_LINK = 500


class Text(forms.CharField):
    """Text with one kind of line end and no NUL, which PostgreSQL cannot hold and nobody sees."""

    def __init__(self, *, limit: int, too_long: str, label: str, rows: int = 0, **options):
        super().__init__(
            required=False,
            max_length=limit,
            label=label,
            widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput,
            error_messages={"max_length": too_long},
            **options,
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(value)

    def widget_attrs(self, widget):
        """Without `maxlength`: a browser would cut in silence what is pasted."""
        return {}


class Day(forms.DateField):
    """A date that a fiche may bear; a year half typed (« 0202 ») is not kept."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, label: str):
        wrong = "Écrivez la date ainsi : jj/mm/aaaa."
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": wrong},
        )

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value < LATEST:
            raise ValidationError("Vérifiez l’année de cette date.")


class Degrees(forms.FloatField):
    """A coordinate, with a comma or a point."""

    def __init__(self, label: str, most: int):
        wrong = f"Écrivez des degrés entre −{most} et {most}, comme 47,3912."
        super().__init__(
            label=label,
            required=False,
            localize=True,
            min_value=-most,
            max_value=most,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        )

    def widget_attrs(self, widget):
        return {}


class Codes(forms.Field):
    """Codes of services, from any number of ticked boxes: each once, sorted; which of them exist is asked when they are written."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        codes = sorted(set(value or []))
        if len(codes) > MOST_SERVICES or not all(CODE.match(code) for code in codes):
            raise ValidationError("Ces services ne sont pas du référentiel : choisissez-les dans la liste.")
        return codes


class Links(Text):
    """Web addresses, one a line; `https://` is added where it was left out."""

    judge = URLValidator(schemes=["http", "https"])

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines()]
        links = [line if "://" in line else f"https://{line}" for line in lines if line]
        for link in links:
            self._check(link)
        if len(links) > MOST_LINKS:
            raise ValidationError(f"Gardez {MOST_LINKS} liens au plus.")
        return list(dict.fromkeys(links))

    def _check(self, link):
        if len(link) > LONGEST_LINK:
            raise ValidationError(f"Raccourcissez ce lien : {LONGEST_LINK} signes au plus.")
        try:
            self.judge(link)
        except ValidationError:
            raise ValidationError(
                f"Corrigez ce lien, ou ôtez-le : {link[:80]} n’est pas une adresse du web."
            ) from None
