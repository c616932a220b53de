"""Public contacts are functions and shared mailboxes: they outlive the person, and no name is published by mistake."""

import re

from atlaas.rules.text import fold

_GENERIC = (
    "accueil accessibilite administration agence animation archives association bibliotheque bureau cabinet "
    "centre citoyen collectivite com commune communication contact courrier cyber culture direction dgs dsi ecole "
    "economie emploi enfance espace fablab france habitants info information informations infos jeunesse labo mairie "
    "maire mediateur mediation mediatheque metropole musee numerique numeriques office participation patrimoine pole "
    "police population presse prevention projet relations reservation scolaire secretariat secteur service services "
    "social solidarite sport sports standard support technique tiers lieu tourisme urbanisme usagers vie ville village "
    "web webmestre"
)
GENERIC = frozenset(_GENERIC.split())
_PERSON = re.compile(r"^[a-z]{1,20}(?:-[a-z]+)?[._][a-z]{2,30}(?:-[a-z]+)?\d{0,2}$")


def looks_personal(address: str) -> bool:
    """Whether an e-mail address seems to be somebody's, as in « prenom.nom@… »; a doubt is only a hint to people."""
    local = address.partition("@")[0].lower()
    words = fold(re.sub(r"[._-]", " ", local)).split()
    return bool(_PERSON.match(local)) and not GENERIC.intersection(words)
