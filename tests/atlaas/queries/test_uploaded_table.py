import datetime as dt
import io
import re
import sys
import zipfile

import pytest

from atlaas.queries.uploaded_table import read_table, run_reader
from atlaas.rules.uploaded_table import MOST_BYTES, Line, Unreadable
from tests.factories.uploads import changed, csv_file, part_of, with_declared_size, workbook

FORMULAS = workbook(["Titre", "Somme"], ["Un bus", "=1+1"])
PLAIN = workbook(["Titre", "Début"], ["Un bus", "2025"])
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content):
    with pytest.raises(Unreadable) as refused:
        read_table(content)
    return str(refused.value)


def rows(content):
    return [list(line.cells) for line in read_table(content).lines]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_delimiter_is_found_in_the_header(delimiter):
    assert rows(csv_file(["Titre", "Récit"], ["Un; bus,\tvert", "x"], delimiter=delimiter)) == [
        ["Un; bus,\tvert", "x"]
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_encodings_are_read(encoding):
    table = read_table(csv_file(["Titre"], ["L’été à Fos"], encoding=encoding))

    assert table.lines == [Line(2, ["L’été à Fos"])]
    assert bool(table.remarks) is (encoding == "cp1252")


def test_csv_rows_are_numbered_as_a_spreadsheet_does():
    content = b'Titre;R\xc3\xa9cit\n"Un";"deux\r\nlignes"\n\n;\nDeux;x\n'

    assert read_table(content).lines == [Line(2, ["Un", "deux\nlignes"]), Line(5, ["Deux", "x"])]


def test_csv_cell_of_one_megabyte_is_cut_where_it_shows():
    assert [len(cell) for cell in rows(csv_file(["Titre"], ["x" * 1_000_000]))[0]] == [20_001]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"\n;;\n", "est vide"),
        (b"Titre;Texte\n", "n’a que ses en-têtes"),
        (b"Titre\nUn\0bus\n", "La ligne 2 n’est pas du texte"),
        ("Titre\nété\n".encode("utf-16-le"), "La ligne 1 n’est pas du texte"),
        ("Titre\nété\n".encode("utf-16")[:-1], "UTF-16 est abîmé"),
        ("Titre\nn\0n\n".encode("utf-16"), "La ligne 2 n’est pas du texte"),
        ("Titre\nété\n".encode() + "été\n".encode("cp1252"), "Deux encodages se mêlent"),
        (b"Titre\n\x81\x8d\n", "porte un signe que rien ne permet de lire"),
        (b"Titre\n\xe9\x01\n", "n’est pas du texte"),
        (b'Titre;Texte\nUn;"ouvert\nDeux;x\n', "Un guillemet est mal fermé à partir de la ligne 2"),
        (b"%PDF-1.7 \xe2", "est un PDF"),
        (b"\x89PNG\r\n", "est une image"),
        (b"\x1f\x8b\x08", "est une archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 workbook", "enregistrez-le en .xlsx"),
        (b"PK\x03\x04 broken", "est abîmé"),
        (b"x" * (MOST_BYTES + 1), "dépasse 10 Mo"),
        (b"Titre\n" + b"x\n" * 5_001, "dépasse 5 000 lignes"),
        (b"Titre\n" + b"x\n" * 1_000_000, "dépasse 5 000 lignes"),
        (b";".join([b"x"] * 61) + b"\n1\n", "plus de 60 colonnes"),
        (b"x\n" + b";".join([b"1"] * 61) + b"\n", "La ligne 2 a plus de 60 cellules"),
    ],
)
def test_file_is_refused_in_a_sentence(content, words):
    assert words in refusal(content)


def test_5000_lines_are_read():
    assert len(rows(b"Titre\n" + b"x\n" * 5_000)) == 5_000


def test_workbook_cells_are_read_as_they_show():
    content = workbook(["Titre", "a", "b", "c", "d"], ["Un", True, 3.0, 2.5, None], title="Feuille")

    assert rows(content) == [["Un", "oui", "3", "2.5"]]


def test_workbook_dates_are_days():
    assert rows(workbook(["Début"], [dt.date(2025, 12, 31)])) == [["2025-12-31"]]


def test_workbook_formulas_are_not_guessed():
    assert rows(FORMULAS) == [["Un bus", None]]


def test_workbook_sheet_named_fiches_is_read_first():
    assert rows(workbook(["Titre"], ["Un"], before=("Notice",))) == [["Un"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (changed(PLAIN, {"xl/bomb.bin": b"\0" * 2_000_000}), "plus de cent fois"),
        (with_declared_size(PLAIN, SHEET, 60_000_000), "dépasse 50 Mo"),
        (changed(PLAIN, {"xl/other.zip": PLAIN}), "contient un autre fichier"),
        (changed(PLAIN, {"xl/vbaProject.bin": b"x"}), "contient des macros"),
        (changed(PLAIN, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "lié à d’autres fichiers"),
        (changed(PLAIN, {f"xl/media/{n}.txt": b"x" for n in range(500)}), "trop de pièces"),
        (changed(PLAIN, {"xl/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "entités XML"),
        (
            changed(PLAIN, {"xl/styles.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16")}),
            "entités XML",
        ),
        (changed(PLAIN, {"xl/workbook.xml": b"<workbook>"}), "est abîmé"),
        (with_declared_size(PLAIN, SHEET, 10), "est abîmé"),
    ],
    ids=[
        "ratio",
        "declared",
        "nested",
        "macro",
        "links",
        "entries",
        "entity",
        "entity-16",
        "broken",
        "short",
    ],
)
def test_workbook_is_refused_in_a_sentence(content, words):
    assert words in refusal(content)


def test_workbook_of_macros_without_macro_is_refused():
    types = part_of(PLAIN, "[Content_Types].xml").replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")

    assert "contient des macros" in refusal(changed(PLAIN, {"[Content_Types].xml": types}))


@pytest.mark.parametrize(
    ("size", "words"), [(b"A1:B1048576", "dépasse 5 000 lignes"), (b"A1:XFD2", "plus de 60 colonnes")]
)
def test_workbook_that_says_it_is_huge_is_refused(size, words):
    sheet = part_of(PLAIN, SHEET).replace(b'ref="A1:B2"', b'ref="' + size + b'"')

    assert words in refusal(changed(PLAIN, {SHEET: sheet}))


@pytest.mark.parametrize("row", [b'<row r="1048576">', b'<row spans="1:2" r="6002">'])
def test_workbook_whose_row_stands_far_down_is_refused(row):
    bare = re.sub(rb"<dimension[^>]*/>", b"", part_of(PLAIN, SHEET))
    sheet = re.sub(rb'<row r="2"[^>]*>', row, bare)

    assert row in sheet
    assert "dépasse 5 000 lignes" in refusal(changed(PLAIN, {SHEET: sheet}))


def test_workbook_of_too_many_rows_without_numbers_is_refused():
    sheet = part_of(PLAIN, SHEET).replace(b"</sheetData>", b"<row></row>" * 6_001 + b"</sheetData>")

    assert "dépasse 5 000 lignes" in refusal(changed(PLAIN, {SHEET: sheet}))


def test_workbook_encrypted_part_is_refused():
    start = PLAIN.rindex(b"PK\x01\x02")
    forged = bytearray(PLAIN)
    forged[start + 8] |= 1

    assert "chiffré" in refusal(bytes(forged))


def test_archive_of_another_kind_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert "n’est pas un classeur" in refusal(stream.getvalue())


@pytest.mark.parametrize(
    "work",
    [
        "from atlaas.queries.table_reader import answer; answer(lambda content: bytearray(2**30))",
        "from atlaas.queries.table_reader import answer; answer(lambda content: open('/tmp/atlaas-no', 'w').write('x' * 9000))",
        "raise SystemExit(3)",
        "import time; time.sleep(60)",
    ],
    ids=["memory", "writing", "exit", "late"],
)
def test_child_that_ends_badly_is_told_as_a_sentence(work):
    with pytest.raises(Unreadable, match="trop de mémoire ou de temps"):
        run_reader((sys.executable, "-c", work), b"x", longest=10 if "sleep" not in work else 0.5)


def test_child_knows_no_secret(monkeypatch):
    monkeypatch.setenv("ATLAAS_SECRET_KEY", "hidden")
    work = "import os, json; print(json.dumps({'header': sorted(os.environ), 'remarks': []}))"

    seen = set(run_reader((sys.executable, "-c", work), b"").header) - {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"}

    assert seen == {"PATH", "PYTHONUTF8", "OPENPYXL_LXML"}
