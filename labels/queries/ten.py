"""The title « Territoire d’excellence numérique »: who holds it, and who may win it, with the proof, edition by edition."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models.functions import Now

from atlaas.models import Collectivity, Succession
from atlaas.queries.succession import former_of
from atlaas.rules.succession import in_force
from labels.choices import Coverage
from labels.models import Award, Edition
from labels.rules.statistics import Holder
from labels.rules.ten import TOP, Eligibility, Known, eligibility, unknown_years, years_of_titles

AT_LEAST = 1  # an edition without a rulebook here: nothing says that its titles held longer than itself


def held_for(edition: Edition) -> int:
    """For how many editions a title won in it holds, that one counted; its rulebook is best joined."""
    rulebook = getattr(edition, "rulebook", None)
    return rulebook.ten_held_for if rulebook else AT_LEAST


def unknown_editions(edition: Edition) -> list[int]:
    """The years of the editions whose titles still hold in `edition` and whose palmarès is not known whole; one query.

    Only what is public is known: an edition before it that is still secret is not told through this one.
    """
    years = years_of_titles(edition.year, held_for(edition))
    complete = Edition.objects.filter(coverage=Coverage.COMPLETE, year__in=years[:-1])
    known = set(complete.filter(published_at__lte=Now()).values_list("year", flat=True))
    return unknown_years(edition.year, held_for(edition), known | {edition.year})


def holders_of(edition: Edition) -> list[Holder]:
    """Every holder of a title in `edition`, by the code that stands today, as their latest title tells them. Two queries.

    Whole where `unknown_editions` names none; how long a title holds is what the rulebook of `edition` says.
    """
    years = years_of_titles(edition.year, held_for(edition))
    rows = Award.objects.filter(is_ten=True, edition__year__in=years).order_by("edition__year", "pk")
    told = ("collectivity__code", "collectivity__region_id", "collectivity__departement_id", "category")
    successors = dict(Succession.objects.values_list("old_code", "successor__code"))
    latest = {in_force(row[0], successors): row[1:] for row in rows.values_list(*told)}
    return [
        Holder(code, region, departement or "", category)
        for code, (region, departement, category) in latest.items()
    ]


def ten_eligibilities(edition: Edition, places: Collection[Collectivity]) -> dict[int, Eligibility]:
    """By key of collectivité, as if 5 @ were decided in `edition`; only palmarès that are public prove anything (three queries)."""
    book = edition.rulebook
    return {
        key: eligibility(
            edition.year,
            known | {edition.year: Known(TOP)},
            run_over=book.ten_run_over,
            counts_current=book.ten_counts_current,
        )
        for key, known in ten_history(edition, places).items()
    }


def ten_history(edition: Edition, places: Collection[Collectivity]) -> dict[int, dict[int, Known]]:
    """By key of collectivité, what public palmarès before `edition` tell of each year.

    What a collectivité took over counts for it: its own award first, else the best of those that became it. Three queries.
    """
    public = Edition.objects.filter(published_at__lte=Now(), year__lt=edition.year)
    absent = {one.year: Known(is_there=False) for one in public if one.is_complete}
    former = former_of([one.code for one in places])
    codes = {one.code for one in places}.union(*former.values())
    won: dict[str, list[Award]] = defaultdict(list)
    rows = Award.objects.filter(edition__in=public, collectivity__code__in=codes)
    for award in rows.select_related("edition", "collectivity"):
        won[award.collectivity.code].append(award)
    return {
        one.pk: absent | _known(one, [*won[one.code], *(a for code in former[one.code] for a in won[code])])
        for one in places
    }


def _known(place: Collectivity, awards: Collection[Award]) -> dict[int, Known]:
    best: dict[int, Award] = {}
    for one in sorted(awards, key=lambda one: (one.collectivity_id == place.pk, one.level or 0)):
        best[one.edition.year] = one
    return {year: Known(one.level, is_certain=one.level_is_certain) for year, one in best.items()}
