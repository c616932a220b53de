"""Write XLSX workbooks in which no text is ever a formula."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

HEAD = PatternFill("solid", fgColor="DCE6F6")
WRONG = PatternFill("solid", fgColor="F9D9C8")
_TOP = Alignment(vertical="top", wrap_text=True)


class Pages:
    """A workbook written line by line; `content` gives its bytes."""

    def __init__(self) -> None:
        self.book = Workbook(write_only=True)

    def page(self, title: str, header: Sequence[str], widths: Mapping[int, int]) -> WriteOnlyWorksheet:
        """A sheet with its header in bold, kept in sight; widths by column, from 1."""
        sheet: WriteOnlyWorksheet = self.book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for column in range(1, len(header) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = widths.get(column, 18)
        cells = [typed(sheet, name) for name in header]
        for cell in cells:
            cell.font, cell.fill = Font(bold=True), HEAD
        sheet.append(cells)
        return sheet

    def content(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def typed(sheet: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    """A cell whose text is a text for good, whatever sign it begins with; a truth is « oui » or « non »."""
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, dt.date):
            cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    if value:
        cell.data_type, cell.quotePrefix = "s", True
    cell.alignment = _TOP
    return cell


def row(sheet: WriteOnlyWorksheet, values: Iterable[object]) -> None:
    sheet.append([typed(sheet, value) for value in values])


def wrong(cell: WriteOnlyCell, sentence: str) -> WriteOnlyCell:
    """Show a cell to mend: a colour, and the sentence as a comment."""
    cell.fill = WRONG
    cell.comment = Comment(sentence, "Atlaas", width=360, height=90)
    return cell
