import pytest
from django.utils import timezone

from atlaas.models import User
from atlaas.rules.refusal import Refused
from jury.models import Assignment, Juror
from jury.operations.juror import Facts, add, remove
from labels.models import JuryMember
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import begun, close_sitting, closed_edition, entrusted, judged, scored

pytestmark = pytest.mark.django_db
ADA = Facts("Ada Exemple", "Chercheuse", "Elle étudie.", is_president=True)


def roster_of(edition):
    return edition.jury_members.filter(is_listed=True)


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def test_a_member_has_a_seat_and_a_place_in_the_roster(edition, organiser):
    seat = add(edition, ADA, " ADA@exemple.test ", by=organiser)

    assert (seat.email, seat.user, seat.invited_at, seat.is_president) == (
        "ada@exemple.test",
        None,
        None,
        True,
    )
    assert list(roster_of(edition).values_list("name", "function", "biography", "position")) == [
        ("Ada Exemple", "Chercheuse", "Elle étudie.", 1)
    ]


def test_who_is_in_the_roster_takes_a_seat_under_that_name(edition, organiser):
    named = JuryMember.objects.create(edition=edition, name="Ada Exemple", function="Élue", position=3)

    seat = add(edition, Facts("Ada Exemple"), "ada@exemple.test", by=organiser)

    assert (seat.member, seat.member.function, JuryMember.objects.count()) == (named, "Élue", 1)


def test_an_address_with_an_account_is_treated_as_any_other(edition, organiser):
    UserFactory(email="ada@exemple.test")

    seats = [add(edition, Facts(f"P {one}"), f"{one}@exemple.test", by=organiser) for one in ("ada", "bob")]

    told = [(one.user, one.joined_at, one.invited_at, one.secret_hash) for one in seats]
    assert told == [(None, None, None, "")] * 2


@pytest.mark.parametrize(
    ("facts", "email", "why"),
    [
        (ADA, "a@b", "n’est pas complète"),
        (ADA, "x" * 300 + "@exemple.test", "n’est pas complète"),
        (Facts("Autre"), "pris@exemple.test", "déjà un siège"),
        (Facts("Membre pris"), "b@exemple.test", "Ce nom est déjà"),
        (ADA, "b@exemple.test", "Une seule personne préside"),
    ],
)
def test_what_cannot_be_is_refused(edition, organiser, facts, email, why):
    add(edition, Facts("Membre pris", is_president=True), "pris@exemple.test", by=organiser)

    with pytest.raises(Refused, match=why):
        add(edition, facts, email, by=organiser)
    assert (Juror.objects.count(), JuryMember.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", ["nobody", "agent", "juror", "president"])
def test_only_organisers_compose_the_jury(edition, who):
    by = {
        "nobody": UserFactory,
        "agent": lambda: agent_of(CommuneFactory()),
        "juror": lambda: a_juror(edition).user,
        "president": lambda: a_juror(edition, president=True).user,
    }[who]()
    seat = a_juror(edition)

    with pytest.raises(Refused, match="Seule l’équipe"):
        add(edition, ADA, "ada@exemple.test", by=by)
    with pytest.raises(Refused, match="Seule l’équipe"):
        remove(seat, by=by)


def test_a_seat_that_nobody_took_leaves_no_trace(edition, organiser):
    remove(add(edition, ADA, "ada@exemple.test", by=organiser), by=organiser)

    assert (Juror.objects.count(), JuryMember.objects.count()) == (0, 0)


def test_who_leaves_is_forgotten_by_the_roster_and_loses_what_was_not_begun(edition, organiser):
    seat = a_juror(edition, president=True)
    kept, lost = judged(edition), judged(edition)
    for dossier in (kept, lost):
        entrusted(seat, dossier)
    begun(seat, kept)

    remove(seat, by=organiser)
    remove(seat, by=organiser)  # the second of two clicks

    seat.refresh_from_db()
    assert (seat.left_at is None, seat.secret_hash) == (False, "")
    assert list(roster_of(edition)) == []
    assert [one.candidacy for one in Assignment.objects.all()] == [kept]
    assert add(edition, ADA, "ada@exemple.test", by=organiser).is_president is True


def test_who_left_comes_back_to_the_same_seat(edition, organiser):
    seat = a_juror(edition)
    RecusalFactory(juror=seat)
    remove(seat, by=organiser)

    back = add(edition, Facts("Nouveau Nom"), seat.email, by=organiser)

    assert (back.pk, back.left_at, back.user, str(back.member)) == (seat.pk, None, seat.user, "Nouveau Nom")
    assert [one.name for one in roster_of(edition)] == ["Nouveau Nom"]


def test_who_scored_stays(edition, organiser):
    seat = a_juror(edition)
    scored(seat, judged(edition))

    with pytest.raises(Refused, match="a déjà noté"):
        remove(seat, by=organiser)


def test_nothing_changes_once_the_sitting_is_closed(edition, organiser):
    seat = a_juror(edition)
    close_sitting(edition)

    with pytest.raises(Refused, match="close"):
        remove(seat, by=organiser)
    with pytest.raises(Refused, match="close"):
        add(edition, ADA, "ada@exemple.test", by=organiser)


def test_a_tie_of_a_seat_that_nobody_took_keeps_the_seat(edition, organiser):
    seat = add(edition, ADA, "ada@exemple.test", by=organiser)
    RecusalFactory(juror=seat, by=organiser)

    remove(seat, by=organiser)

    seat.refresh_from_db()
    assert seat.left_at <= timezone.now()
    assert User.objects.filter(email="ada@exemple.test").exists() is False
