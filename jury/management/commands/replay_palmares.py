"""Compute a sealed palmarès again from its file alone, without a database: the digest, or the first row that differs."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from atlaas.queries.source import source_digest
from jury.rules.replay import File, replayed
from labels.operations.seal import CODE
from labels.rules.snapshot import canonical


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("bundle", type=Path, help="the file that the page of the edition gives")
        parser.add_argument("--sha256", default="", help="the digest that was told before the ceremony")
        parser.add_argument(
            "--output", type=Path, help="where to write what was computed again, byte for byte"
        )

    def handle(self, *, bundle, sha256, output, **options):
        told = self._read(bundle)
        found = replayed(told, sha256=sha256)
        if found.why:
            raise CommandError(found.why)
        self._tell_code(told)
        if output:
            output.write_bytes(canonical(told.bundle).encode())
        self.stdout.write(found.sha256)

    def _read(self, path):
        try:
            return File.of(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path.name} cannot be read as the file of a seal: {error}") from error

    def _tell_code(self, told):
        if told.bundle["code"] != source_digest(*CODE):
            self.stderr.write("note: sealed by another version of the rules, which gave the same results")
        if told.annex is None:
            self.stderr.write(
                "note: without the jury's annex: awards are taken as sealed, not from decisions"
            )
