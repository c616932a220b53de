"""Fiches of a collectivité as a table: all the fields of the working copies, in CSV or XLSX; and the model to fill in."""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from atlaas.models import Collectivity, Service, Sheet
from atlaas.queries.sheet_import import facts_of, open_services, services_of
from atlaas.queries.workbook import Pages, row
from atlaas.rules.sheet_columns import label
from atlaas.rules.sheet_export import FIELDS, HEADER, example, line, written
from atlaas.rules.table import cell, cells

BATCH = 500
BOM = "\ufeff"  # without it spreadsheets read the accents wrong
WIDTHS = {1: 12, 2: 40, 3: 50, 4: 60}


def export_rows(collectivity: Collectivity, *, state: str = "") -> Iterator[list[object]]:
    """The lines, oldest fiche first, read by batches: two queries for each 500 fiches, and one for the services."""
    names = dict(Service.objects.values_list("code", "name"))
    sheets = Sheet.objects.filter(collectivity=collectivity).order_by("created_at", "pk")
    if state:
        sheets = sheets.filter(state=state)
    rows = sheets.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        services = services_of(sheet.pk for sheet in batch)
        for sheet in batch:
            yield line(
                str(sheet.pk),
                facts_of(sheet) | {"services": services[sheet.pk]},
                state=sheet.state,
                version=sheet.version,
                is_changed=sheet.has_unpublished_changes,
                saved_on=sheet.saved_at.date(),
                names=names,
            )


def csv_of(rows: Iterator[list[Any]], header: tuple[str, ...] = HEADER) -> Iterator[str]:
    """A text that spreadsheets set to French open as it is: semicolons, a mark of UTF-8, no formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    yield BOM
    for values in chain([list(header)], rows):
        writer.writerow(cells(written(value) for value in values))
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()


def xlsx_of(rows: Iterator[list[Any]]) -> bytes:
    pages = Pages()
    sheet = pages.page("Fiches", HEADER, WIDTHS)
    for values in rows:
        row(sheet, (_apart(value) for value in values))
    return pages.content()


def _apart(value: object) -> object:
    """A text that begins by an apostrophe gets a second one, that an import takes off."""
    return cell(value) if isinstance(value, str) and value.startswith("'") else value


def model_header() -> tuple[str, ...]:
    return tuple(label(name) for name in FIELDS)


def model_csv() -> str:
    return "".join(csv_of(iter([_example()]), model_header()))


def model_xlsx() -> bytes:
    """The file to fill in: one example line, and the services of the référentiel on a second sheet."""
    pages = Pages()
    sheet = pages.page("Fiches", model_header(), WIDTHS)
    row(sheet, _example())
    listing = pages.page("Services", ("Code", "Service", "Enjeu"), {1: 12, 2: 70, 3: 40})
    services = Service.objects.filter(last_year=None).select_related("enjeu").order_by("position", "code")
    for service in services:
        row(listing, (service.code, service.name, service.enjeu.name))
    return pages.content()


def _example() -> list[object]:
    return example(next(iter(open_services().names), ""))
