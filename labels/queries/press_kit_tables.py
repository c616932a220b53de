"""The tables of a press kit, as plain data, from the stored statistics."""

from atlaas.rules.document_table import Table, table
from atlaas.rules.text import expanded, french, grouped
from labels.choices import Category
from labels.models import Edition
from labels.queries.statistics import EditionStatistics, PrintedDifference, RegionFigures

NONE = "–"


def _some(number: int) -> str:
    return grouped(number) if number else NONE


def levels(found: EditionStatistics) -> Table:
    """A class of level a row, a category a column."""
    by_category = [found.figures(category=one) for one in Category]
    whole = found.figures()
    rows = [
        [
            french(one.level.label),
            *(_some(column.levels[rank].count) for column in by_category),
            grouped(one.count),
        ]
        for rank, one in enumerate(whole.levels)
        if one.count
    ]
    total = ["Ensemble", *(grouped(column.laureates) for column in by_category), grouped(whole.laureates)]
    return table(
        french("Un niveau à confirmer a sa ligne à lui et ne s’ajoute à aucune autre."),
        ["Niveau"],
        ["Villes", "Villages", "Territoires", "Lauréats"],
        rows,
        total,
    )


def regions(found: EditionStatistics) -> Table:
    """A région a row; the foot counts France, each commune and inhabitant once."""
    return table(
        french("La dernière ligne compte chaque commune et chaque habitant une seule fois."),
        ["Région"],
        ["Villes", "Villages", "Territoires", "Lauréats", "TEN", "Mentions", "Communes", "Habitants"],
        [[str(line.region), *_cells(line)] for line in found.by_region()],
        ["France", *_cells(found.total())],
    )


def _cells(line: RegionFigures) -> list[str]:
    all_of_them = line.total
    counts = (line.cities, line.villages, line.territories, all_of_them.laureates)
    return [
        *map(_some, (*counts, all_of_them.ten, all_of_them.mentions)),
        grouped(all_of_them.communes),
        grouped(all_of_them.inhabitants),
    ]


def differences(found: EditionStatistics) -> Table | None:
    """What a printed document says otherwise; None when they agree."""
    told = found.differences()
    if not told:
        return None
    return table(
        french("Le document imprimé se contredit par endroits : les deux chiffres sont montrés."),
        ["Chiffre", "Où, et ce qui l’explique"],
        ["Imprimé", "Calculé"],
        [
            [_label(one), _where(one), "oublié" if one.printed is None else grouped(one.printed), grouped(one.computed)]
            for one in told
        ],
    )  # fmt: skip


def _label(one: PrintedDifference) -> str:
    label = french(one.label)
    region = f", {one.region.name}" if one.region else ""
    return f"{label[0].upper()}{label[1:]}{region}"


def _where(one: PrintedDifference) -> str:
    place = french(one.place)
    comment = f". {french(one.comment)}" if one.comment else ""
    return f"{place[0].upper()}{place[1:]}{comment}."


def printed_names(edition: Edition) -> Table | None:
    """Laureates that the document names otherwise than the official geography, case, accents and hyphens aside."""
    rows = edition.awards.laureates().exclude(name_as_printed="").for_lists().prefetch_related(None)
    told = rows.values_list("name_as_printed", "collectivity__name", "collectivity__region__name")
    differing = [one for one in told if expanded(one[0]) != expanded(one[1])]
    if not differing:
        return None
    return table(
        french("La liste ci-dessus donne les noms officiels ; voici ceux que le document écrit autrement."),
        ["Imprimé", "Nom officiel", "Région"],
        [],
        [[french(one), *rest] for one, *rest in differing],
    )
