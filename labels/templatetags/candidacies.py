"""What happened to a candidacy, in words; {% load candidacies %}."""

from django import template

from labels.models import CandidacyStep

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
    "category": "réponse sur la catégorie",
}


@register.filter
def step_words(step: CandidacyStep) -> str:
    return WORDS[step.step]
