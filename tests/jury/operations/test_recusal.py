import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from atlaas.rules.refusal import Refused
from jury.models import Assignment, Evaluation, Juror, Recusal
from jury.operations.recusal import declare, dismiss, finish, take_back
from jury.queries.door import judged_by
from jury.queries.recusal import counted_evaluations
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import a_group, begun, close_sitting, closed_edition, entrusted, judged

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def juror(edition):
    return a_juror(edition, declared_at=None)


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def test_a_tie_is_written_as_it_was_said(juror):
    place = CommuneFactory()

    made = declare(juror, place, "client", by=juror.user, since=YEAR, comment="Un site : refait")

    stored = Recusal.objects.values_list("juror", "collectivity", "tie", "since", "comment", "by").get()
    assert stored == (juror.pk, place.pk, "client", YEAR, "Un site\u00a0: refait", juror.user.pk)
    assert (made.dismissed_at, made.dismissal) == (None, "")


def test_a_tie_after_the_declaration_closes_the_door_at_once(edition):
    juror = a_juror(edition)
    dossier = judged(edition)
    assert list(judged_by(juror)) == [dossier]

    declare(juror, dossier.collectivity, "home", by=juror.user)

    assert list(judged_by(juror)) == []
    assert Juror.objects.get(pk=juror.pk).has_declared is True


def test_a_tie_takes_what_was_not_begun_and_hides_what_was(edition):
    juror, home, sister = a_juror(edition), CommuneFactory(), CommuneFactory()
    group = a_group(home, sister)
    dossiers = {place: judged(edition, place) for place in (home, sister, group)}
    for dossier in dossiers.values():
        entrusted(juror, dossier)
    begun(juror, dossiers[home])
    other = entrusted(a_juror(edition), dossiers[group])

    declare(juror, home, "elected", by=juror.user)

    left = Assignment.objects.filter(juror=juror).values_list("candidacy__collectivity", flat=True)
    assert set(left) == {home.pk, sister.pk}
    assert Assignment.objects.filter(pk=other.pk).exists()
    assert (Evaluation.objects.count(), counted_evaluations(edition).count()) == (1, 0)
    assert list(judged_by(juror)) == [dossiers[sister]]


def test_a_tie_is_declared_once(juror):
    place = CommuneFactory()
    declare(juror, place, "home", by=juror.user)

    with pytest.raises(Refused, match="déjà déclaré"):
        declare(juror, place, "home", by=juror.user)
    assert declare(juror, place, "client", by=juror.user).pk


def test_a_tie_does_not_begin_in_the_future(juror):
    with pytest.raises(Refused, match="dans l’avenir"):
        declare(juror, CommuneFactory(), "home", by=juror.user, since=YEAR + 1)


def test_organisers_declare_for_a_juror(juror, organiser):
    assert declare(juror, CommuneFactory(), "partner", by=organiser).by == organiser


STRANGERS = {
    "another juror": lambda juror: a_juror(juror.edition).user,
    "the president": lambda juror: a_juror(juror.edition, president=True).user,
    "an agent": lambda _: agent_of(CommuneFactory()),
    "nobody": lambda _: UserFactory(),
    "a closed account": lambda _: UserFactory(is_organiser=True, is_active=False),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_writes_the_ties_of_a_juror(juror, who):
    stranger = STRANGERS[who](juror)
    tie = RecusalFactory(juror=juror)

    with pytest.raises(Refused, match="ses propres liens"):
        declare(juror, CommuneFactory(), "home", by=stranger)
    with pytest.raises(Refused, match="ses propres liens"):
        finish(juror, by=stranger, says_none=False)
    with pytest.raises(Refused, match="ses propres liens"):
        take_back(tie, by=stranger)
    with pytest.raises(Refused, match="Seule l’équipe"):
        dismiss(tie, by=stranger, reason="Homonyme")
    assert Recusal.objects.filter(dismissed_at=None).count() == 1


def test_organisers_do_not_say_that_a_juror_has_finished(juror, organiser):
    with pytest.raises(Refused, match="ses propres liens"):
        finish(juror, by=organiser, says_none=True)


def test_a_mistake_is_taken_back_before_the_end(juror):
    tie = declare(juror, CommuneFactory(), "home", by=juror.user)

    take_back(tie, by=juror.user)

    tie.refresh_from_db()
    assert (tie.dismissed_by, tie.dismissal) == (
        juror.user,
        "Erreur de saisie, ôtée par son auteur avant d’avoir fini de déclarer.",
    )
    with pytest.raises(Refused, match="déjà écarté"):
        take_back(tie, by=juror.user)


def test_a_tie_is_not_taken_back_after_the_end_nor_when_another_declared_it(juror, organiser):
    own = declare(juror, CommuneFactory(), "home", by=juror.user)
    theirs = declare(juror, CommuneFactory(), "home", by=organiser)
    with pytest.raises(Refused, match="ne se retire plus"):
        take_back(theirs, by=juror.user)
    finish(juror, by=juror.user, says_none=False)

    with pytest.raises(Refused, match="ne se retire plus"):
        take_back(own, by=juror.user)


def test_an_organiser_dismisses_with_a_reason(edition, organiser):
    juror = a_juror(edition)
    dossier = judged(edition)
    tie = declare(juror, dossier.collectivity, "home", by=juror.user)
    with pytest.raises(Refused, match="Dites pourquoi"):
        dismiss(tie, by=organiser, reason="  ")

    dismiss(tie, by=organiser, reason="C’est une homonyme")

    tie.refresh_from_db()
    assert (tie.dismissed_by, tie.dismissal) == (organiser, "C’est une homonyme")
    assert list(judged_by(juror)) == [dossier]


def test_finishing_opens_the_dossiers(edition, juror):
    dossier = judged(edition)

    finish(juror, by=juror.user, says_none=True)

    at = Juror.objects.get(pk=juror.pk).declared_at
    finish(juror, by=juror.user, says_none=False)  # the second of two clicks
    juror.refresh_from_db()
    assert (juror.declared_at, list(judged_by(juror))) == (at, [dossier])


@pytest.mark.parametrize("has_ties", [True, False])
def test_finishing_says_what_is_true(juror, has_ties):
    if has_ties:
        RecusalFactory(juror=juror)

    with pytest.raises(Refused):
        finish(juror, by=juror.user, says_none=has_ties)
    assert Juror.objects.get(pk=juror.pk).declared_at is None


def test_nothing_changes_once_the_sitting_is_closed(edition, juror, organiser):
    tie = RecusalFactory(juror=juror)
    close_sitting(edition)

    for verb in (
        lambda: declare(juror, CommuneFactory(), "home", by=juror.user),
        lambda: take_back(tie, by=juror.user),
        lambda: dismiss(tie, by=organiser, reason="Homonyme"),
        lambda: finish(juror, by=juror.user, says_none=False),
    ):
        with pytest.raises(Refused, match="séance est close"):
            verb()


def test_who_left_declares_nothing(juror):
    Juror.objects.filter(pk=juror.pk).update(left_at=timezone.now())

    with pytest.raises(Refused, match="a quitté le jury"):
        declare(juror, CommuneFactory(), "home", by=juror.user)


@pytest.mark.django_db(transaction=True)
def test_declaring_twice_at_once_declares_once():
    juror, place = a_juror(closed_edition()), CommuneFactory()

    def run():
        with contextlib.closing(connection), contextlib.suppress(Refused):
            declare(juror, place, "home", by=juror.user)

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(run) for _ in range(4)]:
            future.result(timeout=30)

    assert Recusal.objects.count() == 1
