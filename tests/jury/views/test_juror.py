"""The association composes the jury, invites, adds ties and dismisses them."""

import pytest
from django.utils import timezone

from atlaas.models import Job
from jury.models import Juror, Recusal
from jury.operations.invitation import invite
from jury.queries.juror import secret_of
from labels.models import JuryMember
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import close_sitting, closed_edition, judged, scored

pytestmark = pytest.mark.django_db
BOARD = "/organisation/2030/jury/"
ADA = {
    "name": "Ada Exemple",
    "function": "Chercheuse",
    "biography": "Elle étudie.",
    "is_president": "on",
    "email": "ada@exemple.test",
}


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def organiser(client):
    person = UserFactory(is_organiser=True)
    client.force_login(person)
    return person


def told(answer):
    return answer.content.decode()


def test_a_member_is_added_then_invited(client, edition, organiser):
    answer = client.post(f"{BOARD}nouveau/", ADA, follow=True)
    seat = Juror.objects.get()
    assert (answer.redirect_chain, "pas encore invité" in told(answer)) == ([(BOARD, 302)], True)
    assert Job.objects.count() == 0

    page = told(client.post(f"{BOARD}sieges/{seat.pk}/inviter/", follow=True))

    seat.refresh_from_db()
    assert (str(seat.member), seat.is_president, seat.email) == ("Ada Exemple", True, "ada@exemple.test")
    assert ["L’invitation part à ada@exemple.test" in page, "Renvoyer l’invitation" in page] == [True, True]
    assert secret_of(seat) not in page
    assert list(Job.objects.values_list("key", flat=True)) == [str(seat.pk)]


def test_an_account_does_not_show(client, edition, organiser):
    pages = []
    for name in ("connue", "inconnue"):
        if name == "connue":
            UserFactory(email=f"{name}@exemple.test")
        client.post(
            f"{BOARD}nouveau/", ADA | {"name": "X", "email": f"{name}@exemple.test", "is_president": ""}
        )
        seat = Juror.objects.get()
        page = told(client.post(f"{BOARD}sieges/{seat.pk}/inviter/", follow=True)).replace(name, "…")
        body = page.partition("<main")[2].partition("</main>")[0]
        pages.append(
            [line for line in body.splitlines() if "csrf" not in line and f"/{seat.pk}/" not in line]
        )
        client.post(f"{BOARD}sieges/{seat.pk}/retirer/", follow=True)

    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"name": ""}, 422, "Écrivez le prénom et le nom."),
        ({"email": "ada"}, 422, "n’est pas complète"),
        ({"biography": "x" * 3001}, 422, "raccourcissez-le"),
        ({"email": "prise@exemple.test"}, 409, "déjà un siège"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client, edition, organiser, change, status, sentence
):
    a_juror(edition, email="prise@exemple.test")

    answer = client.post(f"{BOARD}nouveau/", ADA | change)

    assert (answer.status_code, Juror.objects.count()) == (status, 1)
    assert (sentence in told(answer), 'value="Chercheuse"' in told(answer)) == (True, True)


def test_a_member_is_taken_out_unless_they_scored(client, edition, organiser):
    gone, stays = a_juror(edition), a_juror(edition)
    scored(stays, judged(edition))

    client.post(f"{BOARD}sieges/{gone.pk}/retirer/")
    page = told(client.post(f"{BOARD}sieges/{stays.pk}/retirer/", follow=True))

    assert "Cette personne a déjà noté" in page
    assert list(Juror.objects.seated()) == [stays]
    assert client.post(f"{BOARD}sieges/{gone.pk}/retirer/").status_code == 404


def test_ties_are_added_for_a_juror_and_dismissed(client, edition, organiser):
    juror, place = a_juror(edition), CommuneFactory(name="Trifouillis")
    page = f"{BOARD}sieges/{juror.pk}/liens/"
    assert "Trifouillis" in told(client.get(page, {"q": "trifouil"}, headers={"HX-Request": "true"}))

    client.post(f"{page}?collectivite={place.code}", {"tie": "partner"})
    tie = Recusal.objects.get()
    silent = told(client.post(f"{page}{tie.pk}/ecarter/", {"reason": ""}, follow=True))
    long = told(client.post(f"{page}{tie.pk}/ecarter/", {"reason": "x" * 501}, follow=True))
    client.post(f"{page}{tie.pk}/ecarter/", {"reason": "Une homonyme"})

    tie.refresh_from_db()
    assert ("Dites pourquoi" in silent, "500" in long) == (True, True)
    assert (tie.by, tie.dismissed_by, tie.dismissal) == (organiser, organiser, "Une homonyme")
    assert "Une homonyme" in told(client.get(page))


def test_what_cannot_be_read_of_a_tie_is_said(client, edition, organiser):
    page = f"{BOARD}sieges/{a_juror(edition).pk}/liens/?collectivite={CommuneFactory().code}"

    assert client.post(page, {}).status_code == 422


def test_the_tie_of_another_is_not_there(client, edition, organiser):
    tie, juror = RecusalFactory(juror=a_juror(edition)), a_juror(edition)

    assert (
        client.post(f"{BOARD}sieges/{juror.pk}/liens/{tie.pk}/ecarter/", {"reason": "x"}).status_code == 404
    )


def test_a_seat_of_another_edition_is_not_there(client, edition, organiser):
    juror = a_juror(closed_edition(2031))

    assert client.get(f"{BOARD}sieges/{juror.pk}/liens/").status_code == 404


def test_a_closed_sitting_leaves_lists(client, edition, organiser):
    juror = a_juror(edition)
    RecusalFactory(juror=juror)
    close_sitting(edition)

    board, ties = told(client.get(BOARD)), told(client.get(f"{BOARD}sieges/{juror.pk}/liens/"))

    assert [word in board for word in ("Ajouter au jury", "Retirer du jury", "inviter/")] == [False] * 3
    assert [word in ties for word in ('role="search"', "ecarter/")] == [False] * 2


@pytest.mark.parametrize("total", [1, 3])
def test_screens_cost_the_same_queries(client, organiser, total, django_assert_num_queries):
    edition = closed_edition()
    seats = [a_juror(edition) for _ in range(total)]
    for seat in seats:
        RecusalFactory(juror=seats[0])
        RecusalFactory(juror=seat)

    for address, queries in ((BOARD, 7), (f"{BOARD}sieges/{seats[0].pk}/liens/", 7)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def link(edition, organiser, email="ada@exemple.test"):
    seat = a_juror(edition, user=None, email=email, joined_at=None, declared_at=None)
    return seat, f"/jury/invitation/{secret_of(invite(seat, by=organiser))}/"


def test_the_link_is_read_by_whoever_holds_it(client, edition):
    seat, address = link(edition, UserFactory(is_organiser=True))

    page = told(client.get(address))

    assert (str(seat.member) in page, f"/connexion/?next={address}" in page) == (True, True)
    assert client.post(f"{address}accepter/")["Location"] == f"/connexion/?next={address}accepter/"


def test_the_person_invited_takes_the_seat(client, edition):
    seat, address = link(edition, UserFactory(is_organiser=True))
    user = UserFactory(email=seat.email)
    client.force_login(user)
    assert "Prendre ma place" in told(client.get(address))

    answer = client.post(f"{address}accepter/", follow=True)

    assert answer.redirect_chain == [("/jury/2030/", 302)]
    assert Juror.objects.get(pk=seat.pk).user == user
    assert "a déjà servi" in told(client.get(address))


def test_another_person_is_told_which_address_is_invited(client, edition):
    seat, address = link(edition, UserFactory(is_organiser=True))
    client.force_login(UserFactory(email="autre@exemple.test"))

    pages = [told(client.get(address)), told(client.post(f"{address}accepter/", follow=True))]

    assert [seat.email in page and "autre@exemple.test" in page for page in pages] == [True, True]
    assert Juror.objects.get(pk=seat.pk).user is None


def test_links_that_open_nothing_say_so(client, edition):
    seat, address = link(edition, UserFactory(is_organiser=True))
    close_sitting(edition)
    closed = told(client.get(address))
    Juror.objects.filter(pk=seat.pk).update(left_at=timezone.now())

    assert ["n’ouvre plus rien" in closed, "a été retirée" in told(client.get(address))] == [True, True]
    client.force_login(UserFactory())
    unknown = "/jury/invitation/" + "0" * 64 + "/"
    assert [client.get(unknown).status_code, client.post(f"{unknown}accepter/").status_code] == [404, 404]


def test_removing_who_never_came_frees_the_name(client, edition, organiser):
    client.post(f"{BOARD}nouveau/", ADA)
    client.post(f"{BOARD}sieges/{Juror.objects.get().pk}/retirer/")

    assert JuryMember.objects.count() == 0
