"""Recusals: when a tie may be declared or taken back, and what it brings with it.

No rule of recusal was found in the règlement: this is the house's own, stricter than a rule that would name fewer ties.
"""

from atlaas.rules.refusal import Refused
from atlaas.rules.text import plural

CLOSED = "La séance est close : plus rien ne change, ni les liens ni les évaluations."
OWN_MISTAKE = "Erreur de saisie, ôtée par son auteur avant d’avoir fini de déclarer."


def check_open(*, is_closed: bool) -> None:
    """Ties are added and dismissed until the sitting is closed."""
    if is_closed:
        raise Refused(CLOSED)


def check_since(since: int | None, *, this_year: int) -> None:
    if since is not None and since > this_year:
        raise Refused(
            "Ce lien commencerait dans l’avenir : donnez l’année où il a commencé, ou laissez vide."
        )


def check_taken_back(*, is_own: bool, has_declared: bool) -> None:
    """A juror takes a mistake back as long as they have not said « j’ai déclaré tous mes liens »."""
    if not is_own or has_declared:
        raise Refused(
            "Un lien déclaré ne se retire plus : écrivez à l’association, qui peut l’écarter avec une raison."
        )


def check_declaration(*, has_ties: bool, says_none: bool) -> None:
    """« I have no tie » and « I have declared all of mine » are two sentences, and only one is true."""
    if has_ties and says_none:
        raise Refused("Vous avez déclaré des liens : retirez-les s’ils sont faux, ou terminez avec eux.")
    if not has_ties and not says_none:
        raise Refused("Vous n’avez déclaré aucun lien : choisissez « Je n’ai aucun lien » si c’est le cas.")


def brought(*, group: str, members: int) -> str:
    """What comes with a collectivité: the EPCI of a commune, the communes of an EPCI; empty when nothing does."""
    if group:
        return f"et son EPCI, {group}"
    if members:
        return "et sa commune membre" if members == 1 else f"et ses {plural(members, 'commune', 'communes')}"
    return ""
