import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.rules import cells
from atlaas.rules.reading import LONGEST_CELL, Column, Problem, Rejected, read

COLUMNS = (
    Column("name", cells.text(10)),
    Column("level", cells.whole(1, 6), required=False),
    Column("hint", cells.text(10), required=False, optional=True),
)


def problems(content: bytes, **options) -> list[str]:
    return [str(problem) for problem in read(content, COLUMNS, **options).problems]


def test_read_gives_rows_with_their_line():
    table = read('name,level,hint\nÉpernay,4,x\n\n"Albi",,\n'.encode(), COLUMNS)

    assert table.problems == []
    assert [(row.line, row["name"], row["level"], row["hint"]) for row in table.rows] == [
        (2, "Épernay", 4, "x"),
        (4, "Albi", None, ""),
    ]


def test_read_takes_a_byte_order_mark_windows_lines_and_a_missing_optional_column():
    table = read("\ufeffname,level\r\nAlbi,3\r\n".encode(), COLUMNS)

    assert [dict(row.values) for row in table.accepted()] == [{"name": "Albi", "level": 3, "hint": ""}]


def test_read_composes_accents():
    table = read("name,level\nE\u0301vron,1\n".encode(), COLUMNS)

    assert table.rows[0]["name"] == "Évron"


def test_read_takes_no_break_spaces():
    assert read("name,level\nL’Haÿ\u00a0x,1\n".encode(), COLUMNS).rows[0]["name"] == "L’Haÿ\u00a0x"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["line 1: the file is empty"]),
        (b"\n \n", ["line 1: the file is empty"]),
        (b"name,level\n", ["line 1: there is no line below the header"]),
        (b"name,levl\nAlbi,3\n", ["line 1: the column level is missing", "line 1: the column 'levl' is not expected"]),
        (b"name,level,name\nAlbi,3,x\n", ["line 1: the column name stands twice"]),
        (b"name;level\nAlbi;3\n", [
            "line 1: the column name is missing",
            "line 1: the column level is missing",
            "line 1: the column 'name;level' is not expected",
        ]),
        ("name,level\nAlbi,3\nÉvron,1\n".encode("latin-1"), ["line 3: byte 0xc9 is not UTF-8: save the file in UTF-8"]),
        (b"\x89PNG\r\n\x1a\n\0\0\0", ["line 3: a NUL sign: this is not a text file"]),
        (b"name,level\nAl\0bi,3\n", ["line 2: a NUL sign: this is not a text file"]),
        (b"name,level\nAlbi,3,4\n", ["line 2: 3 cells where the header has 2"]),
        (b'name,level\n"Albi"x,3\n', ["line 2: this line is not CSV (',' expected after '\"')"]),
        (b"name,level\n,3\n", ["line 2: column name: the cell is empty"]),
        ("name,level\nAl\u200bbi,3\n".encode(), ["line 2: column name: an invisible sign (U+200B)"]),
        ("name,level\nAl\u202ebi,3\n".encode(), ["line 2: column name: an invisible sign (U+202E)"]),
        (b'name,level\n"Al\nbi",3\n', ["line 2: column name: an invisible sign (U+000A)"]),
        (b"name,level\n" + b"x" * (LONGEST_CELL + 1) + b",3\n", ["line 2: column name: 20001 signs"]),
    ],
)  # fmt: skip
def test_read_names_what_is_wrong(content, expected):
    assert problems(content) == expected


def test_read_gives_every_error_at_once_in_the_order_of_lines():
    content = b"name,level\nAlbi,0\nVeryLongName,7\nAlbi,many\nBram,1\nBram,2\n"

    assert problems(content, unique=("name",)) == [
        "line 2: column level: '0' is not a whole number from 1 to 6",
        "line 3: column name: 12 signs, 10 at most",
        "line 3: column level: '7' is not a whole number from 1 to 6",
        "line 4: column level: 'many' is not a whole number from 1 to 6",
        "line 6: Bram: stands already at line 5",
    ]


def test_read_stops_telling_after_a_thousand_errors():
    assert len(problems(b"name,level\n" + b"Albi,9\n" * 5000)) == 1000


def test_read_may_take_a_header_alone():
    assert read(b"name,level\n", COLUMNS, may_be_empty=True).accepted() == []


def test_read_goes_on_after_a_line_that_csv_refuses():
    table = read(b'name,level\n"a"b,1\nBram,2\n', COLUMNS)

    assert [row["name"] for row in table.rows] == ["Bram"]


def test_accepted_raises_all_that_is_wrong():
    with pytest.raises(Rejected) as refusal:
        read(b"name,level\n,9\n", COLUMNS, file="list.csv").accepted()

    assert str(refusal.value).splitlines() == [
        "list.csv: line 2: column name: the cell is empty",
        "list.csv: line 2: column level: '9' is not a whole number from 1 to 6",
    ]


def test_problem_of_a_whole_file_has_no_line():
    assert str(Problem(0, "cannot be read", "list.csv")) == "list.csv: cannot be read"


@given(st.binary(max_size=300))
def test_read_never_fails_on_any_bytes(content):
    table = read(content, COLUMNS)

    assert table.rows or table.problems
