"""What happened to a candidacy, in words; {% load candidacies %}."""

from datetime import datetime

from django import template
from django.utils.timezone import localtime

from labels.models import CandidacyStep
from labels.rules.clock_words import moment

register = template.Library()

WORDS = {
    "start": "dossier commencé",
    "write": "dossier modifié",
    "file": "candidature déposée",
    "correct": "correction commencée",
    "keep": "correction abandonnée, le dépôt précédent est gardé",
    "withdraw": "candidature retirée",
    "resume": "candidature reprise",
    "extend": "délai accordé",
    "end_extension": "délai repris",
    "category": "réponse de l’association sur la catégorie",
    "relaunch": "relance de l’association",
}


@register.filter
def step_words(step: CandidacyStep) -> str:
    return WORDS[step.step]


@register.filter
def instant(at: datetime) -> str:
    """« 24 novembre 2026 à 12 h 16 », Paris time."""
    return moment(localtime(at)).partition(" ")[2]


@register.filter
def answer_words(told: object) -> str:
    """An answer of the questionnaire as people read it."""
    if isinstance(told, list):
        return " · ".join(map(str, told))
    return "–" if told in ("", None) else str(told)
