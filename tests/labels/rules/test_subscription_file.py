import pytest

from labels.rules.subscription_file import UNREADABLE, Told, read_subscriptions


@pytest.mark.parametrize(
    "content",
    [
        "code;etat;remarque\n14271;à jour;payé\n".encode(),
        "\ufeffcode,etat,remarque\r\n14271,active,payé\r\n\r\n".encode(),
        "Code;Etat;Remarque\n14271;À jour;payé\n".encode("cp1252"),
    ],
)
def test_a_table_is_read_as_spreadsheets_save_it(content):
    assert read_subscriptions(content).rows == [Told(2, "14271", "active", "payé")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"PK\x03\x04",
        b"nom;etat\na;b",
        b"code;code;etat\n",
        b'code;etat\n"14271;active',
        b"code;etat;autre\n",
    ],
)
def test_what_is_no_table_is_said(content):
    assert read_subscriptions(content).problems == [UNREADABLE]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Fleury;active", "ni un code INSEE"),
        ("14271;payée", "n’existe pas"),
        ("14271;active;" + "x" * 301, "300 signes"),
        ("14271;active;a;b", "plus de cellules"),
        ("14271;active\n14271;active", "déjà à la ligne 2"),
        ("", "aucune ligne"),
    ],
)
def test_each_wrong_line_says_how_to_mend_it(line, words):
    (problem,) = read_subscriptions(f"code;etat;remarque\n{line}".encode()).problems

    assert words in problem
