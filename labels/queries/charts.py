"""The charts of an edition, each with its table: made of the same figures as every page, never counted anew."""

from collections.abc import Callable

from atlaas.rules.text import french, listed, plural
from labels.choices import Category, LevelClass
from labels.queries import statistics
from labels.queries.chart_source import Source
from labels.queries.distinctions import mentions_by_theme, titles_by_year
from labels.queries.sheet_charts import bare_services, enjeux, services, sheets
from labels.queries.statistics import Figures
from labels.rules.chart import Cell, Chart
from labels.rules.definitions import SCOPE, TEXT

MOST_DEPARTEMENTS = 15
COUNTS = ("Lauréats", "Titres TEN", "Mentions", "Communes", "Habitants")


def charts_of(source: Source) -> list[Chart]:
    """All of them, in the order of the page; seven queries."""
    return [make(source) for make in CHARTS.values()]


def chart_of(source: Source, key: str) -> Chart | None:
    return CHARTS[key](source) if key in CHARTS else None


def _counts(one: Figures) -> tuple[Cell, ...]:
    return one.laureates, one.ten, one.mentions, one.communes, one.inhabitants


def _levels(source: Source) -> Chart:
    found = {one.level: one for one in statistics.by_level(source.edition)}
    rows = [
        (str(french(level.label)), *(_counts(found[level]) if level in found else (0, 0, 0, 0, 0)))
        for level in LevelClass
    ]
    told = listed(f"{one.count} à {one.level.label}" for one in source.france.levels if one.count)
    sentence = f"{plural(source.france.laureates, 'lauréat')} : {told}." if told else "Aucun lauréat."
    return Chart("niveaux", "Par niveau", french(sentence), TEXT["levels"], ("Niveau", *COUNTS), rows)


def _categories(source: Source) -> Chart:
    figures = [(one, source.statistics.figures(category=one)) for one in Category]
    rows = [(one.label.capitalize(), *_counts(found)) for one, found in figures]
    told = listed(plural(found.laureates, one.label) for one, found in figures)
    definition = f"{TEXT['laureates']} {TEXT['inhabitants']}"
    return Chart("categories", "Par catégorie", f"{told}.", definition, ("Catégorie", *COUNTS), rows)


def _regions(source: Source) -> Chart:
    lines = source.statistics.by_region()
    france = source.statistics.total()
    rows = [
        (
            one.region.name if one.region else "France",
            one.cities,
            one.villages,
            one.territories,
            *_counts(one.total),
        )
        for one in [*lines, france]
    ]
    highest = max((one.total.laureates for one in lines), default=0)
    first = [one.region.name for one in lines if one.region and one.total.laureates == highest]
    sentence = (
        french(f"Des lauréats dans {plural(len(lines), 'région')} ; le plus : {listed(first)} ({highest}).")
        if lines
        else "Aucun lauréat."
    )
    return Chart(
        "regions",
        "Par région et par catégorie",
        sentence,
        SCOPE,
        ("Région", "Villes", "Villages", "Territoires", *COUNTS),
        rows[:-1],
        drawn=(1, 2, 3),
        total=rows[-1],
    )


def _departements(source: Source) -> Chart:
    lines = statistics.by_departement(source.edition)
    rows = [
        (f"{one.departement} ({one.departement.code})", *_counts(one)) for one in lines if one.departement
    ]
    placed = sum(one.laureates for one in lines)
    apart = source.france.laureates - placed
    sentence = f"Des lauréats dans {plural(len(rows), 'département')}."
    if apart:
        sentence += f" {plural(apart, 'lauréat n’est', 'lauréats ne sont')} rattaché{'s' if apart > 1 else ''} à aucun."
    return Chart(
        "departements",
        "Par département",
        sentence,
        french(
            "Lauréats de chaque département ; un groupement que la géographie officielle ne rattache à aucun "
            "département n'est compté que dans sa région."
        ),
        ("Département", *COUNTS),
        rows,
        most=MOST_DEPARTEMENTS,
    )


def _titles(source: Source) -> Chart:
    rows = [(str(year), won) for year, won in titles_by_year(source.edition, source.user).items()]
    return Chart(
        "ten",
        "Titres TEN, édition par édition",
        f"{source.statistics.titles().words}.",
        TEXT["ten_in_force"],
        ("Édition", "Titres remportés"),
        rows,
    )


def _mentions(source: Source) -> Chart:
    rows = mentions_by_theme(source.edition)
    sentence = f"{plural(source.france.mentions, 'mention')}, sur {plural(len(rows), 'thème')}."
    return Chart("mentions", "Mentions par thème", sentence, TEXT["mentions"], ("Thème", "Mentions"), rows)


CHARTS: dict[str, Callable[[Source], Chart]] = {
    "niveaux": _levels,
    "categories": _categories,
    "regions": _regions,
    "departements": _departements,
    "ten": _titles,
    "mentions": _mentions,
    "fiches": sheets,
    "enjeux": enjeux,
    "services": services,
    "services-peu-couverts": bare_services,
}
