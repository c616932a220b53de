from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from atlaas.operations.account import ensure_demo_accounts
from atlaas.rules.reading import Rejected
from labels.operations.demo import load_committed_data


class Command(BaseCommand):
    help = "Load the committed data that is not loaded yet and compute the statistics; in the demo, make its accounts."

    def handle(self, *_args, **_options):
        try:
            load_committed_data(self._tell)
        except Rejected as rejected:
            raise CommandError(str(rejected)) from rejected
        if settings.DEMO:
            self._tell(f"accounts: {len(ensure_demo_accounts())}")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
