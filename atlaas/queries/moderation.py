"""What waits for the association: reports to answer, withdrawals to settle."""

from django.db.models import QuerySet

from atlaas.choices import ReportState
from atlaas.models import Report, Withdrawal
from atlaas.rules.moderation import standing

RECENT = 20


def open_reports() -> QuerySet[Report]:
    """Oldest first, each with its fiche."""
    return Report.objects.filter(state=ReportState.OPEN).select_related(
        "sheet__collectivity", "sheet__public"
    )


def withdrawals() -> list[Withdrawal]:
    """Those in force, contested ones first."""
    rows = Withdrawal.objects.filter(lifted_at=None).select_related("sheet__collectivity", "by")
    return sorted(rows, key=lambda one: (not is_to_settle(one), one.at))


def answered_reports() -> QuerySet[Report]:
    """The last ones that were answered."""
    rows = Report.objects.filter(state=ReportState.ANSWERED).select_related(
        "sheet__collectivity", "answered_by"
    )
    return rows.order_by("-answered_at", "-pk")[:RECENT]


def standing_of(withdrawal: Withdrawal) -> str:
    """« en vigueur », « contesté », « maintenu » or « levé »."""
    return standing(
        contested=withdrawal.contested_at is not None,
        settled=withdrawal.settled_at is not None,
        lifted=withdrawal.lifted_at is not None,
    )


def is_to_settle(withdrawal: Withdrawal) -> bool:
    return withdrawal.contested_at is not None and withdrawal.settled_at is None
