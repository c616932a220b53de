import pytest

from atlaas.choices import ClaimState
from atlaas.rules.claim import STEPS, check_answer, check_free, next_state
from atlaas.rules.refusal import Refused


def test_every_state_has_its_steps():
    assert set(STEPS) == set(ClaimState)


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("step", ["approve", "refuse", "inconnu"])
def test_every_step_from_every_state(state, step):
    expected = {"approve": ClaimState.APPROVED, "refuse": ClaimState.REFUSED}.get(step)

    if state == ClaimState.PENDING and expected:
        assert next_state(state, step) == expected
    else:
        with pytest.raises(Refused, match="déjà décidée"):
            next_state(state, step)


def test_a_collectivity_that_is_run_is_not_claimed():
    check_free(0)
    with pytest.raises(Refused, match="inviter ses collègues"):
        check_free(1)


def test_a_refusal_says_why():
    check_answer("approve", "")
    check_answer("refuse", "Pas de justificatif.")
    with pytest.raises(Refused, match="pourquoi"):
        check_answer("refuse", "  ")
