"""Who may do what with the label."""

from django.contrib.auth.models import AnonymousUser

from atlaas.models import User


def can_correct_levels(user: User | AnonymousUser | None) -> bool:
    """An organiser whose account is active confirms and corrects levels."""
    return isinstance(user, User) and user.is_active and user.is_organiser
