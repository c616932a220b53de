"""Accounts of the demonstration: one a role, with no password; one signs in as them from the bar at the head of the pages."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from atlaas.models import User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french

DEMO_ACCOUNTS: Mapping[str, Mapping[str, object]] = {
    "equipe@demo.example": {
        "name": "Dominique Exemple (équipe de l’association)",
        "is_organiser": True,
        "is_staff": True,
        "is_superuser": True,
    },
    "agent@demo.example": {"name": "Camille Exemple (agent d’une commune)"},
}


@transaction.atomic
def ensure_demo_accounts() -> list[User]:
    """Make the accounts that are missing; those that stand are left as people made them."""
    if not settings.DEMO:
        raise Refused(french("Les comptes de démonstration n'existent que dans la démonstration."))
    for email, facts in DEMO_ACCOUNTS.items():
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, None, is_demo=True, **facts)
    return list(User.objects.filter(email__in=DEMO_ACCOUNTS, is_demo=True))
