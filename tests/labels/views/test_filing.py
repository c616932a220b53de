"""The buttons of a candidacy, as a browser presses them."""

import datetime as dt

import pytest
from django.urls import reverse

from labels.models import Arrival, Snapshot
from labels.operations.filing import file
from labels.queries.clock import now
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db
BUTTONS = ("candidacy-file", "candidacy-correct", "candidacy-keep", "candidacy-withdraw", "candidacy-resume")


@pytest.fixture
def candidacy():
    return a_complete_candidacy()


@pytest.fixture
def agent(client, candidacy):
    person = publisher_of(candidacy.collectivity)
    client.force_login(person)
    return person


def address(name, candidacy, *more):
    return reverse(name, args=[candidacy.collectivity.code, candidacy.edition.year, *more])


def press(client, name, candidacy, **fields):
    return client.post(address(name, candidacy), fields)


def sentences(response):
    return [str(one) for one in response.wsgi_request._messages]


def test_file_leads_to_the_receipt(client, candidacy, agent):
    before = now()

    response = press(client, "candidacy-file", candidacy, rank="1")

    assert (response.status_code, response.url) == (302, address("receipt", candidacy, 1))
    assert before < Snapshot.objects.get().arrived_at < now()


@pytest.mark.parametrize("rank", ["", "1", "x", "-1", "²", "99999999999999999999", "40000"])
def test_file_pressed_twice_leads_to_the_same_receipt(client, candidacy, agent, rank):
    responses = [press(client, "candidacy-file", candidacy, rank=rank) for _ in range(2)]

    assert {one.url for one in responses} == {address("receipt", candidacy, 1)}
    assert Snapshot.objects.count() == 1


def test_file_incomplete_leads_to_the_checklist(client, candidacy, agent):
    candidacy.elected_name = ""
    candidacy.save()

    response = press(client, "candidacy-file", candidacy)

    assert response.url == address("candidacy-check", candidacy)
    assert sentences(response)[0].startswith("Le dossier n’est pas encore complet")


def test_file_too_late_is_a_sentence(client, agent, candidacy):
    candidacy.edition.closes_at = now() - dt.timedelta(hours=1)
    candidacy.edition.save()

    response = press(client, "candidacy-file", candidacy)

    assert response.url == address("candidacy", candidacy)
    assert sentences(response)[0].startswith("Le dépôt est clos depuis le ")
    assert not Snapshot.objects.exists()


def test_buttons_lead_through_the_whole_life(client, candidacy, agent):
    path = ("file", "correct", "keep", "correct", "withdraw", "resume", "file")
    states = []

    for name in path:
        press(client, f"candidacy-{name}", candidacy)
        candidacy.refresh_from_db()
        states.append(candidacy.state)

    assert states == ["filed", "correcting", "filed", "correcting", "withdrawn", "draft", "filed"]


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_of_another_collectivite_do_not_exist(client, candidacy, name):
    client.force_login(agent_of(a_complete_candidacy(edition=candidacy.edition).collectivity))

    assert press(client, name, candidacy).status_code == 404


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_ask_to_sign_in(client, candidacy, name):
    assert press(client, name, candidacy).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_are_not_links(client, candidacy, agent, name):
    assert client.get(address(name, candidacy)).status_code == 405


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_of_a_contributeur_are_a_sentence(client, candidacy, name):
    client.force_login(agent_of(candidacy.collectivity, "contributeur"))

    response = press(client, name, candidacy)

    assert response.url == address("candidacy", candidacy)
    assert sentences(response)[0].startswith("Seul un valideur ou un responsable")


def test_clock_tells_the_server_and_the_end(client, candidacy, agent):
    before = now()

    told = client.get(address("candidacy-clock", candidacy)).json()

    assert before < dt.datetime.fromisoformat(told["now"]) < now()
    assert dt.datetime.fromisoformat(told["end"]) == candidacy.edition.closes_at


@pytest.mark.parametrize("year", [2030, 2029])
def test_clock_of_another_collectivite_or_year_does_not_exist(client, candidacy, year):
    client.force_login(UserFactory() if year == 2030 else publisher_of(candidacy.collectivity))
    open_edition(2029, opens_at=None, closes_at=None)

    response = client.get(reverse("candidacy-clock", args=[candidacy.collectivity.code, year]))

    assert response.status_code == 404


def test_arrivals_are_kept_without_their_body(client, candidacy, agent):
    press(client, "candidacy-file", candidacy, rank="1")

    arrival = Arrival.objects.get()
    assert (arrival.user, arrival.method, arrival.path, arrival.status) == (
        agent,
        "POST",
        address("candidacy-file", candidacy),
        302,
    )
    assert arrival.size > 0


def test_arrivals_elsewhere_or_of_nobody_are_not_kept(client, candidacy):
    client.get(address("candidacy-clock", candidacy))
    client.force_login(publisher_of(candidacy.collectivity))
    client.get("/")

    assert not Arrival.objects.exists()


@pytest.mark.parametrize("length", ["", "x", "-5", "²"])
def test_arrivals_with_an_odd_length_are_of_no_size(client, candidacy, agent, length):
    client.get(address("candidacy-clock", candidacy), CONTENT_LENGTH=length)

    assert Arrival.objects.get().size == 0


@pytest.mark.django_db(transaction=True)
def test_an_arrival_that_cannot_be_written_spoils_nothing(client, caplog):
    candidacy = a_complete_candidacy()
    client.force_login(publisher_of(candidacy.collectivity))

    response = client.get(f"/espace/{candidacy.collectivity.code}/candidature/2030/%00/")

    assert (response.status_code, Arrival.objects.count()) == (404, 0)
    assert "was not written" in caplog.text


def test_filing_of_what_was_filed_by_a_colleague_is_theirs(client, candidacy, agent):
    colleague = agent_of(candidacy.collectivity)
    file(candidacy, by=colleague, arrived_at=now())

    press(client, "candidacy-file", candidacy, rank="1")

    assert Snapshot.objects.get().by == colleague
