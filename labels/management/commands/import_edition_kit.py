from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from atlaas.rules.reading import Rejected
from labels.operations.edition_kit import import_edition_kit

KIT = Path(settings.BASE_DIR) / "labels" / "data" / "kit"


class Command(BaseCommand):
    help = "Load the evaluation grid and the questionnaire of an edition (working proposals) from a folder."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help="the edition")
        parser.add_argument("--folder", type=Path, default=KIT, help="holds criteria.csv and questions.csv")
        parser.add_argument("--dry-run", action="store_true", help="check all of it, write nothing")

    def handle(self, *_args, **options):
        try:
            counts = import_edition_kit(options["folder"], year=options["year"], dry_run=options["dry_run"])
        except (Rejected, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"edition kit {options['year']}: {counts}")
