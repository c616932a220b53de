from django.core.management.base import BaseCommand

from atlaas.operations.attachment import purge


class Command(BaseCommand):
    help = "Erases files taken off their fiche 30 days ago that no published version names."

    def handle(self, *args, **options):
        self.stdout.write(f"{purge()} files erased")
