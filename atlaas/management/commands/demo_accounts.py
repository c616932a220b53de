from django.core.management.base import BaseCommand, CommandError

from atlaas.operations.account import ensure_demo_accounts
from atlaas.rules.refusal import Refused


class Command(BaseCommand):
    help = "Print the accounts of the demonstration, made if they are missing."

    def handle(self, *_args, **_options):
        try:
            accounts = ensure_demo_accounts()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Demo accounts (no password: sign in from the « démonstration » bar of any page)")
        for account in accounts:
            self.stdout.write(f"  {account.email}  {account.name}")
