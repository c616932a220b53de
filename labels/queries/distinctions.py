"""How many titles TEN and mentions each edition and each theme has."""

from django.db.models import Count

from labels.choices import Coverage
from labels.models import Edition, MentionTheme
from labels.queries.ten import held_for
from labels.rules.ten import years_of_titles


def titles_by_year(edition: Edition, user: object) -> dict[int, int | None]:
    """Titles won in each edition whose titles still hold in this one, None where its palmarès is not known whole; one query."""
    years = years_of_titles(edition.year, held_for(edition))
    known = Edition.objects.visible_to(user).filter(year__in=years, coverage=Coverage.COMPLETE)
    won = known.filter(awards__is_ten=True).annotate(titles=Count("awards"))
    counts = dict(won.values_list("year", "titles"))
    whole = set(known.values_list("year", flat=True))
    return {year: counts.get(year, 0) if year in whole else None for year in years}


def mentions_by_theme(edition: Edition) -> list[tuple[str, int]]:
    """Every theme of the edition with its mentions, the most given first."""
    themes = MentionTheme.objects.filter(edition=edition).annotate(given=Count("mentions"))
    return list(themes.order_by("-given", "name").values_list("name", "given"))
