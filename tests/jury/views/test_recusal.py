"""A juror declares their ties on a page, with and without a script."""

import pytest

from jury.models import Juror, Recusal
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import a_group, close_sitting, closed_edition, judged

pytestmark = pytest.mark.django_db
PAGE = "/jury/2030/liens/"


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def juror(client, edition):
    one = a_juror(edition, declared_at=None)
    client.force_login(one.user)
    return one


def told(answer):
    return answer.content.decode()


def test_a_search_finds_and_says_what_a_tie_brings(client, juror):
    commune = CommuneFactory(name="Trifouillis", code="14999")
    group = a_group(commune)

    page = told(client.get(PAGE, {"q": "trifouillis"}))

    assert f"et son EPCI, {group.name}" in page
    assert 'href="?collectivite=14999#lien"' in page


def test_the_fragment_is_what_the_page_has(client, juror):
    CommuneFactory(name="Trifouillis")

    fragment = client.get(PAGE, {"q": "trifouillis"}, headers={"HX-Request": "true"})
    page = client.get(PAGE, {"q": "trifouillis"})

    assert told(fragment).strip() in told(page)
    assert (fragment["Vary"], "HX-Request" in page["Vary"]) == (page["Vary"], True)


@pytest.mark.parametrize("words", ["%", "'", "\x00", "x" * 5000, "é", "zzzz"])
def test_an_odd_search_finds_nothing(client, juror, words):
    answer = client.get(PAGE, {"q": words})

    assert (answer.status_code, answer.context["search"].found) == (200, [])


@pytest.mark.parametrize("code", ["00000000", "\x00", "'", "14999/"])
def test_an_unknown_collectivity_is_not_there(client, juror, code):
    assert client.get(PAGE, {"collectivite": code}).status_code == 404


def test_a_tie_is_declared_for_the_collectivity_of_the_address(client, juror):
    place = CommuneFactory()

    answer = client.post(f"{PAGE}?collectivite={place.code}", {"tie": "client", "since": "2020"}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert f"Le lien avec {place} est déclaré" in told(answer)
    assert list(Recusal.objects.values_list("collectivity", "tie", "since", "by")) == [
        (place.pk, "client", 2020, juror.user.pk)
    ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Choisissez le lien."),
        ({"tie": "friend"}, "Sélectionnez un choix valide"),
        ({"tie": "home", "since": "20"}, "quatre chiffres"),
        ({"tie": "home", "comment": "x" * 301}, "300"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(client, juror, facts, sentence):
    answer = client.post(f"{PAGE}?collectivite={CommuneFactory().code}", facts)

    assert (answer.status_code, Recusal.objects.count()) == (422, 0)
    assert sentence in told(answer)


def test_a_refusal_is_told(client, juror):
    tie = RecusalFactory(juror=juror)

    answer = client.post(f"{PAGE}?collectivite={tie.collectivity.code}", {"tie": tie.tie})

    assert "Ce lien est déjà déclaré." in told(answer)


def test_a_mistake_is_taken_back(client, juror):
    tie = RecusalFactory(juror=juror)
    assert f"{PAGE}{tie.pk}/oter/" in told(client.get(PAGE))

    client.post(f"{PAGE}{tie.pk}/oter/")

    assert Recusal.objects.get().dismissed_by == juror.user


def test_the_tie_of_another_is_not_there(client, juror):
    tie = RecusalFactory(juror=a_juror(juror.edition))

    assert client.post(f"{PAGE}{tie.pk}/oter/").status_code == 404
    assert tie.collectivity.name not in told(client.get(PAGE))


@pytest.mark.parametrize(
    ("has_ties", "button"), [(True, "J’ai déclaré tous mes liens"), (False, "Je n’ai aucun lien")]
)
def test_one_button_ends_the_declaration(client, juror, has_ties, button):
    if has_ties:
        RecusalFactory(juror=juror)
    page = told(client.get(PAGE))

    answer = client.post(f"{PAGE}fin/", {} if has_ties else {"aucun": "1"})

    assert [one in page for one in ("J’ai déclaré tous mes liens", "Je n’ai aucun lien")] == [
        has_ties,
        not has_ties,
    ]
    assert button in page
    assert (answer["Location"], Juror.objects.get(pk=juror.pk).has_declared) == ("/jury/2030/", True)


def test_the_wrong_sentence_is_refused(client, juror):
    RecusalFactory(juror=juror)

    answer = client.post(f"{PAGE}fin/", {"aucun": "1"}, follow=True)

    assert "Vous avez déclaré des liens" in told(answer)
    assert Juror.objects.get(pk=juror.pk).has_declared is False


def test_after_the_end_ties_are_added_and_none_is_taken_back(client, juror):
    tie = RecusalFactory(juror=juror)
    client.post(f"{PAGE}fin/")

    page = told(client.get(PAGE))

    assert ('role="search"' in page, f"{tie.pk}/oter/" in page) == (True, False)
    answer = client.post(f"{PAGE}{tie.pk}/oter/", follow=True)
    assert "ne se retire plus" in told(answer)


def test_a_closed_sitting_leaves_a_list(client, juror, edition):
    close_sitting(edition)

    page = told(client.get(PAGE))

    assert [word in page for word in ('role="search"', "La séance est close", "/fin/")] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("total", [1, 3])
def test_pages_cost_the_same_queries(client, juror, total, django_assert_num_queries):
    for rank in range(total):
        RecusalFactory(juror=juror, collectivity=CommuneFactory(name=f"Trifouillis {rank}"))

    for address, queries in ((f"{PAGE}?q=trifouillis", 7), ("/jury/2030/", 5)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_home_leads_to_the_latest_seat(client, juror):
    assert client.get("/jury/")["Location"] == "/jury/2030/"

    a_juror(closed_edition(2031), user=juror.user)

    assert client.get("/jury/")["Location"] == "/jury/2031/"


def test_home_says_what_comes_first(client, juror, edition):
    judged(edition)
    before = told(client.get("/jury/2030/"))
    client.post(f"{PAGE}fin/", {"aucun": "1"})

    after = told(client.get("/jury/2030/"))

    assert ["Déclarer mes liens" in page for page in (before, after)] == [True, False]
    assert ["0\u00a0lien déclaré" in page for page in (before, after)] == [False, True]


@pytest.mark.parametrize("person", ["nobody", "organiser"])
def test_without_a_seat_there_is_nothing(client, edition, person):
    client.force_login(UserFactory(is_organiser=person == "organiser"))

    assert [client.get(one).status_code for one in ("/jury/", "/jury/2030/", PAGE)] == [404] * 3
