import re

from django.core.management.base import CommandError

from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from atlaas.operations.referential import import_referential


class Command(ImportCommand):
    help = "Load the référentiel of an edition: famille, enjeu_code, enjeu, service_code, service, …_atteste, remplace."

    def add_file(self, parser):
        super().add_file(parser)
        parser.add_argument("--year", type=int, help="by default the four figures of the file's name")

    def load(self, options) -> Counts:
        year = options["year"] or self._year_of(options["file"].stem)
        return import_referential(options["file"], year=year, dry_run=options["dry_run"])

    def _year_of(self, name: str) -> int:
        years = re.findall(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)", name)
        if len(years) != 1:
            raise CommandError("say the edition that this référentiel begins with: --year YEAR")
        return int(years[0])
