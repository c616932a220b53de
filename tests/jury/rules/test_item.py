import pytest

from atlaas.rules.refusal import Refused
from jury.choices import ItemState
from jury.rules.item import (
    NAMES,
    Decision,
    Ground,
    Votes,
    check_correction,
    check_decision,
    check_judged,
    check_move,
    check_set_aside,
    next_state,
    presides,
    settled,
)
from labels.choices import CandidacyState
from labels.rules.ten import Answer

TAKEN = {
    ("waiting", "call"): "called",
    ("called", "decide"): "decided",
    ("called", "postpone"): "waiting",
    ("decided", "undo"): "called",
    ("decided", "end"): "ended",
    ("ended", "move"): "ended",
    ("ended", "correct"): "ended",
    **{(state, "set_aside"): "aside" for state in ("waiting", "called", "decided", "ended")},
    ("aside", "add"): "waiting",
}


def decision(level=3, votes=(3, 0, 0), *, is_ten=False, mentions=(), reason=""):
    return Decision(level, Votes(*votes), is_ten, mentions, reason)


def ground(proposed=3, ten=Answer.NOT_ELIGIBLE, themes=("sante",), voters=3):
    return Ground(proposed, ten, themes, voters)


@pytest.mark.parametrize("step", [*NAMES, "burn"])
@pytest.mark.parametrize("state", ItemState.values)
def test_every_step_from_every_state(state, step):
    if (state, step) in TAKEN:
        assert next_state(state, step) == TAKEN[state, step]
        return

    with pytest.raises(Refused) as refusal:
        next_state(state, step)

    said = f"On ne peut pas {NAMES.get(step, step)} un dossier qui est « {ItemState(state).label} »."
    assert str(refusal.value) == said


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        (decision(), {}),
        (decision(votes=(2, 1, 0)), {}),
        (decision(votes=(1, 0, 2)), {}),
        (decision(votes=(1, 1, 1), reason="La voix de qui préside"), {}),
        (decision(4, reason="Un effort rare"), {}),
        (decision(mentions=("sante",)), {}),
        (decision(5, is_ten=True), {"proposed": 5, "ten": Answer.ELIGIBLE}),
        (decision(5, is_ten=True, reason="Attestation vue"), {"proposed": 5, "ten": Answer.UNPROVED}),
        (decision(4, reason="x" * 500), {}),
    ],
)
def test_what_may_be_decided(told, facts):
    check_decision(told, ground(**facts))


@pytest.mark.parametrize(
    ("told", "facts", "why"),
    [
        (decision(votes=(2, 0, 0)), {}, "Les voix font 2, et 3\u00a0membres votent"),
        (decision(votes=(3, 1, 0)), {}, "Les voix font 4, et 3\u00a0membres votent"),
        (decision(votes=(1, 0, 0)), {"voters": 0}, "Les voix font 1, et 0\u00a0membre votent"),
        (decision(votes=(4, -1, 0)), {}, "Un nombre de voix va de 0"),
        (decision(votes=(-1, 0, 4)), {}, "Un nombre de voix va de 0"),
        (decision(votes=(2, 2, -1)), {}, "Un nombre de voix va de 0"),
        (decision(votes=(0, 0, 3)), {}, "personne ne vote pour"),
        (decision(votes=(0, 0, 0)), {"voters": 0}, "personne ne vote pour"),
        (decision(votes=(1, 2, 0)), {}, "moins de voix pour que contre"),
        (decision(votes=(1, 1, 1)), {}, "Les voix sont partagées"),
        (decision(0), {}, "Choisissez un niveau"),
        (decision(6), {}, "Choisissez un niveau"),
        (decision(mentions=("sante", "zoo", "art")), {}, "n’est pas de cette édition : art"),
        (decision(2), {}, "Le calcul propose 3 @ et la décision est de 2 @"),
        (decision(4, is_ten=True, reason="Si"), {"ten": Answer.ELIGIBLE}, "demande 5 arobases"),
        (decision(5, is_ten=True, reason="Si"), {"proposed": 5}, "n’est pas possible"),
        (decision(5, is_ten=True), {"proposed": 5, "ten": Answer.UNPROVED}, "n’est pas prouvée"),
        (decision(reason="x" * 501), {}, "trop long"),
    ],
)
def test_what_may_not_be_decided(told, facts, why):
    with pytest.raises(Refused) as refusal:
        check_decision(told, ground(**facts))

    assert why in str(refusal.value)


def test_a_decision_is_settled_before_it_is_written():
    told = settled(decision(mentions=("b", "a", "b"), reason="  Voici : l'effort  "))

    assert told == decision(mentions=("a", "b"), reason="Voici\u00a0: l’effort")


@pytest.mark.parametrize("ten", Answer)
def test_a_correction_gives_the_title_only_where_a_decision_would(ten):
    told = decision(5, is_ten=True, reason="Le procès-verbal l’oubliait")
    facts = {"voters": 3, "ten": ten, "themes": ()}

    if ten is not Answer.NOT_ELIGIBLE:
        check_correction(told, **facts)
        return
    with pytest.raises(Refused, match="n’est pas possible"):
        check_correction(told, **facts)


def test_a_correction_says_why_and_departs_from_no_proposal():
    check_correction(decision(1, reason="Erreur"), voters=3, ten=Answer.UNPROVED, themes=())

    with pytest.raises(Refused, match="Une correction dit pourquoi"):
        check_correction(decision(), voters=3, ten=Answer.UNPROVED, themes=())
    with pytest.raises(Refused, match="Les voix font 3, et 4"):
        check_correction(decision(reason="Erreur"), voters=4, ten=Answer.UNPROVED, themes=())


def test_a_level_moves_with_a_reason():
    check_move(before=3, after=4, is_ten=False, reason="Harmonie")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"after": 0}, "de 1 à 5"),
        ({"after": 6}, "de 1 à 5"),
        ({"after": 5}, "déjà celui"),
        ({"is_ten": True}, "titre TEN"),
        ({"reason": ""}, "pourquoi ces niveaux"),
        ({"reason": "x" * 501}, "trop long"),
    ],
)
def test_a_level_does_not_move(facts, why):
    with pytest.raises(Refused, match=why):
        check_move(**({"before": 5, "after": 4, "is_ten": False, "reason": "Harmonie"} | facts))


@pytest.mark.parametrize(
    ("is_president", "is_deputy", "president_is_away", "is_away", "answer"),
    [
        (True, False, False, False, True),
        (True, False, True, True, False),
        (False, True, False, False, False),
        (False, True, True, False, True),
        (False, True, True, True, False),
        (False, False, True, False, False),
        (False, False, False, False, False),
    ],
)
def test_who_presides(is_president, is_deputy, president_is_away, is_away, answer):
    told = presides(
        is_president=is_president,
        is_deputy=is_deputy,
        president_is_away=president_is_away,
        is_away=is_away,
    )

    assert told is answer


@pytest.mark.parametrize("state", CandidacyState.values)
def test_what_is_judged_is_heard_and_what_is_not_is_set_aside(state):
    heard, refused = (
        (check_judged, check_set_aside)
        if state in {"filed", "correcting"}
        else (check_set_aside, check_judged)
    )

    heard(state)
    with pytest.raises(
        Refused, match="retiré sa candidature" if refused is check_judged else "n’est pas retirée"
    ):
        refused(state)
