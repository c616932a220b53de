from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.management.names import add_names
from labels.operations.history import import_history


class Command(ImportCommand):
    help = (
        "Load attested lines of past editions: edition_year, collectivite, level, distinction, note, source."
    )

    def add_file(self, parser):
        super().add_file(parser)
        add_names(parser)

    def load(self, options) -> Counts:
        return import_history(
            options["file"],
            decisions=options["decisions"],
            report=options["report"],
            dry_run=options["dry_run"],
        )
