"""Whether the journal of a sitting holds: each line bound to the one before, and every decision as it replays."""

from django.core.management.base import BaseCommand, CommandError

from jury.models import Entry
from jury.queries.journal import verify
from labels.models import Edition


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="the edition; every one that has a journal when absent")

    def handle(self, *, year, **options):
        found = Edition.objects.filter(sitting__entries__isnull=False).distinct().order_by("year")
        editions = list(found.filter(year=year) if year else found)
        if year and not editions:
            raise CommandError(f"the edition {year} has no journal")
        broken = [(edition, verify(edition)) for edition in editions]
        for edition, first in broken:
            self.stdout.write(f"{edition.year}: {self._told(edition, first)}")
        if any(first for _, first in broken):
            raise CommandError("a journal does not hold")

    def _told(self, edition, first):
        if first:
            return f"broken at line {first.rank}: {first.why}"
        return f"{Entry.objects.filter(sitting__edition=edition).count()} lines, all hold"
