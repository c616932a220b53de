"""When a sealed palmarès becomes public."""

from labels.forms.edition import moment
from labels.forms.marked import MarkedForm


class HourForm(MarkedForm):
    publish_at = moment("Jour et heure (heure de Paris)")
