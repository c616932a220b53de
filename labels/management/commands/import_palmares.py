from pathlib import Path

from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.management.names import add_names, add_year, committed
from labels.operations.palmares import Companions, import_palmares


class Command(ImportCommand):
    help = "Load the palmarès of an edition as a document prints it: region, name_as_printed, arobases_as_printed."

    def add_file(self, parser):
        super().add_file(parser)
        add_year(parser)
        add_names(parser)
        parser.add_argument(
            "--categories", type=Path, help="by default the committed file of the year, if any"
        )
        parser.add_argument("--legible", type=Path, help="régions where a printed 4 is a 4 (same default)")

    def load(self, options) -> Counts:
        year = options["year"]
        companions = Companions(
            decisions=options["decisions"],
            categories=options["categories"] or committed(f"categories_{year}.csv"),
            legible=options["legible"] or committed(f"legible_regions_{year}.csv"),
        )
        return import_palmares(
            options["file"],
            year=year,
            companions=companions,
            report=options["report"],
            dry_run=options["dry_run"],
        )
