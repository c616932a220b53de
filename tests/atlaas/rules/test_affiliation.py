import pytest

from atlaas.choices import Role
from atlaas.rules.affiliation import check_change, check_departure, stronger
from atlaas.rules.refusal import Refused


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("others", [0, 1])
@pytest.mark.parametrize("confirmed", [True, False])
def test_only_the_last_responsable_is_kept_back(role, others, confirmed):
    if role == Role.MANAGER and not others and not confirmed:
        with pytest.raises(Refused, match="seule personne responsable"):
            check_departure(role, other_managers=others, confirmed=confirmed)
    else:
        check_departure(role, other_managers=others, confirmed=confirmed)


@pytest.mark.parametrize("old", Role)
@pytest.mark.parametrize("new", Role)
@pytest.mark.parametrize("others", [0, 1])
def test_a_team_keeps_a_responsable(old, new, others):
    if old == Role.MANAGER and new != Role.MANAGER and not others:
        with pytest.raises(Refused, match="au moins une personne responsable"):
            check_change(old, new, other_managers=others)
    else:
        check_change(old, new, other_managers=others)


def test_the_stronger_of_two_roles():
    order = [Role.CONTRIBUTOR, Role.PUBLISHER, Role.MANAGER]

    assert [[stronger(one, other) for other in order] for one in order] == [
        [Role.CONTRIBUTOR, Role.PUBLISHER, Role.MANAGER],
        [Role.PUBLISHER, Role.PUBLISHER, Role.MANAGER],
        [Role.MANAGER, Role.MANAGER, Role.MANAGER],
    ]
