from pathlib import Path

from atlaas.management.importing import ImportCommand
from atlaas.operations.geography import import_geography
from atlaas.operations.loading import Counts

OFFICIAL = Path(__file__).resolve().parents[2] / "data"


class Command(ImportCommand):
    help = "Load régions, départements, communes, groups of communes and successions from a folder."

    def add_file(self, parser):
        parser.add_argument(
            "folder", type=Path, nargs="?", default=OFFICIAL, help="by default the committed files"
        )

    def load(self, options) -> Counts:
        return import_geography(options["folder"], dry_run=options["dry_run"])
