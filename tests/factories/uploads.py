"""Tables as people and attackers send them; every file is made here, none is kept."""

import csv
import io
import zipfile

from openpyxl import Workbook

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)


def csv_file(*rows, encoding="utf-8", delimiter=";"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def workbook(*rows, title="Fiches", before=()):
    book = Workbook()
    book.remove(book.active)
    for name in (*before, title):
        book.create_sheet(name)
    for row in rows:
        book[title].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(content, parts):
    """The same archive with parts added or put in place of others: name → bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_declared_size(content, name, size):
    """Forge the size that the directory of the archive declares for one part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.start_dir
    place = content.index(name.encode(), start)
    forged = bytearray(content)
    forged[place - 46 + 24 : place - 46 + 28] = size.to_bytes(4, "little")
    return bytes(forged)
