"""The people of the demonstration, one a role, all invented."""

from dataclasses import dataclass

from atlaas.models import User


@dataclass(frozen=True)
class DemoRole:
    """What the bar of the demo offers: who one becomes, and the address of the account."""

    title: str
    email: str


ROLES = {
    "organisateur": DemoRole("organisateur", "equipe@demo.example"),
    "responsable": DemoRole("responsable", "responsable@demo.example"),
    "valideur": DemoRole("valideur", "valideur@demo.example"),
    "contributeur": DemoRole("contributeur", "contributeur@demo.example"),
    "mandataire": DemoRole("mandataire", "mandataire@demo.example"),
    "presidence": DemoRole("présidente du jury", "presidence@demo.example"),
    "jure": DemoRole("membre du jury", "jure1@demo.example"),
}


def demo_account(role: str) -> User | None:
    """The demo account of a role of `ROLES`, or none when it was not made."""
    return User.objects.filter(email=ROLES[role].email, is_demo=True, is_active=True).first()
