"""Who could win the title « Territoire d’excellence numérique » in an edition, with the proof edition by edition."""

from django.core.management.base import BaseCommand, CommandError

from atlaas.models import Collectivity
from labels.models import Edition
from labels.queries.ten import ten_eligibilities
from labels.rules.ten import Answer


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True, help="the edition that is judged")
        parser.add_argument("--all", action="store_true", help="those who cannot win it too")

    def handle(self, *, year, **options):
        edition = Edition.objects.select_related("rulebook").filter(year=year, rulebook__isnull=False).first()
        if edition is None:
            raise CommandError(f"the edition {year} is not known, or has no rulebook")
        won = Collectivity.objects.filter(awards__level=5, awards__edition__year__lt=year).distinct()
        places = list(won.order_by("sort_key", "code"))
        answers = ten_eligibilities(edition, places)
        for one in places:
            found = answers[one.pk]
            if options["all"] or found.answer is not Answer.NOT_ELIGIBLE:
                run = ", ".join(f"{at}: {proof.value}" for at, proof in found.run.items())
                self.stdout.write(f"{one.code} {one.name}: {found.answer.value} ({run})")
