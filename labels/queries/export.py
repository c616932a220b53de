"""The lines of a palmarès as a table, one award a line."""

import csv
import io
from collections.abc import Iterable

from atlaas.rules.table import cells
from labels.models import Award, Edition
from labels.rules.chart import Chart

COLUMNS = (
    "edition",
    "code_insee_ou_siren",
    "nom",
    "categorie",
    "departement",
    "region",
    "niveau",
    "niveau_certain",
    "arobases_imprimees",
    "niveau_tel_que_trouve",
    "titre_ten",
    "mentions",
    "nom_imprime",
    "source",
    "demonstration",
)
BOM = "\ufeff"  # without it spreadsheets read the accents wrong


def palmares_csv(edition: Edition, awards: Iterable[Award]) -> str:
    """A text that spreadsheets set to French open as it is: semicolons, a mark of UTF-8, no formula."""
    stream = io.StringIO()
    stream.write(BOM)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells(_line(edition, award)) for award in awards)
    return stream.getvalue()


def chart_csv(chart: Chart) -> str:
    """The table of a chart in the same form; a cell is empty where nothing is known."""
    stream = io.StringIO()
    stream.write(BOM)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(chart.columns)
    writer.writerows(cells(row) for row in (*chart.rows, *([chart.total] if chart.total else ())))
    return stream.getvalue()


def _line(edition: Edition, award: Award) -> tuple[object, ...]:
    won_by = award.collectivity
    return (
        edition.year,
        won_by.code,
        won_by.name,
        award.category,
        won_by.departement.name if won_by.departement else None,
        won_by.region.name,
        award.level,
        award.level_is_certain,
        award.level_as_printed,
        award.level_text,
        award.is_ten,
        ", ".join(mention.theme.name for mention in award.mentions.all()),
        award.name_as_printed,
        award.source,
        edition.is_demo,
    )
