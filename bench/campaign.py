"""What a campaign costs: the pages of a candidacy of five hundred fiches, its filing, the board of a thousand candidacies."""

import statistics
import time
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from atlaas.models import Collectivity, User
from bench.measure import cost, percentile
from bench.workspace import FICHES, with_many_fiches
from labels.choices import Category, Coverage, SubscriptionStatus
from labels.management.commands.import_edition_kit import KIT
from labels.models import Candidacy, Edition, Rulebook, Subscription
from labels.operations.candidacy import start
from labels.operations.edition_kit import import_edition_kit
from labels.operations.snapshot import store
from labels.queries.clock import now

YEAR = 2199
CANDIDACIES = 1000
PAGE, FILING = 60, 300  # milliseconds
OF_EDITION = ("candidacy", "candidacy-sheets", "candidacy-check")
OF_PLACE = ("space-mosaic", "assessment", "next-level")


def campaign_lines(town: Collectivity, *, rounds: int) -> list[str]:
    """A line for each page, and one for the snapshot; every row made for it is rolled back."""
    with with_many_fiches(town) as (client, user):
        edition = _edition()
        candidacy = start(edition, town, by=user)
        pages = {name: reverse(name, args=[town.code, YEAR]) for name in OF_EDITION}
        pages |= {name: reverse(name, args=[town.code]) for name in OF_PLACE}
        lines = [
            cost(client, address, rounds=rounds).line(f"{name}, {FICHES} fiches", PAGE)
            for name, address in pages.items()
        ]
        lines.append(_filing(candidacy, user, rounds))
        _others(edition)
        User.objects.filter(pk=user.pk).update(is_organiser=True)
        board = reverse("board", args=[YEAR])
        lines.append(cost(client, board, rounds=rounds).line(f"board, {CANDIDACIES} candidacies", PAGE))
    return lines


def _edition() -> Edition:
    at, day = now(), timedelta(days=1)
    edition = Edition.objects.create(
        year=YEAR,
        coverage=Coverage.COMPLETE,
        is_demo=True,
        opens_at=at - day,
        closes_at=at + day,
        referential_year=2025,
    )
    Rulebook.objects.create(edition=edition)
    import_edition_kit(KIT, year=YEAR)
    return edition


def _filing(candidacy: Candidacy, user: User, rounds: int) -> str:
    """The snapshot alone: read, written as canonical JSON, numbered, hashed, stored."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        with transaction.atomic():
            store(candidacy, by=user, mandate=None, arrived_at=now())
            transaction.set_rollback(True)
        times.append((time.perf_counter() - started) * 1000)
    slow = percentile(sorted(times), 0.95)
    told = f"{FILING}{' !' if slow > FILING else '  '}"
    return f"{f'snapshot of {FICHES} fiches':34}{statistics.median(times):8.1f}{slow:8.1f}{told:>9}"


def _others(edition: Edition) -> None:
    rest = Collectivity.objects.filter(kind="commune", candidacies=None).order_by("pk")[: CANDIDACIES - 1]
    Candidacy.objects.bulk_create(
        Candidacy(edition=edition, collectivity=one, category=Category.VILLE) for one in rest
    )
    Subscription.objects.bulk_create(
        Subscription(collectivity=one, year=YEAR, status=SubscriptionStatus.ACTIVE) for one in rest[::2]
    )
