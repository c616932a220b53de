"""Invitations, as their link and as their people see them."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from atlaas.models import Affiliation, Collectivity, Invitation, User
from atlaas.rules.invitation import fingerprint

SALT = "atlaas.invitation"


def secret_of(invitation: Invitation) -> str:
    """The secret of the link, drawn from the key of the site: a mail can be written later, and nothing stored reveals it."""
    facts = f"{invitation.collectivity_id}:{invitation.email}:{invitation.expires_at.timestamp()}"
    return salted_hmac(SALT, facts, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def by_secret(secret: str) -> Invitation | None:
    """The invitation of a link, whatever became of it; None when there is none."""
    rows = Invitation.objects.select_related(
        "collectivity__departement", "collectivity__region", "invited_by"
    )
    return rows.filter(secret_hash=fingerprint(secret)).first()


def waiting_for(user: User) -> QuerySet[Invitation]:
    """Those that the person has received and not answered."""
    mine = Affiliation.objects.filter(user=user, collectivity=OuterRef("collectivity"), role=OuterRef("role"))
    rows: QuerySet[Invitation] = Invitation.objects.open().filter(~Exists(mine), email=user.email)
    return rows.select_related("collectivity", "invited_by")


def unanswered(collectivity: Collectivity) -> QuerySet[Invitation]:
    """Those of a collectivité that nobody accepted nor took back, expired ones too: they can be sent again."""
    rows = collectivity.invitations.filter(accepted_at=None, revoked_at=None)
    return rows.select_related("invited_by", "replaces__user")
