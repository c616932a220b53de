from atlaas.management.importing import ImportCommand
from atlaas.operations.loading import Counts
from labels.operations.edition import import_editions


class Command(ImportCommand):
    help = "Note the day of each ceremony: year, ceremony_on, source."

    def load(self, options) -> Counts:
        return import_editions(options["file"], dry_run=options["dry_run"])
