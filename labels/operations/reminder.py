"""Reminders before the window closes: J-30, J-7, J-1, to the teams that have not filed, in the digest.

A team is one that began a dossier, filed for the edition before, or whose collectivité has its adhésion for the year."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind
from atlaas.models import Collectivity
from atlaas.operations.mail_text import absolute
from atlaas.operations.notice import tell
from atlaas.queries.audience import people_of
from atlaas.rules.text import plural
from labels.choices import CandidacyState, EditionMail
from labels.models import Candidacy, Edition
from labels.queries.board import awaited
from labels.queries.clock import deadline_of
from labels.queries.edition_mail import words_of

DAYS = (30, 7, 1)
CATCH_UP = 2  # days during which a reminder that a stop of the platform swallowed still leaves


def remind_unfiled(today: date) -> int:
    """Tell, for each edition that is open, those whose last day is 30, 7 or 1 days away; answers how many teams.

    A day is told once, on that day or, when the platform was down, on one of the two that follow.
    """
    told = 0
    for edition in Edition.objects.with_campaign().filter(published_at=None).select_related("rulebook"):
        for collectivity in [*_began(edition), *awaited(edition)]:
            told += _remind(edition, collectivity, today)
    return told


def _began(edition: Edition) -> list[Collectivity]:
    rows = Candidacy.objects.filter(edition=edition, state=CandidacyState.DRAFT)
    return [one.collectivity for one in rows.select_related("collectivity__departement")]


@transaction.atomic
def _remind(edition: Edition, collectivity: Collectivity, today: date) -> bool:
    deadline = deadline_of(edition, collectivity)
    left = (timezone.localdate(deadline.end) - today).days
    due = [day for day in DAYS if day - CATCH_UP <= left <= day]
    if not deadline.is_open or not due:
        return False
    page = reverse("candidacy", args=[collectivity.code, edition.year])
    facts = {
        "jours": plural(left, "jour", "jours"),
        "echeance": str(deadline.end_told),
        "lien": absolute(page),
    }
    title, body = words_of(edition, collectivity, EditionMail.REMINDER, facts)
    tell(
        people_of(collectivity),
        NoticeKind.CAMPAIGN,
        key=f"reminder:{edition.pk}:{collectivity.pk}:J-{due[-1]}",
        title=title,
        body=body,
        url=page,
        collectivity=collectivity,
    )
    return True
