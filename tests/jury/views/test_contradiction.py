"""The president settles contradictory remarks at their own place, and finds nothing there of what they are tied to."""

import pytest

from jury.choices import SettledAs
from jury.models import RemarkSettlement
from jury.operations.letter import send, settle
from tests.factories.atlaas import UserFactory
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.letter import Case, handed_in
from tests.factories.recusal import judged

pytestmark = pytest.mark.django_db
SHELF = "/jury/2030/contradictions/"


@pytest.fixture
def case():
    return Case()


@pytest.fixture
def president(client, case):
    seat = a_juror(case.edition, president=True)
    client.force_login(seat.user)
    return seat


def told(answer):
    return " ".join(answer.text.split())


def one(candidacy, end=""):
    return f"{SHELF}{candidacy.pk}/{end}"


def test_a_contradiction_is_listed_and_settled(client, case, president):
    enjeu = case.contradict()
    case.close()
    page = told(client.get(SHELF))
    assert (case.town.name in page, "1 enjeu" in page) == (True, True)

    page = told(client.get(one(case.candidacy)))
    names = [str(seat.member) for seat in case.jurors]
    assert (enjeu.name in page, [name in page for name in names]) == (True, [False, False])
    answer = client.post(
        one(case.candidacy, "trancher/"), {"enjeu": enjeu.pk, "kind": "strength"}, follow=True
    )

    assert ("c’est tranché" in told(answer), "La lettre retient le point fort" in told(answer)) == (
        True,
        True,
    )
    made = RemarkSettlement.objects.get()
    assert (made.kind, made.by) == ("strength", president.user)
    assert case.town.name not in told(client.get(SHELF))


def test_what_the_president_is_tied_to_is_not_there(client, case, president):
    enjeu = case.contradict()
    other = judged(case.edition)
    case.contradict(other)
    case.close()
    RecusalFactory(juror=president, collectivity=case.town)

    page = told(client.get(SHELF))
    beside = told(client.get(one(other)))

    assert [case.town.name in text for text in (page, beside)] == [False, False]
    assert other.collectivity.name in page
    assert client.get(one(case.candidacy)).status_code == 404
    sent = {"enjeu": enjeu.pk, "kind": "strength"}
    assert client.post(one(case.candidacy, "trancher/"), sent).status_code == 404
    assert RemarkSettlement.objects.count() == 0


def test_before_the_closing_the_remarks_of_others_come_after_one_s_own(client, case, president):
    case.contradict()
    assert [client.get(place).status_code for place in (SHELF, one(case.candidacy))] == [200, 404]

    handed_in(president, case.candidacy)

    assert client.get(one(case.candidacy)).status_code == 200


def test_what_cannot_be_read_settles_nothing(client, case, president):
    enjeu = case.contradict()
    case.close()

    for facts in ({"kind": "x"}, {"enjeu": "0"}):
        answer = client.post(
            one(case.candidacy, "trancher/"), {"enjeu": enjeu.pk, "kind": "strength"} | facts
        )
        assert answer.status_code == 302

    assert RemarkSettlement.objects.count() == 0


def test_a_letter_that_left_is_settled_no_more(client, case, president):
    enjeu = case.contradict()
    settle(case.candidacy, enjeu, SettledAs.NEITHER, by=case.organiser)
    case.ready()
    send(case.edition, by=case.organiser)

    page = told(client.get(one(case.candidacy)))
    assert ("La lettre est partie" in page, "La lettre ne retient ni l’un ni l’autre" in page) == (True, True)
    answer = client.post(
        one(case.candidacy, "trancher/"), {"enjeu": enjeu.pk, "kind": "strength"}, follow=True
    )

    assert ("ne change plus" in told(answer), RemarkSettlement.objects.get().kind) == (True, "neither")


@pytest.mark.parametrize("who", ["juror", "nobody", "organiser", "agent"])
def test_the_place_is_the_president_s_alone(client, case, who):
    case.contradict()
    case.close()
    person = {
        "juror": lambda: case.jurors[0].user,
        "nobody": UserFactory,
        "organiser": lambda: case.organiser,
        "agent": lambda: case.agent,
    }[who]()
    client.force_login(person)

    answers = [
        client.get(SHELF),
        client.get(one(case.candidacy)),
        client.post(one(case.candidacy, "trancher/")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_a_fixed_number_of_queries(client, case, president, number, django_assert_num_queries):
    for candidacy in [case.candidacy, *(judged(case.edition) for _ in range(number - 1))]:
        case.contradict(candidacy)
    case.close()
    client.get(SHELF)

    with django_assert_num_queries(8):
        client.get(SHELF)
