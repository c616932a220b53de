"""The one door: who may know of which dossier."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jury.models import Juror, Recusal
from jury.queries.door import judged_by, seats_of
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import a_group, closed_edition, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def juror(edition):
    return a_juror(edition)


def test_every_dossier_filed_is_there_without_a_tie(edition, juror):
    known = {judged(edition), judged(edition)}

    assert set(judged_by(juror)) == known


def test_a_tie_hides_its_dossier(edition, juror):
    tied, other = judged(edition), judged(edition)
    RecusalFactory(juror=juror, collectivity=tied.collectivity)

    assert list(judged_by(juror)) == [other]
    assert set(judged_by(a_juror(edition))) == {tied, other}


def test_a_commune_brings_its_group_and_not_its_sisters(edition, juror):
    home, sister = CommuneFactory(), CommuneFactory()
    group = a_group(home, sister)
    for place in (home, sister, group):
        judged(edition, place)
    RecusalFactory(juror=juror, collectivity=home)

    assert [one.collectivity for one in judged_by(juror)] == [sister]


def test_a_group_brings_its_communes(edition, juror):
    members, stranger = [CommuneFactory(), CommuneFactory()], CommuneFactory()
    group = a_group(*members)
    for place in (*members, stranger, group):
        judged(edition, place)
    RecusalFactory(juror=juror, collectivity=group)

    assert [one.collectivity for one in judged_by(juror)] == [stranger]


def test_the_map_of_the_day_decides(edition, juror):
    commune = CommuneFactory()
    group = a_group(commune)
    dossier = judged(edition, group)
    RecusalFactory(juror=juror, collectivity=commune)
    assert list(judged_by(juror)) == []

    commune.epci = None
    commune.save()

    assert list(judged_by(juror)) == [dossier]


def test_nothing_before_the_declaration(edition):
    judged(edition)

    assert list(judged_by(a_juror(edition, declared_at=None))) == []


def test_nothing_for_who_left(edition, juror):
    judged(edition)
    juror.left_at = timezone.now()
    juror.save()

    assert (list(judged_by(juror)), list(seats_of(juror.user))) == ([], [])


def test_a_tie_dismissed_opens_again(edition, juror):
    dossier = judged(edition)
    RecusalFactory(juror=juror, collectivity=dossier.collectivity)
    facts = {"dismissed_at": timezone.now(), "dismissed_by": UserFactory(), "dismissal": "Homonyme"}
    Recusal.objects.update(**facts)

    assert list(judged_by(juror)) == [dossier]


def test_an_inactive_account_has_no_seat(juror):
    juror.user.is_active = False
    juror.user.save()

    assert list(seats_of(juror.user)) == []


def test_nobody_has_no_seat(juror):
    Juror.objects.filter(pk=a_juror(juror.edition).pk).update(user=None, joined_at=None, declared_at=None)

    assert list(seats_of(AnonymousUser())) == []
    assert list(seats_of(UserFactory(is_organiser=True))) == []


def test_the_latest_seat_comes_first(juror):
    later = a_juror(closed_edition(2031), user=juror.user)

    assert list(seats_of(juror.user)) == [later, juror]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_filed_is_not_judged(edition, juror, state):
    CandidacyFactory(edition=edition, state=state)

    assert list(judged_by(juror)) == []


def test_nothing_while_the_window_is_open():
    edition = open_edition(2031)
    judged(edition)

    assert list(judged_by(a_juror(edition))) == []


def test_another_edition_is_not_there(juror):
    judged(closed_edition(2031))

    assert list(judged_by(juror)) == []
