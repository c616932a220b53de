"""Read an uploaded CSV file: its encoding, its delimiter, its records."""

import csv
import io
from collections.abc import Iterator

from atlaas.rules.uploaded_table import MOST_BYTES, Unreadable, UploadedTable, table

DELIMITERS = ";,\t"
_SAVE = "enregistrez le fichier en « CSV UTF-8 » ou en .xlsx"
_WINDOWS = "Le fichier n’est pas en UTF-8 : il a été lu comme Windows-1252, vérifiez les accents."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(content: bytes) -> UploadedTable:
    """The table, or `Unreadable` with the line to mend."""
    text, remarks = _decoded(content)
    return table(_records(text, _delimiter(text)), remarks)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    if content.startswith(_UTF_16):
        return _utf_16(content), []
    if b"\0" in content:
        line = _line_at(content, content.index(b"\0"))
        raise Unreadable(f"La ligne {line} n’est pas du texte : {_SAVE}.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _windows(content, error.start), [_WINDOWS]


def _utf_16(content: bytes) -> str:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Unreadable(f"Ce fichier UTF-16 est abîmé (octet {error.start}) : {_SAVE}.") from None
    if "\0" in text:
        raise Unreadable(
            f"La ligne {text[: text.index(chr(0))].count(chr(10)) + 1} n’est pas du texte : {_SAVE}."
        )
    return text


def _windows(content: bytes, first_odd: int) -> str:
    """Windows-1252, when every byte has a meaning there and no accent is already written in UTF-8."""
    line = _line_at(content, first_odd)
    if _has_utf_8_accents(content):
        raise Unreadable(f"Deux encodages se mêlent dans ce fichier (voir la ligne {line}) : {_SAVE}.")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line_at(content, error.start)
        raise Unreadable(f"La ligne {line} porte un signe que rien ne permet de lire : {_SAVE}.") from None
    if any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text):
        raise Unreadable(f"La ligne {line} n’est pas du texte : {_SAVE}.")
    return text


def _has_utf_8_accents(content: bytes) -> bool:
    """« é » of UTF-8 is « Ã© » in Windows-1252: nobody writes that on purpose."""
    return any(bytes((0xC3, low)) in content for low in range(0x80, 0xC0)) or b"\xe2\x80\x99" in content


def _line_at(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _delimiter(text: str) -> str:
    """The sign that cuts the header most often, outside quotes."""
    header = next((line for line in text[:100_000].splitlines() if line.strip(" ;,\t")), "")
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records, numbered as a spreadsheet does: a cell of several lines makes one row."""
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row, begins = 0, 1
    while True:
        row, begins = row + 1, reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                f"Un guillemet est mal fermé à partir de la ligne {begins} du fichier : "
                "fermez-le, ou enregistrez le fichier en .xlsx."
            ) from None
        yield row, [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in record]
