from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.management.names import add_names, add_year
from labels.operations.distinction import import_distinctions


class Command(ImportCommand):
    help = "Load the titles and mentions of an edition: name_as_printed, kind (ten or mention), theme."

    def add_file(self, parser):
        super().add_file(parser)
        add_year(parser)
        add_names(parser)

    def load(self, options) -> Counts:
        return import_distinctions(
            options["file"],
            year=options["year"],
            decisions=options["decisions"],
            report=options["report"],
            dry_run=options["dry_run"],
        )
