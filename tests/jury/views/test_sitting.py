"""The pages of the closed day: who presides, a member, the room, someone who had to leave."""

import pytest
from django.test import Client

from jury.models import Item
from jury.operations.item import end
from jury.operations.recusal import declare
from jury.operations.sitting import close_sitting, set_deputy
from tests.conftest import SecondFactorClient
from tests.factories.atlaas import UserFactory
from tests.factories.chamber import Chamber
from tests.factories.jury import a_juror

pytestmark = pytest.mark.django_db
PAGE = "/jury/2030/seance/"
STATE = f"{PAGE}etat/"


@pytest.fixture
def chamber():
    return Chamber()


def told(answer):
    """The page in plain spaces."""
    return " ".join(answer.text.split())


def as_seat(client, seat):
    client.force_login(seat.user)
    return client


def sent(item, **facts):
    words = {"version": item.version, "level": 1, "votes_for": 3, "votes_against": 0, "abstentions": 0}
    return words | {"reason": "Essai", "mentions": []} | facts


def test_the_president_opens_and_everyone_follows(client, chamber):
    president = as_seat(client, chamber.president)
    assert "n’est pas ouverte" in told(president.get(PAGE))

    answer = president.post(f"{PAGE}ouvrir/", {"present": [one.pk for one in chamber.everyone]}, follow=True)

    assert "appelez le premier dossier" in told(answer)
    assert Item.objects.count() == 2
    page = told(as_seat(client, chamber.members[0]).get(PAGE))
    assert ("Aucun dossier n’est sur la table" in page, "Appeler" in page) == (True, False)


def test_a_dossier_is_called_decided_undone_and_closed(client, chamber):
    chamber.open()
    president = as_seat(client, chamber.president)
    item = chamber.item(chamber.dossiers[0])
    one = f"{PAGE}points/{item.pk}/"

    president.post(f"{one}appeler/")
    item.refresh_from_db()
    page = told(president.post(f"{one}decider/", sent(item), follow=True))
    assert "décision écrite" in page
    assert "Annuler la décision" in page
    president.post(f"{one}annuler/")
    item.refresh_from_db()
    assert (item.state, item.level) == ("called", None)
    president.post(f"{one}decider/", sent(item))
    president.post(f"{one}clore/")

    item.refresh_from_db()
    assert (item.state, item.level, item.votes_for) == ("ended", 1, 3)


@pytest.mark.parametrize(
    ("facts", "status", "why"),
    [
        ({"votes_for": 1}, 422, "Les voix font"),
        ({"level": ""}, 422, "Choisissez un niveau"),
        ({"level": 7}, 422, "Choisissez un niveau"),
        ({"votes_for": "x"}, 422, "nombre entier"),
        ({"mentions": ["inconnu"]}, 422, "n’est pas de cette édition"),
        ({"level": 5, "reason": ""}, 422, "dites pourquoi"),
        ({"reason": "x" * 501}, 422, "500 signes"),
        ({"version": 0}, 409, "Quelqu’un a agi"),
    ],
)
def test_a_decision_that_cannot_be_comes_back_with_what_was_typed(client, chamber, facts, status, why):
    chamber.open()
    item = chamber.call(chamber.dossiers[0])

    answer = as_seat(client, chamber.president).post(f"{PAGE}points/{item.pk}/decider/", sent(item, **facts))

    assert (answer.status_code, why in told(answer)) == (status, True)
    assert Item.objects.get(pk=item.pk).state == "called"


def test_who_is_tied_finds_a_blank_page_and_nothing_of_the_dossier(client, chamber):
    north, south = chamber.dossiers
    away = chamber.members[0]
    declare(away, north.collectivity, "home", by=away.user)
    chamber.open()
    chamber.call(north)

    page = told(as_seat(client, away).get(PAGE))

    assert "Vous êtes en déport" in page
    assert [place.collectivity.name in page for place in (north, south)] == [False, True]
    assert as_seat(client, away).post(f"{PAGE}points/{chamber.item(north).pk}/decider/").status_code == 404


def test_a_president_who_is_tied_leaves_the_dossier_to_the_deputy(client, chamber):
    north, _ = chamber.dossiers
    deputy = chamber.members[0]
    declare(chamber.president, north.collectivity, "home", by=chamber.president.user)
    set_deputy(deputy, by=chamber.president.user)
    chamber.open()

    assert north.collectivity.name not in told(as_seat(client, chamber.president).get(PAGE))
    page = told(as_seat(client, deputy).get(PAGE))
    assert page.count("Appeler") == 1
    as_seat(client, deputy).post(f"{PAGE}points/{chamber.item(north).pk}/appeler/")
    assert "Arrêter la décision" in told(client.get(PAGE))
    assert "Vous êtes en déport" in told(as_seat(client, chamber.president).get(PAGE))


def test_the_room_sees_no_name_of_a_member(client, chamber):
    chamber.open()
    chamber.call(chamber.dossiers[0])

    page = as_seat(client, chamber.president).get(PAGE, {"vue": "salle"}).text

    assert chamber.dossiers[0].collectivity.name in page
    assert [str(one) in page for one in chamber.everyone] == [False] * 3
    assert "Arrêter la décision" not in page


def test_what_is_asked_again_is_empty_while_nothing_changed(client, chamber):
    chamber.open()
    seat = as_seat(client, chamber.members[0])
    key = seat.get(PAGE).context["live"]["key"]

    assert seat.get(STATE, {"cle": key}).status_code == 204
    chamber.call(chamber.dossiers[0])
    answer = seat.get(STATE, {"cle": key})
    assert answer.status_code == 200
    assert chamber.dossiers[0].collectivity.name in answer.text


def test_what_is_asked_again_is_what_a_reload_shows(client, chamber):
    chamber.open()
    chamber.call(chamber.dossiers[0])
    seat = as_seat(client, chamber.members[0])

    assert seat.get(STATE).text.strip() in seat.get(PAGE).text


def test_what_happens_to_a_dossier_tells_nothing_to_who_is_tied(client, chamber):
    north, _ = chamber.dossiers
    away = chamber.members[0]
    declare(away, north.collectivity, "home", by=away.user)
    chamber.open()
    chamber.call(north)
    seat = as_seat(client, away)
    before = seat.get(STATE).content

    chamber.decide(north, votes=(2, 0, 0))

    assert seat.get(STATE).content == before


def test_members_come_and_go(client, chamber):
    chamber.open()
    one = chamber.members[0]
    president = as_seat(client, chamber.president)

    page = told(president.post(f"{PAGE}membres/{one.pk}/", {"present": "0"}, follow=True))
    assert "a quitté la séance" in page
    chamber.call(chamber.dossiers[0])
    assert "2 votants" in told(president.get(PAGE))


def moved(page, *, level):
    """What the form of that page sends when every dossier is ticked."""
    items = [one.item for one in page.context["whole"].lines]
    told = {f"level_{one.pk}": level for one in items} | {f"version_{one.pk}": one.version for one in items}
    return told | {"item": [one.pk for one in items]}


def test_decisions_are_moved_together_with_a_reason(client, chamber):
    chamber.open()
    for one in chamber.dossiers:
        chamber.call(one)
        chamber.decide(one)
        end(chamber.item(one), by=chamber.president.user)
    president = as_seat(client, chamber.president)
    moves = moved(president.get(f"{PAGE}ensemble/"), level=2)

    refused = president.post(f"{PAGE}ensemble/", moves)
    assert (refused.status_code, "Dites en une ligne pourquoi" in told(refused)) == (422, True)
    page = told(president.post(f"{PAGE}ensemble/", moves | {"reason": "Même cas"}, follow=True))

    assert "2 niveaux changés" in page
    assert [chamber.item(one).level for one in chamber.dossiers] == [2, 2]
    assert as_seat(client, chamber.members[0]).get(f"{PAGE}ensemble/").status_code == 404


@pytest.mark.parametrize("who", ["anonymous", "nobody", "organiser", "juror of another edition"])
def test_nobody_else_comes_in(chamber, who):
    chamber.open()
    person = {
        "nobody": UserFactory,
        "organiser": lambda: UserFactory(is_organiser=True),
        "juror of another edition": lambda: a_juror(Chamber(year=2031).edition).user,
    }.get(who)
    client = Client() if who == "anonymous" else signed(person())

    expected = 302 if who == "anonymous" else 404
    assert [client.get(one).status_code for one in (PAGE, STATE, "/jury/2030/pv/")] == [expected] * 3


def signed(user):
    client = SecondFactorClient()
    client.force_login(user)
    return client


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_queries(client, number, django_assert_num_queries):
    chamber = Chamber(members=number, dossiers=number)
    chamber.open()
    chamber.call(chamber.dossiers[0])
    for seat, page, queries in (
        (chamber.president, PAGE, 12),
        (chamber.members[0], PAGE, 10),
        (chamber.members[0], STATE, 10),
    ):
        as_seat(client, seat).get(PAGE)
        with django_assert_num_queries(queries):
            client.get(page)


def closed(chamber):
    chamber.open()
    for one in chamber.dossiers:
        chamber.call(one)
        chamber.decide(one)
        end(chamber.item(one), by=chamber.president.user)
    return close_sitting(chamber.edition, by=chamber.president.user)


def test_the_minutes_are_read_signed_and_corrected(client, chamber):
    closed(chamber)
    president = as_seat(client, chamber.president)
    page = president.get("/jury/2030/pv/")
    assert "Ce texte n’est signé par personne encore" in told(page)

    read = page.context["read"].sha256
    assert "Vous avez signé" in told(president.post("/jury/2030/pv/signer/", {"read": read}, follow=True))
    assert president.get("/jury/2030/pv/pv.pdf").content[:5] == b"%PDF-"
    assert [one["decision"]["level"] for one in president.get("/jury/2030/pv/pv.json").json()["points"]] == [
        1,
        1,
    ]
    item = chamber.item(chamber.dossiers[0])
    place = f"/jury/2030/pv/points/{item.pk}/corriger/"
    assert president.post(place, sent(item, level=2, reason="")).status_code == 422
    assert president.post(place, sent(item, level=2, reason="Erreur de saisie")).status_code == 302

    assert chamber.edition.awards.get(collectivity=chamber.dossiers[0].collectivity).level == 2
    page = told(president.get("/jury/2030/pv/"))
    assert ("Erreur de saisie" in page, "Ce texte n’est signé par personne encore" in page) == (True, True)


def test_organisers_read_the_minutes_once_signed(client, chamber):
    closed(chamber)
    organiser = signed(UserFactory(is_organiser=True))
    assert organiser.get("/organisation/2030/jury/pv/").status_code == 404

    president = as_seat(client, chamber.president)
    president.post("/jury/2030/pv/signer/", {"read": president.get("/jury/2030/pv/").context["read"].sha256})

    assert organiser.get("/organisation/2030/jury/pv/")["Content-Type"] == "application/pdf"


def test_minutes_hide_what_their_reader_is_tied_to(client, chamber):
    north, south = chamber.dossiers
    away = chamber.members[0]
    declare(away, north.collectivity, "home", by=away.user)
    chamber.open()
    for one, voices in ((north, 2), (south, 3)):
        chamber.call(one)
        chamber.decide(one, votes=(voices, 0, 0))
        end(chamber.item(one), by=chamber.president.user)
    close_sitting(chamber.edition, by=chamber.president.user)

    page = told(as_seat(client, away).get("/jury/2030/pv/"))

    assert [one.collectivity.name in page for one in (north, south)] == [False, True]
    assert "1 dossier" in page
    assert north.collectivity.name not in client.get("/jury/2030/pv/pv.json").text
