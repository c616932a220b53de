from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.management.names import add_year
from labels.operations.jury_member import import_jury


class Command(ImportCommand):
    help = "Load the roster of a jury: name, function, biography, preside (oui), source, note."

    def add_file(self, parser):
        super().add_file(parser)
        add_year(parser)

    def load(self, options) -> Counts:
        return import_jury(options["file"], year=options["year"], dry_run=options["dry_run"])
