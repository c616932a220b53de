"""The annotated workbook: the person's own lines, with what is to be mended beside each."""

from atlaas.models import SheetImport
from atlaas.queries.workbook import Pages, row, typed, wrong
from atlaas.rules.sheet_columns import label, read_headers
from atlaas.rules.sheet_import import SHOWN_FORMULA, ReadLine

TO_MEND = "À corriger"


def annotated(run: SheetImport) -> bytes:
    """Their header and their lines, then « À corriger »; a cell to mend is coloured and says why in a comment."""
    header = [name for name in run.columns if name != TO_MEND]
    shown = [place for place, name in enumerate(run.columns) if name != TO_MEND]
    pages = Pages()
    sheet = pages.page("Fiches", (*header, TO_MEND), {len(header) + 1: 70})
    places = read_headers(run.columns).places
    for line in run.lines:
        cells = [typed(sheet, _cell(line, place)) for place in shown]
        for name, sentences in _by_field(line).items():
            if name in places:
                wrong(cells[shown.index(places[name])], " ".join(sentences))
        told = [_told(problem) for problem in line["problems"]]
        last = typed(sheet, "\n".join(told))
        sheet.append([*cells, wrong(last, "Corrigez les cellules de couleur.") if told else last])
    remarks = pages.page("Remarques", ("Remarques sur le fichier",), {1: 100})
    for sentence in run.remarks:
        row(remarks, [sentence])
    return pages.content()


def _cell(line: ReadLine, place: int) -> str:
    cells = line["cells"]
    value = cells[place] if place < len(cells) else ""
    return SHOWN_FORMULA if value is None else value


def _by_field(line: ReadLine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in line["problems"]:
        found.setdefault(problem["field"], []).append(problem["sentence"])
    return found


def _told(problem: dict[str, str]) -> str:
    return f"{label(problem['field'])} : {problem['sentence']}" if problem["field"] else problem["sentence"]
