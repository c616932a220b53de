"""Read an uploaded XLSX workbook: the archive is judged before anything in it is opened."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from atlaas.rules.text import fold
from atlaas.rules.uploaded_table import (
    MOST_COLUMNS,
    MOST_LINES,
    Cell,
    Unreadable,
    UploadedTable,
    table,
    too_many_lines,
)

MOST_DECLARED = 50 * 1024 * 1024
MOST_RATIO = 100
MOST_ENTRIES = 500
SHEET_NAME = "fiches"
_NESTED = re.compile(r"\.(zip|xlsx|xlsm|docx|docm|jar|7z|rar|gz|ods)$", re.IGNORECASE)
_MACRO = re.compile(r"vbaproject|macrosheets|activex", re.IGNORECASE)
_LINKED = re.compile(r"externallinks/|/embeddings/|connections\.xml$", re.IGNORECASE)
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]*\sref="[A-Z]*([0-9]*):([A-Z]+)([0-9]+)"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="([0-9]{1,9})"')
_PLAIN = "enregistrez-le en « Classeur Excel (.xlsx) »"
_DAMAGED = f"Ce classeur est abîmé : ouvrez-le dans votre tableur, puis {_PLAIN}."


def read_xlsx(content: bytes) -> UploadedTable:
    """The table of the sheet « Fiches », or of the first one that shows; `Unreadable` says what to mend."""
    try:
        _judge(content)
        return table(_records(content), [])
    except (Unreadable, MemoryError):
        raise
    except Exception:  # noqa: BLE001 (whatever a library raises on a forged workbook, the workbook is at fault)
        raise Unreadable(_DAMAGED) from None


def _judge(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        _judge_sizes(entries)
        _judge_names([entry.filename for entry in entries])
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable(f"Ce classeur est chiffré : ôtez son mot de passe, puis {_PLAIN}.")
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")):
                _judge_part(archive.open(entry).read(), entry.filename)


def _judge_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Only declared sizes: reading never goes beyond them, so that a false one damages the file and nothing else."""
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("Ce classeur contient trop de pièces : gardez la seule feuille des fiches.")
    declared = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if declared > MOST_DECLARED:
        raise Unreadable(
            "Ce classeur dépasse 50 Mo une fois ouvert : il est refusé. Gardez 5 000 lignes au plus."
        )
    if declared > MOST_RATIO * max(packed, 1):
        raise Unreadable(
            "Ce classeur est compressé plus de cent fois : il est refusé, comme une archive piégée."
        )


def _judge_names(names: list[str]) -> None:
    if any(_MACRO.search(name) for name in names):
        raise Unreadable(f"Ce classeur contient des macros : {_PLAIN}, sans macros.")
    if any(_LINKED.search(name) for name in names):
        raise Unreadable(f"Ce classeur est lié à d’autres fichiers : rompez les liaisons, puis {_PLAIN}.")
    if any(_NESTED.search(name) for name in names):
        raise Unreadable("Ce classeur contient un autre fichier : gardez la seule feuille des fiches.")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Unreadable(f"Cette archive n’est pas un classeur Excel : {_PLAIN}.")


def _judge_part(part: bytes, name: str) -> None:
    """No document type, hence no entity, in whatever encoding; no macro type; no sheet that says it has a million rows."""
    bare = part.replace(b"\0", b"") if part[:2] in {b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"} else part
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise Unreadable(f"Ce classeur contient des entités XML : {_PLAIN}.")
    if name == "[Content_Types].xml" and b"macroEnabled" in bare:
        raise Unreadable(f"Ce classeur contient des macros : {_PLAIN}, sans macros.")
    if "worksheets/" in name:
        _judge_rows(bare)


def _judge_rows(part: bytes) -> None:
    """What the sheet says of its size, and the numbers its rows bear: one row numbered 1,048,576 is read as a million."""
    most = MOST_LINES + 1_000
    if part.count(b"<row") > most or any(int(row[1]) > most for row in _ROW.finditer(part)):
        raise too_many_lines()
    if size := _DIMENSION.search(part[:5_000]):
        if int(size[3]) > most:
            raise too_many_lines()
        if _rank(size[2].decode()) > MOST_COLUMNS:
            raise Unreadable(f"Ce classeur a plus de {MOST_COLUMNS} colonnes : gardez celles du modèle.")


def _rank(letters: str) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + ord(letter) - 64
    return rank


def _records(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    sheet = next((one for one in shown if fold(one.title) == SHEET_NAME), shown[0])
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> Cell:
    """What the person sees, in the words that a CSV file would hold."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
