from dataclasses import replace

import pytest

from labels.rules.kit import ATTESTED, UNCONFIRMED, UNTOLD, Kit, why_none

KIT = Kit(
    name="Ancre",
    place="Calvados, Normandie",
    category="village",
    year=2025,
    number=26,
    level=1,
    ten_years=(),
    mentions=(),
    ceremony=None,
    is_demo=False,
    url="https://exemple.test/verifier/x/",
)
LABEL = (
    "Décerné chaque année par un jury, le label «\u00a0Territoires, Villes et Villages Internet\u00a0» distingue les "
    "collectivités qui mettent le numérique au service de leurs habitants."
)
PROOF = "\n\nVérifier ce niveau\u00a0: https://exemple.test/verifier/x/\n"


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"level": 5, "is_certain": True, "is_complete": True}, ""),
        ({"level": 4, "is_certain": False, "is_complete": True}, UNCONFIRMED),
        ({"level": None, "is_certain": True, "is_complete": True}, UNTOLD),
        ({"level": 5, "is_certain": True, "is_complete": False}, ATTESTED),
    ],
)
def test_kit_is_for_a_sure_level_of_a_whole_palmares(facts, why):
    assert why_none(**facts) == why


def test_bulletin_of_a_village():
    assert KIT.bulletin == (
        f"Ancre est «\u00a0Village Internet\u00a0» 2025, avec 1 arobase sur 5. {LABEL}{PROOF}"
    )


def test_bulletin_tells_title_and_mentions():
    kit = replace(KIT, level=5, ten_years=(2025, 2026, 2027), mentions=("Éducation", "Santé"))

    assert kit.bulletin == (
        f"Ancre est «\u00a0Village Internet\u00a0» 2025, avec 5 arobases sur 5. {LABEL} Le village porte aussi le titre "
        "«\u00a0Territoire d’excellence numérique\u00a0» pour 2025, 2026 et 2027. Le jury lui a décerné les mentions "
        f"«\u00a0Éducation\u00a0» et «\u00a0Santé\u00a0».{PROOF}"
    )


def test_bulletin_of_an_invented_edition_begins_by_saying_so():
    told = replace(KIT, is_demo=True, mentions=("Éducation",)).bulletin

    assert told.startswith("DÉMONSTRATION\u00a0: édition inventée, à ne pas publier.\n\nAncre est")
    assert "la mention «\u00a0Éducation\u00a0»." in told
