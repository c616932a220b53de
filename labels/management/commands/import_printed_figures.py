from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.management.names import add_year
from labels.operations.printed_figure import import_printed_figures


class Command(ImportCommand):
    help = "Load the figures that a document prints: key, region, value, place, comment."

    def add_file(self, parser):
        super().add_file(parser)
        add_year(parser)

    def load(self, options) -> Counts:
        return import_printed_figures(options["file"], year=options["year"], dry_run=options["dry_run"])
