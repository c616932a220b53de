"""What was chosen between two texts, as the form of the fiche reads it."""

from django.http import QueryDict

from atlaas.forms.sheet import FIELDS

CARRIED = ("draft_key", "version", "base", "action")


def merged(data: QueryDict) -> QueryDict:
    """For each field, `choix-<field>` says « theirs », « edited » or mine: the text of `leur-`, `texte-` or `mien-<field>`.

    What was not chosen is dropped because the person said so; all the rest is carried whole, to be shown again if need be.
    """
    full = QueryDict(mutable=True)
    for name in CARRIED:
        full[name] = data.get(name, "")
    for name in FIELDS:
        prefix = {"theirs": "leur", "edited": "texte"}.get(data.get(f"choix-{name}", ""), "mien")
        value = data.get(f"{prefix}-{name}", "")
        if name == "services":
            full.setlist(name, value.split())
        elif name != "is_running" or value:
            full[name] = value
    return full
