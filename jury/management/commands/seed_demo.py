from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from atlaas.rules.refusal import Refused
from atlaas.tasks import wake
from jury.operations.demo import seat_missing_jury
from jury.operations.demo_stage import STAGES, rebuild
from jury.queries.demo import figures
from labels.operations.demo_campaign import seed_campaign
from labels.operations.demo_corpus import DOSSIERS, TAKING_PART, ask, seed
from labels.rules.demo_corpus import SIZE


class Command(BaseCommand):
    help = (
        "Write the invented fiches, candidacies and jury of the demonstration that are missing: the same ones each time. "
        "With --stage, erase its edition at the jury and make it again at that stage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--size", type=int, default=SIZE, help=f"how many fiches in all ({SIZE})")
        parser.add_argument(
            "--reset", action="store_true", help="erase every fiche of the demonstration first"
        )
        parser.add_argument("--later", action="store_true", help="ask the worker for them instead")
        parser.add_argument("--stage", choices=STAGES, help="where the edition at the jury starts again from")
        parser.add_argument(
            "--year", type=int, help="with --stage, the edition that is meant: any other one is refused"
        )
        parser.add_argument(
            "--yes-invented-data",
            action="store_true",
            help="write invented data although this is not the demonstration",
        )

    def handle(self, *_args, **options):
        if options["size"] < 1:
            raise CommandError("--size takes a whole number from 1 up")
        if options["year"] and not options["stage"]:
            raise CommandError("--year goes with --stage")
        try:
            self._act(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _act(self, options):
        outside_demo = options["yes_invented_data"]
        if options["stage"]:
            self.stdout.write(f"stage {options['stage']}: the edition is erased and made again…")
            self.stdout.flush()
            self._tell_figures(rebuild(options["stage"], year=options["year"], outside_demo=outside_demo))
        elif options["later"]:
            self._ask(options["size"])
        else:
            self._seed(options["size"], reset=options["reset"], outside_demo=outside_demo)

    def _seed(self, size, *, reset, outside_demo):
        written = seed(
            today=timezone.localdate(), size=size, reset=reset, outside_demo=outside_demo, tell=self._tell
        )
        made = seed_campaign(closed=DOSSIERS, opened=TAKING_PART, outside_demo=outside_demo)
        self.stdout.write(f"fiches: {written} written, {size - written} there already")
        self.stdout.write(f"candidacies: {made} made")
        self._tell_figures(seat_missing_jury(outside_demo=outside_demo))

    def _ask(self, size):
        if ask(size):
            self.stdout.write(f"fiches: {size} asked of the worker")
            wake()

    def _tell(self, done, total):
        self.stdout.write(f"{done} / {total}", ending="\r")
        self.stdout.flush()

    def _tell_figures(self, edition):
        told = ", ".join(f"{name} {number}" for name, number in figures(edition).items())
        self.stdout.write(f"edition {edition.year}: {told}")
