import pytest

from atlaas.rules.refusal import Refused
from jury.choices import SittingState
from jury.rules.sitting import check_closing, check_opening, next_state, require_in_room, require_open

READY = {"dossiers": 1, "is_late": False, "present": 1}
WIDE = "\u00a0"


@pytest.mark.parametrize("step", ["open", "close", "burn"])
@pytest.mark.parametrize("state", SittingState.values)
def test_every_step_from_every_state(state, step):
    taken = {("preparing", "open"): "open", ("open", "close"): "closed"}

    if (state, step) in taken:
        assert next_state(state, step) == taken[state, step]
        return
    with pytest.raises(Refused, match=f"une séance qui est « {SittingState(state).label} »"):
        next_state(state, step)


def test_a_sitting_opens():
    check_opening(**READY)


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"is_late": True}, "Un délai"), ({"dossiers": 0}, "Aucun dossier"), ({"present": 0}, "Personne")],
)
def test_a_sitting_does_not_open(facts, why):
    with pytest.raises(Refused, match=why):
        check_opening(**(READY | facts))


def test_a_sitting_closes_once_all_is_decided():
    check_closing(undecided=[], others=False)


@pytest.mark.parametrize(
    ("undecided", "said"),
    [
        (["A"], f"1{WIDE}dossier n’a pas de décision close : A."),
        (["A", "B", "C"], f"3{WIDE}dossiers n’ont pas de décision close : A, B, C."),
        (["A", "B", "C", "D"], f"4{WIDE}dossiers n’ont pas de décision close : A, B, C et 1{WIDE}autre."),
        (list("ABCDE"), f"5{WIDE}dossiers n’ont pas de décision close : A, B, C et 2{WIDE}autres."),
    ],
)
def test_what_is_left_is_named_three_at_most(undecided, said):
    with pytest.raises(Refused) as refusal:
        check_closing(undecided=undecided, others=False)

    assert str(refusal.value) == said


@pytest.mark.parametrize("undecided", [[], ["A"]])
def test_what_the_deputy_presides_is_never_named(undecided):
    with pytest.raises(Refused) as refusal:
        check_closing(undecided=undecided, others=True)

    assert (
        str(refusal.value)
        == "Un dossier que préside la suppléance n’est pas clos : désignez-la si ce n’est fait, puis laissez-lui la main."
    )


def test_what_asks_for_an_open_sitting():
    require_open("open")

    with pytest.raises(Refused, match="n’est pas ouverte"):
        require_open("preparing")
    with pytest.raises(Refused, match="La séance est close"):
        require_open("closed")


def test_a_sitting_does_not_close_while_someone_may_still_file():
    with pytest.raises(Refused, match="Un délai accordé"):
        check_closing(undecided=[], others=False, is_late=True)


def test_who_is_outside_is_told_how_to_come_in():
    require_in_room(is_inside=True)

    with pytest.raises(Refused, match="notez votre arrivée"):
        require_in_room(is_inside=False)
