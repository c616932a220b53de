from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.management.names import add_year
from labels.operations.editorial_file import import_editorial


class Command(ImportCommand):
    help = "Load the signed texts of a press kit: kind, title, text, signatory, function, source."

    def add_file(self, parser):
        super().add_file(parser)
        add_year(parser)

    def load(self, options) -> Counts:
        return import_editorial(options["file"], year=options["year"], dry_run=options["dry_run"])
