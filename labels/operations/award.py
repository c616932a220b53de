"""Change what a collectivité won: every change asks for the statistics of its edition to be computed again."""

from collections.abc import Iterable

import pghistory
from django.db import transaction

from atlaas.models import User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from labels.models import Award, Edition
from labels.operations import statistics
from labels.operations.seal import require_unsealed
from labels.permissions import can_correct_levels
from labels.rules.award import check_confirmed_level


@transaction.atomic
def confirm_level(award: Award, *, level: int, version: int, reason: str, by: User) -> Award:
    """Confirm the level of an award, or correct it; from then on it is certain. Answers the award as stored.

    `version` is the one the person read. Raises `Refused` (not an organiser, a level that cannot be, no reason) or
    `Conflict` (changed by someone else meanwhile), and then writes nothing.
    """
    if not can_correct_levels(by):
        raise Refused(french("Seule l'équipe de l'association confirme ou corrige un niveau."))
    stored = Award.objects.select_for_update().get(pk=award.pk)
    if stored.version != version:
        raise Conflict(
            french(
                "Ce niveau a été changé par quelqu'un d'autre depuis que vous l'avez lu : comparez, puis recommencez."
            ),
            current=stored,
            proposed=level,
        )
    require_unsealed(stored.edition)
    check_confirmed_level(level, is_ten=stored.is_ten, reason=reason)
    stored.level, stored.level_is_certain = level, True
    return save(stored, by=by, reason=reason.strip())


@transaction.atomic
def save(award: Award, *, by: User, reason: str = "") -> Award:
    """Write a new or changed award with its history, whoever checked it; figures of its edition follow, and of its former one."""
    before = _locked(award) if award.pk else None
    if before:
        award.version = before.version + 1
    with pghistory.context(reason=reason, user=by.pk):
        award.save()
    request_statistics({award.edition, before.edition} if before else {award.edition})
    return award


def _locked(award: Award) -> Award | None:
    return Award.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=award.pk).first()


@transaction.atomic
def request_statistics(editions: Iterable[Edition]) -> None:
    """Ask for the figures of editions of which an award, a mention or the coverage has changed (in year order: no deadlock)."""
    for edition in sorted(editions, key=lambda one: one.year):
        statistics.request(edition)
