import pytest

from atlaas.rules.refusal import Refused
from jury.rules.juror import check_acceptance, check_departure, check_invitation

FACTS = {
    "invited": "a@exemple.test",
    "email": "a@exemple.test",
    "is_used": False,
    "has_left": False,
    "is_closed": False,
}


def test_the_person_invited_takes_the_seat():
    check_acceptance(**FACTS)


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ({"email": "b@exemple.test"}, "est pour a@exemple.test, et vous êtes connecté avec b@exemple.test"),
        ({"is_used": True}, "déjà servi"),
        ({"has_left": True}, "retirée"),
        ({"is_closed": True}, "close"),
    ],
)
def test_others_are_told_what_to_do(fact, why):
    with pytest.raises(Refused, match=why):
        check_acceptance(**(FACTS | fact))


def test_an_invitation_is_for_who_has_not_come():
    check_invitation(has_joined=False, is_closed=False)

    with pytest.raises(Refused, match="déjà arrivée"):
        check_invitation(has_joined=True, is_closed=False)
    with pytest.raises(Refused, match="close"):
        check_invitation(has_joined=False, is_closed=True)


def test_who_scored_stays():
    check_departure(has_scored=False, is_closed=False)

    with pytest.raises(Refused, match="a déjà noté"):
        check_departure(has_scored=True, is_closed=False)
    with pytest.raises(Refused, match="close"):
        check_departure(has_scored=False, is_closed=True)
