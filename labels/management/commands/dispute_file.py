"""All that the platform knows of one account around a deadline, as a file that can be handed over."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from atlaas.models import User
from atlaas.rules.table import cell
from labels.operations.arrival import KEPT
from labels.queries.dispute import Row, dispute_of

COLUMNS = {
    "arrivals": ("at", "method", "path", "status", "size", "milliseconds"),
    "steps": ("at", "code", "collectivity", "step"),
    "snapshots": ("arrived_at", "at", "code", "collectivity", "number", "rank", "sha256"),
    "probes": ("minute", "draft_ms", "filing_ms", "error"),
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True, help="the account")
        parser.add_argument("--since", help="a day, YYYY-MM-DD; a year ago when absent")
        parser.add_argument(
            "--folder", type=Path, help="write one CSV a table there; JSON on the output otherwise"
        )

    def handle(self, *, email, since, folder, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {email}")
        start = _start(since)
        tables = dispute_of(user, since=start)
        if folder is None:
            facts = {"account": user.email, "since": start.isoformat(), **tables}
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in tables.items():
            _write(folder / f"{name}.csv", COLUMNS[name], rows)
            self.stdout.write(f"{name}: {len(rows)}")


def _start(told: str | None) -> datetime:
    if told is None:
        return timezone.now() - KEPT - timedelta(days=1)
    try:
        day = parse_date(told)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{told} is not a day: write it as YYYY-MM-DD")
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 (made aware here)


def _write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
