import datetime as dt

import pytest

from atlaas.rules.sheet_cells import PARSERS
from atlaas.rules.sheet_columns import COLUMNS, read_headers
from atlaas.rules.sheet_import import Judge, KnownSheet, blank, extra_cells, may_choose
from atlaas.rules.sheet_services import Services
from atlaas.rules.uploaded_table import Line

TODAY = dt.date(2026, 3, 1)
SERVICES = Services({"SPU-01": "L’accès aux droits, et plus", "SPU-02": "Des transactions dématérialisées"})
PK = "0b0f3f5e-7d1f-4a55-9b0a-0a8d7f8f4f11"
OTHER = "0b0f3f5e-7d1f-4a55-9b0a-0a8d7f8f4f12"


def known(title="Un bus", pk=PK, *, is_archived=False, **facts):
    return KnownSheet(pk, 4, is_archived, blank() | {"title": title, "services": []} | facts)


def judged(header, *rows, sheets=()):
    judge = Judge(read_headers(header).places, SERVICES, sheets, TODAY)
    return [judge.judge(Line(number, row)) for number, row in enumerate(rows, start=2)]


def problems(header, *rows, sheets=()):
    return [
        [(one["field"], one["sentence"]) for one in line["problems"]]
        for line in judged(header, *rows, sheets=sheets)
    ]


@pytest.mark.parametrize(("name", "headers"), COLUMNS.items())
def test_headers_are_met_whatever_their_dress(name, headers):
    for header in headers:
        assert read_headers([f" {header.upper()} : ", "Titre"]).places.get(name, 1) == 0 or name == "title"


def test_no_two_fields_share_a_header():
    every = [name for names in COLUMNS.values() for name in names]

    assert len({read_headers([name, "Titre"]).places and name for name in every}) == len(every)


def test_headers_duplicate_is_refused():
    assert read_headers(["Titre", "Intitulé"]).problems == [
        "Les colonnes « Titre » et « Intitulé » disent la même chose : gardez-en une."
    ]


def test_headers_without_title_are_refused():
    assert len(read_headers(["Récit"]).problems) == 1
    assert read_headers(["Identifiant"]).problems == []


def test_headers_unknown_are_told_with_the_nearest():
    assert read_headers(["Titre", "Partenaire s", "Budget", "", "État"]).remarks == [
        "La colonne « Partenaire s » n’est pas reconnue : elle est ignorée. Vouliez-vous écrire « Partenaires » ?",
        "La colonne « Budget » n’est pas reconnue : elle est ignorée.",
    ]


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("started_on", "31/12/2025", "2025-12-31"),
        ("started_on", "1-2-2025", "2025-02-01"),
        ("started_on", "2025-12-31", "2025-12-31"),
        ("started_on", "2025-12-31 00:00:00", "2025-12-31"),
        ("started_on", "46022", "2025-12-31"),
        ("started_on", "", None),
        ("is_running", "Oui", True),
        ("is_running", "NON", False),
        ("is_running", "", None),
        ("lon", "-1,5", -1.5),
        ("lat", "48.85", 48.85),
        ("lat", "", None),
        ("kind", "Événement", "evenement"),
        ("kind", "", "initiative"),
        ("operator", "Régie", "regie"),
        ("operator", "La collectivité elle-même", "regie"),
        ("precision", "", ""),
        ("links", "https://a.fr\nhttp://b.fr/x", ["https://a.fr", "http://b.fr/x"]),
        ("contact_email", "mairie@exemple.fr", "mairie@exemple.fr"),
        ("title", "Un\n  bus", "Un bus"),
        ("text", "Un\n  bus", "Un\n  bus"),
        ("identifier", PK.upper(), PK),
        ("identifier", "", None),
    ],
)
def test_cell_is_read(name, cell, value):
    assert PARSERS[name](cell) == value


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("started_on", "31/02/2025"),
        ("started_on", "2025-13-01"),
        ("started_on", "31/12/1625"),
        ("started_on", "printemps"),
        ("started_on", "99999"),
        ("is_running", "peut-être"),
        ("lon", "181"),
        ("lat", "nord"),
        ("kind", "chose"),
        ("links", "javascript:alert(1)"),
        ("links", "https://" + "a" * 500 + ".fr"),
        ("links", "http://[::1"),
        ("links", " ".join(["https://a.fr"] * 11)),
        ("contact_email", "mairie"),
        ("title", "x" * 121),
        ("title", "a\x07b"),
        ("identifier", "12"),
    ],
)
def test_cell_is_refused(name, cell):
    with pytest.raises(ValueError, match=r"[.]$"):
        PARSERS[name](cell)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("spu-01", ["SPU-01"]),
        ("L'acces aux droits, et plus", ["SPU-01"]),
        ("SPU-02 ; SPU-01 ; SPU-02", ["SPU-01", "SPU-02"]),
        ("SPU-01, SPU-02", ["SPU-01", "SPU-02"]),
        ("SPU-02 – Des transactions", ["SPU-02"]),
        ("", []),
    ],
)
def test_services_are_met_by_code_or_name(cell, codes):
    assert SERVICES.read(cell) == codes


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Transactions dématérialisés", "le plus proche est « SPU-02 –"),
        ("Zzz", "voyez la liste des services"),
    ],
)
def test_services_unknown_are_told_with_the_nearest(cell, words):
    with pytest.raises(ValueError, match=words):
        SERVICES.read(cell)


def test_every_problem_of_a_line_is_told_at_once():
    header = ["Titre", "Services", "Début", "En cours", "Longitude", "Courriel"]

    found = problems(header, ["x" * 121, "nulle part", "hier", "?", "200", "moi"])

    assert [name for name, _ in found[0]] == [
        "title",
        "services",
        "started_on",
        "is_running",
        "lon",
        "contact_email",
    ]


@pytest.mark.parametrize(
    ("header", "row", "field"),
    [
        (["Titre"], [""], "title"),
        (["Titre"], [None], "title"),
        (["Titre"], ["(formule)"], "title"),
        (["Titre", "Longitude"], ["Un", "2"], "lon"),
        (["Titre", "Début", "Fin"], ["Un", "2/2/2025", "1/1/2025"], "ended_on"),
        (["Titre", "Fin", "En cours"], ["Un", "1/1/2025", "oui"], "ended_on"),
        (["Titre", "En cours"], ["Un", "non"], "ended_on"),
        (["Identifiant", "Titre"], [OTHER, "Un"], "identifier"),
    ],
)
def test_line_that_contradicts_itself_is_to_be_mended(header, row, field):
    assert [name for name, _ in problems(header, row, sheets=[known("Autre")])[0]] == [field]


def test_new_line_gets_every_field():
    line = judged(["Titre", "Fin"], ["Un", "1/1/2025"])[0]

    assert (line["verdict"], line["facts"]["is_running"], line["facts"]["precision"]) == (
        "create",
        False,
        "centre",
    )
    assert len(line["missing"]) == 3


def test_point_given_is_a_pin():
    assert judged(["Titre", "Lon", "Lat"], ["Un", "2", "47"])[0]["facts"]["precision"] == "point"


def test_title_met_changes_only_what_is_given():
    line = judged(["Titre", "Publics", "Nature"], ["UN BUS", "Tous", ""], sheets=[known(kind="lieu")])[0]

    assert (line["verdict"], line["sheet"], line["version"]) == ("update", PK, 4)
    assert line["changes"] == ["title", "audience"]
    assert may_choose(line) == ("update", "create", "skip")


def test_identifier_wins_over_the_title():
    line = judged(["Id", "Titre"], [PK, "Un autre titre"], sheets=[known()])[0]

    assert (line["changes"], may_choose(line)) == (["title"], ("update", "skip"))


def test_same_line_is_passed_over():
    line = judged(["Titre"], ["Un bus"], sheets=[known()])[0]

    assert (line["verdict"], line["reason"], may_choose(line)) == (
        "skip",
        "Identique à la fiche enregistrée.",
        ("skip",),
    )


def test_archived_fiche_is_not_met_by_its_title():
    assert judged(["Titre"], ["Un bus"], sheets=[known(is_archived=True)])[0]["verdict"] == "create"


def test_title_of_two_fiches_is_never_guessed():
    assert problems(["Titre"], ["Un bus"], sheets=[known(), known(pk=OTHER)])[0][0][0] == "title"


def test_second_line_of_one_fiche_is_told():
    found = problems(
        ["Id", "Titre"], [PK, "Un"], ["", "Neuf"], [PK, "Deux"], ["", "neuf !"], sheets=[known()]
    )

    assert [[name for name, _ in line] for line in found] == [[], [], ["identifier"], ["title"]]


def test_extra_cells_are_counted():
    assert extra_cells(Line(2, ["a", "b", "", "c"]), 1).startswith("2 cellule(s)")
    assert extra_cells(Line(2, ["a", ""]), 1) == ""


def test_wrong_line_is_only_passed_over():
    assert may_choose(judged(["Titre"], [""])[0]) == ("skip",)
