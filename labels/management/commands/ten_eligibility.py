"""Who could win the title « Territoire d’excellence numérique » in an edition, with the proof edition by edition."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.db.models.functions import Now

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
        before = Q(awards__level=5, awards__edition__year__lt=year)
        awarded = Q(awards__is_ten=True, awards__edition=edition, awards__edition__published_at__lte=Now())
        won = Collectivity.objects.filter(before | awarded).distinct()
        places = list(won.order_by("sort_key", "code"))
        answers = ten_eligibilities(edition, places)
        titled = set(won.filter(awarded).values_list("pk", flat=True))
        for one in places:
            found = answers[one.pk]
            if options["all"] or one.pk in titled or found.answer is not Answer.NOT_ELIGIBLE:
                run = ", ".join(f"{at}: {proof.value}" for at, proof in found.run.items())
                title = "awarded, " if one.pk in titled else ""
                self.stdout.write(f"{one.code} {one.name}: {title}{found.answer.value} ({run})")
        if titled:
            self.stdout.write(f"{year}: {len(titled)} awarded, {_told(answers[key] for key in titled)}")


def _told(found):
    """« 12 unproved, 1 eligible »: how many of each answer."""
    return ", ".join(
        f"{count} {answer}" for answer, count in Counter(one.answer.value for one in found).most_common()
    )
