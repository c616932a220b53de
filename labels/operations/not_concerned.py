"""A service that is not a collectivité's business: said, or taken back."""

from django.db import transaction

from atlaas.choices import Role
from atlaas.models import Collectivity, Service, User
from atlaas.permissions import require
from labels.models import NotConcerned


@transaction.atomic
def set_not_concerned(
    collectivity: Collectivity, service: Service, *, by: User, concerned: bool, reason: str = ""
) -> None:
    """Say that a service is not concerned (`concerned` False), or take it back; twice is once."""
    require(by, collectivity, Role.CONTRIBUTOR)
    if concerned:
        NotConcerned.objects.filter(collectivity=collectivity, service=service).delete()
        return
    NotConcerned.objects.update_or_create(
        collectivity=collectivity, service=service, defaults={"reason": reason.strip()[:300], "by": by}
    )
