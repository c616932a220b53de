"""The words of an edition's mails: what they say by default, and the closed list of what they may name."""

import re
from collections.abc import Mapping

from atlaas.rules.refusal import Refused
from labels.choices import EditionMail

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
COMMON = {"collectivite": "nom de la collectivité", "annee": "millésime", "lien": "adresse de la page"}
# What each mail may name besides, with what it stands for: the closed list.
PLACEHOLDERS: Mapping[str, Mapping[str, str]] = {
    EditionMail.RECEIPT: COMMON
    | {"numero": "numéro du dépôt", "empreinte": "empreinte SHA-256", "depot": "heure d’arrivée"},
    EditionMail.REMINDER: COMMON | {"jours": "jours avant la clôture", "echeance": "clôture"},
    EditionMail.WITHDRAWN: COMMON | {"personne": "qui a retiré"},
    EditionMail.EXTENSION: COMMON | {"echeance": "nouvelle fin", "motif": "motif du délai"},
    EditionMail.DEROGATION: COMMON | {"decision": "accordée ou refusée", "reponse": "phrase de la réponse"},
    EditionMail.RELAUNCH: COMMON | {"echeance": "clôture", "message": "message de l’équipe"},
}
DEFAULTS: Mapping[str, tuple[str, str]] = {
    EditionMail.RECEIPT: (
        "Candidature {annee} déposée : {numero}",
        (
            "La candidature {annee} de {collectivite} est déposée.\n\n"
            "Numéro : {numero}\n\nArrivée : {depot}\n\nEmpreinte SHA-256 : {empreinte}\n\n"
            "L’accusé de dépôt est joint. Il se relit ici : {lien}\n\n"
            "Jusqu’à la clôture, vous pouvez corriger : ce dépôt reste valable tant qu’un autre ne le remplace pas."
        ),
    ),
    EditionMail.REMINDER: (
        "Il reste {jours} pour déposer la candidature {annee}",
        ("La candidature {annee} de {collectivite} n’est pas encore déposée.\n\nClôture : {echeance}."),
    ),
    EditionMail.WITHDRAWN: (
        "Candidature {annee} retirée",
        (
            "La candidature {annee} de {collectivite} a été retirée par {personne}.\n\n"
            "Tant que le dépôt est ouvert, elle peut être reprise : {lien}"
        ),
    ),
    EditionMail.EXTENSION: (
        "Un délai vous est accordé pour la candidature {annee}",
        (
            "Un délai est accordé à {collectivite} pour sa candidature {annee}, jusqu’au {echeance}.\n\n"
            "Motif : {motif}\n\nDéposer : {lien}"
        ),
    ),
    EditionMail.DEROGATION: (
        "Réponse à votre demande de dérogation {annee}",
        "La dérogation demandée par {collectivite} est {decision}.\n\n{reponse}\n\nLe dossier : {lien}",
    ),
    EditionMail.RELAUNCH: (
        "Votre candidature {annee}",
        "{message}\n\nCollectivité : {collectivite}\n\nClôture : {echeance}\n\nLe dossier : {lien}",
    ),
}


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with each placeholder told; what a fact holds is never read as a placeholder in its turn."""
    return PLACEHOLDER.sub(lambda found: facts[found[1]], text)


def check(kind: str, text: str) -> str:
    """The text when it names nothing but what this mail may name; `Refused` says what it may."""
    allowed = PLACEHOLDERS[kind]
    rest = PLACEHOLDER.sub("", text)
    unknown = [found for found in PLACEHOLDER.findall(text) if found not in allowed]
    if unknown or "{" in rest or "}" in rest:
        told = ", ".join(f"{{{name}}}" for name in allowed)
        raise Refused(f"Ce texte nomme ce que ce courriel ne sait pas dire. Il peut nommer : {told}.")
    return text
