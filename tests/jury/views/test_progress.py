"""How far the reading is: one's own on the first page, everyone's for the president."""

import re

import pytest

from jury.models import Sitting
from tests.factories.atlaas import UserFactory
from tests.factories.evaluation import a_grid, handed
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import close_sitting, closed_edition, entrusted, judged

pytestmark = pytest.mark.django_db
PAGE, NAMES = "/jury/2030/avancement/", "/jury/2030/avancement/noms/"


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    return edition


@pytest.fixture
def president(client, edition):
    one = a_juror(edition, president=True)
    client.force_login(one.user)
    return one


def told(answer):
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def test_the_president_reads_counts_and_never_a_score(client, edition, president):
    juror, dossier = a_juror(edition), judged(edition)
    entrusted(juror, dossier)
    handed(juror, dossier, 4, 4, level=4)

    answer = client.get(PAGE)

    told_of = {one.name: one.progress.handed_in for one in answer.context["readers"]}
    assert told_of == {str(president): 0, str(juror): 1}
    assert [word in told(answer) for word in ("Critère", dossier.collectivity.name, "4\xa0@")] == [False] * 3


@pytest.mark.parametrize("person", ["nobody", "organiser", "juror", "president of another year"])
def test_nobody_else_finds_it(client, edition, person):
    who = {
        "nobody": UserFactory,
        "organiser": lambda: UserFactory(is_organiser=True),
        "juror": lambda: a_juror(edition).user,
        "president of another year": lambda: a_juror(closed_edition(2031), president=True).user,
    }[person]()
    client.force_login(who)

    assert (client.get(PAGE).status_code, client.post(NAMES).status_code) == (404, 404)


def test_names_are_opened_for_good(client, edition, president):
    before = told(client.get(PAGE))
    after = told(client.post(NAMES, follow=True))
    opened = Sitting.objects.get().names_open_at
    client.post(NAMES)

    assert ["Ouvrir les noms pour de bon" in page for page in (before, after)] == [True, False]
    assert (opened is not None, Sitting.objects.get().names_open_at) == (True, opened)


def test_names_stay_closed_with_the_sitting(client, edition, president):
    close_sitting(edition)

    page = told(client.post(NAMES, follow=True))

    assert ("La séance est close" in page, Sitting.objects.get().names_open_at) == (True, None)


def test_a_page_of_a_tied_president_is_the_same_whatever_happens_there(client, edition, president):
    juror, hidden = a_juror(edition), judged(edition)
    RecusalFactory(juror=president, collectivity=hidden.collectivity)
    before = without_token(client.get(PAGE))

    entrusted(juror, hidden)
    handed(juror, hidden, 4, 4)

    assert without_token(client.get(PAGE)) == before


def without_token(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", told(answer))


def test_ones_own_is_on_the_first_page(client, edition):
    juror, dossiers = a_juror(edition), [judged(edition) for _ in range(2)]
    client.force_login(juror.user)
    for one in dossiers:
        entrusted(juror, one)
    handed(juror, dossiers[0], 4, 4)
    before = told(client.get("/jury/2030/"))

    RecusalFactory(juror=juror, collectivity=dossiers[0].collectivity)
    after = told(client.get("/jury/2030/"))

    assert "1\xa0évaluation remise sur 2" in before
    assert ("0\xa0évaluation remise sur 1" in after, "Avancement" in after) == (True, False)


@pytest.mark.parametrize("readers", [1, 3])
def test_pages_cost_the_same_queries(client, edition, president, readers, django_assert_num_queries):
    for _ in range(readers):
        juror, dossier = a_juror(edition), judged(edition)
        entrusted(juror, dossier)
        handed(juror, dossier, 4, 4)

    for address, queries in ((PAGE, 7), ("/jury/2030/", 7)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
