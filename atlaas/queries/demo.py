from atlaas.models import User

ROLES = {"organisateur": "équipe de l’association", "agent": "agent d’une collectivité"}


def demo_account(role: str) -> User | None:
    """The demo account of a role of `ROLES`, or none when it was not made."""
    return (
        User.objects.filter(is_demo=True, is_active=True, is_organiser=role == "organisateur")
        .order_by("pk")
        .first()
    )
