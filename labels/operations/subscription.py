"""Adhésions of a year: one by hand, or many from the association's table."""

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import Collectivity, User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Refused
from labels.choices import SubscriptionStatus
from labels.models import Subscription
from labels.rules.subscription_file import read_subscriptions

MOST_TOLD = 20


class Unread(Refused):
    """The table was not taken; `problems` says line by line what to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Ce tableau n’est pas enregistré : corrigez les lignes indiquées.")
        self.problems = problems


@transaction.atomic
def set_subscription(collectivity: Collectivity, year: int, status: str, comment: str, *, by: User) -> str:
    """Say the membership of one collectivité for a year; answers what it was said to be before, in words, or nothing."""
    require_organiser(by)
    if status not in SubscriptionStatus.values:
        raise Refused("Choisissez l’état de l’adhésion.")
    facts = {"status": status, "comment": comment.strip()[:300], "changed_at": Now()}
    rows = Subscription.objects.select_for_update().filter(collectivity=collectivity, year=year)
    before = rows.first()
    Subscription.objects.update_or_create(collectivity=collectivity, year=year, defaults=facts)
    return str(before.get_status_display()) if before and before.status != status else ""


@transaction.atomic
def import_subscriptions(content: bytes, year: int, *, by: User) -> int:
    """Write every line of the table, or none; answers how many. `Unread` says what to mend."""
    require_organiser(by)
    table = read_subscriptions(content)
    known = Collectivity.objects.in_bulk([row.code for row in table.rows], field_name="code")
    strangers = [
        f"Ligne {row.line} : {row.code} n’est pas une collectivité connue."
        for row in table.rows
        if row.code not in known
    ]
    if problems := [*table.problems, *strangers]:
        raise Unread(problems[:MOST_TOLD])
    for row in table.rows:
        set_subscription(known[row.code], year, row.status, row.comment, by=by)
    return len(table.rows)
