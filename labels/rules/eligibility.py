"""Who may file: reasons that say how to go on, never a bare no (règlement; a granted derogation stands for what depends on the year)."""

from dataclasses import dataclass

from labels.choices import SubscriptionStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a collectivité for an edition; `subscription` is None when the association knows of none."""

    subscription: str | None
    sheets: int
    has_publisher: bool
    is_derogated: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a collectivité cannot file yet; `place` names the page where it is mended, empty when only others can."""

    code: str
    sentence: str
    place: str = ""
    may_be_waived: bool = True


UNKNOWN = Reason(
    "subscription",
    "L’adhésion de l’année n’est pas connue de l’association : écrivez-lui, ou demandez une dérogation.",
    "derogation",
)
PENDING = Reason(
    "subscription",
    "L’adhésion de l’année attend son paiement : dès qu’il arrive, le dépôt s’ouvre. Une dérogation peut se demander.",
    "derogation",
)
ENDED = Reason(
    "subscription",
    "L’adhésion de l’année est résiliée : écrivez à l’association, ou demandez une dérogation.",
    "derogation",
)
NO_SHEET = Reason(
    "sheets",
    "Aucune fiche ne compte : publiez-en une, reconduisez-en une, ou remettez au dossier une fiche retirée.",
    "candidacy-sheets",
)
NO_PUBLISHER = Reason(
    "publisher",
    "Personne ne peut déposer : il faut un valideur ou un responsable dans l’équipe.",
    "space-team",
    may_be_waived=False,
)
SUBSCRIPTIONS: dict[str | None, Reason] = {
    None: UNKNOWN,
    SubscriptionStatus.PENDING: PENDING,
    SubscriptionStatus.ENDED: ENDED,
}


def reasons(standing: Standing) -> list[Reason]:
    """What stands in the way, in the order people mend it; empty when the collectivité may file."""
    found = []
    if standing.subscription in SUBSCRIPTIONS:
        found.append(SUBSCRIPTIONS[standing.subscription])
    if not standing.sheets:
        found.append(NO_SHEET)
    if not standing.has_publisher:
        found.append(NO_PUBLISHER)
    return [one for one in found if not (one.may_be_waived and standing.is_derogated)]
