from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from atlaas.rules.refusal import Refused
from atlaas.tasks import wake
from labels.operations.demo_campaign import seed_campaign
from labels.operations.demo_corpus import ask, seed
from labels.rules.demo_corpus import SIZE


class Command(BaseCommand):
    help = "Write the invented fiches and candidacies of the demonstration that are missing: the same ones each time."

    def add_arguments(self, parser):
        parser.add_argument("--size", type=int, default=SIZE, help=f"how many fiches in all ({SIZE})")
        parser.add_argument(
            "--reset", action="store_true", help="erase every fiche of the demonstration first"
        )
        parser.add_argument("--later", action="store_true", help="ask the worker for them instead")
        parser.add_argument(
            "--yes-invented-data",
            action="store_true",
            help="write invented fiches although this is not the demonstration",
        )

    def handle(self, *_args, **options):
        if options["size"] < 1:
            raise CommandError("--size takes a whole number from 1 up")
        try:
            if options["later"]:
                self._ask(options["size"])
                return
            written = seed(
                today=timezone.localdate(),
                size=options["size"],
                reset=options["reset"],
                outside_demo=options["yes_invented_data"],
                tell=self._tell,
            )
            made = seed_campaign(closed=60, opened=45, outside_demo=options["yes_invented_data"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"fiches: {written} written, {options['size'] - written} there already")
        self.stdout.write(f"candidacies: {made} made")

    def _ask(self, size):
        if ask(size):
            self.stdout.write(f"fiches: {size} asked of the worker")
            wake()

    def _tell(self, done, total):
        self.stdout.write(f"{done} / {total}", ending="\r")
        self.stdout.flush()
