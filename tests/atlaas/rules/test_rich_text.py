"""Texts of people as plain data."""

import pytest

from atlaas.rules.rich_text import blocks_of


def words(blocks):
    return [
        (one["kind"], "".join(run["text"] for run in one["runs"]), ["".join(run["text"] for run in item) for item in one["items"]])
        for one in blocks
    ]  # fmt: skip


def test_blocks_are_told_in_their_order():
    told = blocks_of("# Titre\n\nUn.\nSuite.\n\n- a\n- b\n\n1. x\n2. y\n\n> cité\n\n## Fin")

    assert words(told) == [
        ("heading", "Titre", []),
        ("paragraph", "Un. Suite.", []),
        ("bullets", "", ["a", "b"]),
        ("numbers", "", ["x", "y"]),
        ("quote", "cité", []),
        ("heading", "Fin", []),
    ]


def test_runs_keep_their_styles():
    [block] = blocks_of("Un *mot* **fort** et [un lien](https://exemple.test/).")

    told = [(run["text"], run["strong"], run["em"], run["link"]) for run in block["runs"]]

    assert told == [
        ("Un ", False, False, ""),
        ("mot", False, True, ""),
        (" ", False, False, ""),
        ("fort", True, False, ""),
        (" et ", False, False, ""),
        ("un lien", False, False, "https://exemple.test/"),
        (".", False, False, ""),
    ]


def test_typography_holds_across_styles():
    [block] = blocks_of("« **Oui** » ; 15 424 fiches !")

    assert "".join(run["text"] for run in block["runs"]) == (
        "«\u00a0Oui\u00a0»\u202f; 15\u202f424 fiches\u202f!"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<b>brut</b>", "<b>brut</b>"),
        ("![une image](https://exemple.test/x.png)", "une image"),
        ("[non](javascript:alert(1))", "[non](javascript:alert(1))"),
        ("[ici](/chemin/)", "ici"),
        ("    décalé", "décalé"),
    ],
)
def test_what_has_no_form_keeps_its_words(text, said):
    [block] = blocks_of(text)

    assert [(run["text"], run["link"]) for run in block["runs"]] == [(said, "")]
