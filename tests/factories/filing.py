"""Candidacies that could be filed; every one is invented."""

from tests.factories.atlaas import CommuneFactory, agent_of, published_sheet
from tests.factories.campaign import CandidacyFactory, SubscriptionFactory, open_edition

PEOPLE = {
    "elected_name": "Dominique Exemple",
    "elected_function": "Maire",
    "agent_name": "Camille Exemple",
    "agent_function": "Secrétaire de mairie",
    "contact_email": "mairie@exemple.test",
    "mayor_word": "Notre commune avance.",
}


def publisher_of(collectivity):
    """The first person who may file for it; one is made when there is none."""
    row = collectivity.affiliations.filter(role="valideur").first()
    return row.user if row else agent_of(collectivity, "valideur")


def a_complete_candidacy(collectivity=None, *, edition=None, sheets=1, by=None, **facts):
    """A dossier to which nothing is missing; the one that stands already when there is one."""
    collectivity = collectivity or CommuneFactory()
    edition = edition or open_edition()
    if found := edition.candidacies.filter(collectivity=collectivity).first():
        return found
    SubscriptionFactory(collectivity=collectivity, year=edition.year)
    by = by or publisher_of(collectivity)
    for rank in range(sheets):
        published_sheet(collectivity, by=by, title=f"Une action n° {rank}", is_running=True)
    return CandidacyFactory(edition=edition, collectivity=collectivity, **(PEOPLE | facts))
