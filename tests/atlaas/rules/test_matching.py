"""Names met with official ones: invented cases, then the real communes made noisy."""

import csv
import functools
import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlaas.rules.matching import ENOUGH, MARGIN, Decision, Index, Matcher, Name, Official, meet
from atlaas.rules.text import fold

DATA = Path(__file__).resolve().parents[3] / "atlaas" / "data"


def commune(code: str, name: str, region: str = "11", *places: str) -> Official:
    return Official(code, name, region, is_group=False, places=places)


def group(code: str, name: str, region: str = "11") -> Official:
    return Official(code, name, region, is_group=True)


INVENTED = [
    commune("01001", "Saint-Aubépin-sur-l’Yvrette"),
    commune("01002", "La Fougeraie"),
    commune("01003", "Fougeraie-le-Haut"),
    commune("01004", "Brizolles"),
    commune("01005", "Brizolle-en-Val"),
    commune("01006", "Œuvreville"),
    commune("02001", "Marlieu", "11", "nord", "59"),
    commune("03001", "Marlieu", "11", "oise", "60"),
    commune("04001", "Vieux-Tertre", "22"),
    group("200000001", "CC du Val d’Yvrette (CCVY)"),
    group("200000002", "CA Grand Tertre Agglomération"),
    group("200000003", "SMO Fibre Yvrette"),
]
MATCHER = Matcher(INVENTED, {})


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("SAINT AUBEPIN SUR L'YVRETTE", "01001"),
        ("St-Aubépin sur Yvrette", "01001"),
        ("Fougeraie", "01002"),
        ("la fougeraie", "01002"),
        ("oeuvreville", "01006"),
        ("CC du val d'Yvrette", "200000001"),
        ("CC du Val d’Yvrette (CCVY)", "200000001"),
        ("Communauté de communes du Val d'Yvrette", "200000001"),
        ("Communauté d'agglomération Grand Tertre Agglomération", "200000002"),
        ("Syndicat mixte ouvert Fibre Yvrette", "200000003"),
        ("Marlieu (Oise)", "03001"),
        ("Marlieu (59)", "02001"),
    ],
)
def test_meet_folded_names_are_exact(printed, code):
    meeting = MATCHER.meet(printed, region="11")

    assert (meeting.status, meeting.official.code, meeting.score) == ("exact", code, 100.0)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Saint-Aubpin-sur-Yvrete", "01001"),
        ("La Fougerais", "01002"),
        ("Œuvrevilles", "01006"),
        ("Val d’Yvrette", "200000001"),
        ("CA du Val d’Yvrette", "200000001"),
    ],
)
def test_meet_a_slip_or_another_form_is_matched(printed, code):
    meeting = MATCHER.meet(printed, region="11")

    assert (meeting.status, meeting.official.code) == ("matched", code)
    assert ENOUGH <= meeting.score < 100


def test_meet_homonyms_are_ambiguous():
    meeting = MATCHER.meet("Marlieu", region="11")

    assert (meeting.status, meeting.official) == ("ambiguous", None)
    assert [str(one) for one in meeting.alternatives] == ["02001 Marlieu (100)", "03001 Marlieu (100)"]


def test_meet_two_names_as_near_are_ambiguous():
    index = Index([commune("01001", "Brizolles"), commune("01002", "Brizollen")])

    meeting = meet("Brizollex", index)

    assert (meeting.status, meeting.official) == ("ambiguous", None)
    assert {one.official.code for one in meeting.alternatives} == {"01001", "01002"}


def test_meet_a_place_added_after_a_name_is_told_and_never_taken():
    meeting = MATCHER.meet("Brizolles Technopole du Futur", region="11")

    assert (meeting.status, meeting.official) == ("unknown", None)
    assert "01004" in {one.official.code for one in meeting.alternatives}


def test_meet_a_name_borne_elsewhere_is_not_given_to_a_look_alike_here():
    matcher = Matcher([*INVENTED, commune("04002", "Vieux-Tertres", "11")], {})

    meeting = matcher.meet("Vieux-Tertre", region="11")

    assert meeting.status == "ambiguous"
    assert [one.official.code for one in meeting.alternatives] == ["04002", "04001"]


def test_meet_keeps_to_the_region():
    assert MATCHER.meet("Vieux-Tertre", region="11").status == "unknown"
    assert MATCHER.meet("Vieux-Tertre", region="22").official.code == "04001"
    assert MATCHER.meet("Vieux-Tertre", region="99").status == "unknown"


@pytest.mark.parametrize("printed", ["Contact : coordination@exemple.test", "a@b.fr"])
def test_meet_an_email_is_excluded(printed):
    meeting = MATCHER.meet(printed, region="11")

    assert (meeting.status, meeting.reason) == ("excluded", "an e-mail address")


@pytest.mark.parametrize(
    "printed", ["", "()", "@", "’", "CC", "Le", "\u202e", "Marlieu (Québec)", "x" * 5000]
)
def test_meet_odd_texts_are_unknown(printed):
    assert MATCHER.meet(printed, region="11").status == "unknown"


def test_a_decision_settles_a_name_of_its_region():
    matcher = Matcher(INVENTED, {("marlieu", "11"): Decision("03001", "the larger")})

    meeting = matcher.meet("MARLIEU", region="11")

    assert (meeting.status, meeting.official.code, meeting.reason) == ("decided", "03001", "the larger")
    assert matcher.meet("Marlieu").status == "ambiguous"


def test_a_decision_for_all_of_france_holds_in_a_region_where_its_code_is():
    matcher = Matcher(INVENTED, {("tertre", ""): Decision("04001", "its usual name")})

    assert matcher.meet("Tertre", region="22").status == "decided"
    assert matcher.meet("Tertre", region="11").status == "unknown"


def test_a_decision_without_code_excludes():
    matcher = Matcher(INVENTED, {("bourg lointain", ""): Decision("", "a foreign town")})

    meeting = matcher.meet("Bourg-Lointain", region="11")

    assert (meeting.status, meeting.official, meeting.reason) == ("excluded", None, "a foreign town")


def test_name_sets_the_legal_form_apart():
    assert Name.of("Communauté de Communes de l’Île") == Name("cc", "de l ile", "ile")
    assert Name.of("CC") == Name("", "cc", "cc")
    assert Name.of("Les") == Name("", "les", "les")


# The real names, made noisy -------------------------------------------------------------------------------------------


@functools.cache
def real() -> tuple[Matcher, list[Official]]:
    """All the communes, and those of a name that no other bears in its région, articles aside."""
    with gzip.open(DATA / "communes.csv.gz", "rt", encoding="utf-8") as stream:
        officials = [commune(row["code"], row["nom"], row["region"]) for row in csv.DictReader(stream)]
    borne = Counter((one.region, Name.of(one.name).bare) for one in officials)
    return Matcher(officials, {}), [
        one for one in officials if borne[one.region, Name.of(one.name).bare] == 1
    ]


def doubled(name: str, place: int) -> str:
    return name[:place] + name[place] + name[place:]


def dropped(name: str, place: int) -> str:
    return name[:place] + name[place + 1 :]


def swapped(name: str, place: int) -> str:
    return name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


def replaced(name: str, place: int) -> str:
    return name[:place] + "x" + name[place + 1 :]


SLIPS = (doubled, dropped, swapped, replaced)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_slip_is_never_given_to_another_unless_much_nearer(data):
    matcher, unique = real()
    truth = data.draw(st.sampled_from(unique))
    noisy = data.draw(st.sampled_from(SLIPS))(truth.name, data.draw(st.integers(0, len(truth.name) - 1)))

    meeting = matcher.meet(noisy, region=truth.region)

    if meeting.official and meeting.official.code != truth.code:
        own = next((one.score for one in meeting.alternatives if one.official == truth), 0.0)
        assert meeting.score >= own + MARGIN


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_case_accents_hyphens_and_articles_change_nothing(data):
    matcher, unique = real()
    truth = data.draw(st.sampled_from(unique))
    spelling = data.draw(
        st.sampled_from(
            (str.upper, str.lower, fold, lambda name: name.replace("-", " "), lambda name: Name.of(name).bare)
        )
    )

    meeting = matcher.meet(spelling(truth.name), region=truth.region)

    assert (meeting.status, meeting.official) == ("exact", truth)
