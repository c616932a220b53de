"""What every import command does: say what changed, or every error at once and exit with 1."""

import sys
from abc import abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from atlaas.operations.loading import Counts
from atlaas.rules.reading import Rejected


class ImportCommand(BaseCommand):
    """One transaction; counts on stdout; errors on stderr, each with its line."""

    requires_system_checks = ()  # they are for whoever changes the code, and load every page of the site

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_file(parser)
        parser.add_argument("--dry-run", action="store_true", help="do everything, print the counts, undo it")

    def add_file(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    @abstractmethod
    def load(self, options: dict[str, Any]) -> Counts:
        """Call the operation of the import."""

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            counts = self.load(options)
        except Rejected as rejected:
            for problem in rejected.problems:
                self.stderr.write(str(problem))
            self.stderr.write(f"{len(rejected.problems)} errors: nothing is written")
            sys.exit(1)
        self.stdout.write(f"{counts}{' (dry run: nothing is written)' if options['dry_run'] else ''}")
