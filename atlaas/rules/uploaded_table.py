"""A table that a person uploads, CSV or XLSX: its limits, what is read of it, and the sentences that refuse it.

The readers (`rules/uploaded_csv.py`, `rules/uploaded_xlsx.py`) are run by a bounded child process, see
`queries/uploaded_table.py`; nothing here trusts the name of the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atlaas.rules.refusal import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 5_000  # below the header
MOST_COLUMNS = 60
MOST_SIGNS = 30_000_000  # of all the cells together: shared texts make a small file long
LONGEST_CELL = 20_000

# The first bytes of files.
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS: Mapping[bytes, str] = {
    b"%PDF": "un PDF",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"GIF8": "une image",
    b"\x1f\x8b": "une archive",
    b"{\\rtf": "un document RTF",
    b"<!DOC": "une page web",
    b"<html": "une page web",
    b"\x7fELF": "un programme",
    b"MZ\x90": "un programme",
}

# The text of a cell, or None for a formula or an error of computing: its value is not ours to guess.
Cell = str | None


class Unreadable(Refused):
    """The file as a whole is refused; the sentence says how to mend it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a spreadsheet numbers it; cells longer than `LONGEST_CELL` are cut one sign later, so that it shows."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class UploadedTable:
    """A header, the lines below it that are not blank, and remarks on how the file was read (French sentences)."""

    header: Sequence[str]
    lines: Sequence[Line]
    remarks: Sequence[str] = field(default_factory=list)


def table(records: Iterable[tuple[int, Sequence[Cell]]], remarks: Sequence[str]) -> UploadedTable:
    """The header is the first record that is not blank; `Unreadable` beyond the limits, read no further than needed."""
    kept = (record for record in records if any(cell is None or cell.strip() for cell in record[1]))
    first = next(kept, None)
    if first is None:
        raise Unreadable("Ce fichier est vide : remplissez-le, ou partez du modèle.")
    header = ["" if cell is None else cell.strip() for cell in _trimmed(first[1])]
    if len(header) > MOST_COLUMNS:
        raise Unreadable(f"Ce fichier a plus de {MOST_COLUMNS} colonnes : gardez celles du modèle.")
    lines = list(_lines(kept))
    if not lines:
        raise Unreadable("Ce fichier n’a que ses en-têtes : ajoutez une ligne par fiche.")
    return UploadedTable(header, lines, list(remarks))


def _lines(records: Iterator[tuple[int, Sequence[Cell]]]) -> Iterator[Line]:
    signs = 0
    for rank, (number, cells) in enumerate(records, start=1):
        if rank > MOST_LINES:
            raise too_many_lines()
        line = Line(number, [cell and cell[: LONGEST_CELL + 1] for cell in _trimmed(cells)])
        if len(line.cells) > MOST_COLUMNS:
            raise Unreadable(
                f"La ligne {number} a plus de {MOST_COLUMNS} cellules : gardez celles du modèle."
            )
        signs += sum(len(cell or "") for cell in line.cells)
        if signs > MOST_SIGNS:
            raise Unreadable("Ce fichier contient trop de texte : coupez-le en plusieurs fichiers.")
        yield line


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Without the empty cells at the end, that spreadsheets leave by hundreds."""
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1] != ""), 0)
    return cells[:last]


def too_many_lines() -> Unreadable:
    return Unreadable("Ce fichier dépasse 5 000 lignes : coupez-le en plusieurs fichiers.")


def refuse_others(content: bytes) -> None:
    """Refuse what is neither a workbook nor a text, by its first bytes."""
    if content.startswith(OLD_OFFICE):
        raise Unreadable(
            "Ce fichier est un ancien classeur .xls, ou un classeur protégé par un mot de passe : "
            "ouvrez-le dans votre tableur, puis enregistrez-le en .xlsx."
        )
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise Unreadable(f"Ce fichier est {what}, pas un tableau : enregistrez-le en .xlsx ou en .csv.")
