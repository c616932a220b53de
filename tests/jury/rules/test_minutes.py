import pytest

from jury.rules.journal import BEGINNING
from jury.rules.minutes import minutes, seen_by, signed_texts
from labels.rules.snapshot import canonical
from tests.jury.rules.test_journal import chain

ANNE, BO, CY = ({"juror": number, "name": name} for number, name in enumerate(("Anne", "Bo", "Cy"), 1))
ROOM = {"present": [ANNE, BO], "recused": [CY]}


def at(hour, **facts):
    return facts | {"at": f"2030-12-12T{hour:02}:00:00+00:00", "by": 1, "by_name": "Anne"}


def told(hour):
    return at(hour)["at"]


def dossier(key, category="ville"):
    return {"dossier": key, "name": f"Nom {key}", "code": f"0{key}", "category": category}


def opened(*dossiers):
    return ("opened", at(9, agenda=list(dossiers), present=[ANNE, BO], habits={}))


def decided(key, level, hour=11, **facts):
    votes = {"for": 2, "against": 0, "abstentions": 0}
    words = {"dossier": key, "level": level, "is_ten": False, "mentions": [], "votes": votes, "reason": ""}
    evidence = {"filing": "2030-7", "proposed": 3, "reasons": ["Parce que."]}
    return ("decided", at(hour, **(words | ROOM | {"evidence": evidence} | facts)))


def judged(key, level, hour=10):
    return (
        ("called", at(hour, dossier=key, **ROOM)),
        decided(key, level, hour),
        ("ended", at(hour, dossier=key)),
    )


def decision(level, hour=11, **facts):
    votes = {"for": 2, "against": 0, "abstentions": 0}
    words = {"level": level, "is_ten": False, "mentions": [], "votes": votes, "reason": ""}
    return words | {"at": told(hour), "by_name": "Anne"} | facts


def of(*facts):
    return minutes(chain(*facts), year=2030)


def test_an_empty_journal_gives_empty_minutes():
    document = minutes([], year=2030)

    assert (document["points"], document["presences"], document["distribution"]) == ([], [], {})
    assert document["journal"] == {"lines": 0, "sha256": BEGINNING}


def test_a_dossier_from_its_call_to_its_end():
    document = of(
        opened(dossier("a"), dossier("b")),
        ("called", at(10, dossier="a", **ROOM)),
        decided("a", 4, mentions=["sante"], reason="Rare"),
        ("ended", at(12, dossier="a")),
    )

    assert document["points"] == [
        dossier("a")
        | {
            "rank": 1,
            "added_at": [],
            "called_at": told(10),
            "ended_at": told(12),
            "present": ["Anne", "Bo"],
            "recused": ["Cy"],
            "filing": "2030-7",
            "proposed": 3,
            "reasons": ["Parce que."],
            "decision": decision(4, mentions=["sante"], reason="Rare"),
            "undone": [],
            "postponed_at": [],
            "set_aside": [],
            "moves": [],
            "corrections": [],
        }
    ]
    assert document["distribution"] == {"ville": [0, 0, 0, 1, 0]}


def test_what_was_undone_is_told_with_when():
    document = of(
        opened(dossier("a")),
        ("called", at(10, dossier="a", **ROOM)),
        decided("a", 4),
        ("undone", at(12, dossier="a")),
        decided("a", 2, 13),
    )

    (point,) = document["points"]
    assert point["undone"] == [decision(4) | {"undone_at": told(12)}]
    assert point["decision"] == decision(2, 13)
    assert document["distribution"] == {"ville": [0, 1, 0, 0, 0]}


def test_a_decision_undone_for_good_counts_nowhere():
    document = of(
        opened(dossier("a")),
        ("called", at(10, dossier="a", **ROOM)),
        decided("a", 4),
        ("undone", at(12, dossier="a")),
    )

    assert (document["points"][0]["decision"], document["distribution"]) == (None, {})


def test_a_postponed_dossier_says_when_and_who_heard_it_at_last():
    document = of(
        opened(dossier("a")),
        ("called", at(10, dossier="a", **ROOM)),
        ("postponed", at(11, dossier="a")),
        ("called", at(14, dossier="a", present=[ANNE], recused=[])),
    )

    (point,) = document["points"]
    assert (point["called_at"], point["postponed_at"]) == (told(14), [told(11)])
    assert (point["present"], point["recused"]) == (["Anne"], [])


def test_levels_moved_together_say_why():
    document = of(
        opened(dossier("a"), dossier("b", "village")),
        *judged("a", 3),
        *judged("b", 2, 11),
        (
            "moved",
            at(
                15,
                reason="Harmonie",
                moves=[
                    dossier("a") | {"before": 3, "after": 4},
                    dossier("b") | {"before": 2, "after": 1},
                ],
            ),
        ),
    )

    moves = [one["moves"] for one in document["points"]]
    assert moves == [
        [{"before": 3, "after": 4, "reason": "Harmonie", "at": told(15)}],
        [{"before": 2, "after": 1, "reason": "Harmonie", "at": told(15)}],
    ]
    assert [one["decision"]["level"] for one in document["points"]] == [4, 1]
    assert document["distribution"] == {"village": [1, 0, 0, 0, 0], "ville": [0, 0, 0, 1, 0]}


def test_a_correction_keeps_what_stood():
    kind, facts = decided("a", 5, 17, reason="Erreur", is_ten=True)
    document = of(opened(dossier("a")), *judged("a", 3), ("closed", at(16)), ("corrected", facts))

    (point,) = document["points"]
    assert kind == "decided"
    assert point["decision"] == decision(5, 17, reason="Erreur", is_ten=True)
    assert point["corrections"] == [{"before": decision(3, 10), "reason": "Erreur", "at": told(17)}]
    assert document["distribution"] == {"ville": [0, 0, 0, 0, 1]}


def test_presences_and_deputies_say_from_when_to_when():
    document = of(
        ("deputy", at(8, **BO)),
        opened(dossier("a")),
        ("left", at(10, **BO)),
        ("arrived", at(11, **CY)),
        ("arrived", at(12, **BO)),
        ("left", at(13, **BO)),
        ("closed", at(16)),
    )

    assert document["presences"] == [
        ANNE | {"since": told(9), "until": told(16)},
        BO | {"since": told(9), "until": told(10)},
        CY | {"since": told(11), "until": told(16)},
        BO | {"since": told(12), "until": told(13)},
    ]
    assert document["deputies"] == [{"name": "Bo", "at": told(8)}]
    assert (document["opened_at"], document["closed_at"]) == (told(9), told(16))


def test_a_line_of_a_later_kind_changes_no_point():
    acts = (opened(dossier("a")), *judged("a", 3))

    assert of(*acts, ("later", at(13, dossier="a")))["points"] == of(*acts)["points"]


def test_signatures_and_names_change_nothing_of_the_text_that_is_signed():
    facts = (opened(dossier("a")), *judged("a", 3), ("closed", at(16)))
    lines = chain(*facts, ("signed", at(17)), ("names", at(18)))

    assert minutes(lines, year=2030) == minutes(lines[:-2], year=2030)
    assert minutes(lines, year=2030)["journal"] == {"lines": 5, "sha256": lines[4].sha256}


@pytest.mark.parametrize("hidden", ["a", "b", "c"])
def test_what_a_reader_may_not_know_of_leaves_no_trace(hidden):
    """Whatever was decided of it: the text is the same."""

    def document(level):
        keys = ("a", "b", "c")
        acts = [act for key in keys for act in judged(key, level if key == hidden else 2)]
        return of(opened(*(dossier(key) for key in keys)), *acts, ("closed", at(16)))

    seen, other = (seen_by(document(level), lambda key: key != hidden) for level in (1, 5))

    assert seen == other
    assert [one["rank"] for one in seen["points"]] == [1, 2]
    assert (seen["distribution"], "journal" in seen) == ({"ville": [0, 2, 0, 0, 0]}, False)
    assert f"Nom {hidden}" not in str(seen)


def test_the_minutes_seen_by_somebody_leave_the_whole_ones_as_they_are():
    whole = of(opened(dossier("a"), dossier("b")), *judged("a", 3), *judged("b", 4))
    before = str(whole)

    seen_by(whole, lambda key: key == "b")

    assert str(whole) == before


def test_a_reader_who_is_tied_gets_byte_for_byte_what_a_sitting_without_that_dossier_gives():
    """How much was left out cannot be told: not by a key, an empty value, a rank nor a figure."""

    def document(*keys, level=2):
        acts = [act for key in keys for act in judged(key, 5 if key == "b" else level)]
        aside = (
            [("set_aside", at(15, dossier="b", reason="retirée par la collectivité"))] if "b" in keys else []
        )
        return of(opened(*(dossier(key) for key in keys)), *acts, *aside, ("closed", at(16)))

    tied = seen_by(document("a", "b", "c"), lambda key: key != "b")
    free = seen_by(document("a", "c"), lambda _: True)

    assert canonical(tied) == canonical(free)


def test_a_late_dossier_and_one_that_was_set_aside_are_told():
    document = of(
        opened(dossier("a"), dossier("c")),
        ("called", at(10, dossier="a", **ROOM)),
        decided("a", 4),
        ("set_aside", at(12, dossier="a", reason="retirée par la collectivité")),
        ("added", at(13, **dossier("b"))),
        *judged("b", 2, 14),
        ("set_aside", at(15, dossier="c", reason="retirée par la collectivité")),
    )

    by_key = {one["dossier"]: one for one in document["points"]}
    reason = "retirée par la collectivité"
    assert by_key["a"]["set_aside"] == [{"reason": reason, "at": told(12)}]
    assert (by_key["a"]["decision"], len(by_key["a"]["undone"])) == (None, 1)
    assert (by_key["b"]["added_at"], by_key["b"]["decision"]["level"]) == ([told(13)], 2)
    assert (by_key["c"]["called_at"], by_key["c"]["set_aside"][0]["at"]) == (None, told(15))
    assert document["distribution"] == {"ville": [0, 1, 0, 0, 0]}


def test_each_signature_is_told_with_the_text_that_it_signed():
    facts = (opened(dossier("a")), *judged("a", 3), ("closed", at(16)))
    signature = ("signed", at(17, sha256="e"))
    correction = ("corrected", decided("a", 5, 18, reason="Erreur")[1])

    first, second = signed_texts(chain(*facts, signature, correction, signature), year=2030)

    assert (first.by, first.sha256) == (1, "e")
    assert [one.document["points"][0]["decision"]["level"] for one in (first, second)] == [3, 5]
