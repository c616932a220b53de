"""The second factor is asked on every route of the jury, of the association and of /admin/, and nowhere else."""

import re
from urllib.parse import quote

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.atlaas.people import EMAIL, SECRET, account, sign_in, totp_code
from tests.factories.atlaas import UserFactory
from tests.factories.jury import a_juror
from tests.factories.recusal import closed_edition
from tests.test_access import routes

pytestmark = pytest.mark.django_db
KEY = "JBSWY3DPEHPK3PXP"
SET_UP, PROVE = "/compte/deuxieme-facteur/activer/", "/compte/verification/code/"
SAMPLES = {
    "int": "2030",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "slug": "mot",
    "str": "mot",
    "path": "mot",
}
BOARD = "/organisation/2030/jury/"


def address(route):
    """An address of a route; a regular expression is answered by what Django's own admin uses them for."""
    plain = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)
    return "/" + plain.removesuffix("(?P<url>.*)$").replace("\\Z", "")


GUARDED = sorted(
    address(route) for route in routes() if route.startswith(("jury/", "organisation/", "admin/"))
)
OPEN = ("/", "/espace/", "/palmares/", "/compte/deuxieme-facteur/", "/collectivites/")


@pytest.fixture
def browser():
    """A browser that leaves no second factor in its session by itself."""
    return Client()


@pytest.fixture
def person():
    return account(is_organiser=True, is_staff=True, is_superuser=True)


def with_factor(person):
    TOTP.activate(person, KEY)
    RecoveryCodes.activate(person)
    return person


def led(browser, page, addresses=GUARDED, method="get"):
    """The addresses that do not lead to that page."""
    answers = {one: getattr(browser, method)(one) for one in addresses}
    return {
        one: (answer.status_code, answer.get("Location"))
        for one, answer in answers.items()
        if answer.get("Location", "").partition("?")[0] != page
    }


def test_the_walk_meets_every_kind_of_route():
    heads = {one.split("/")[1] for one in GUARDED}

    assert heads == {"jury", "organisation", "admin"}
    assert (BOARD in GUARDED, "/jury/2030/liens/" in GUARDED, "/admin/" in GUARDED) == (True, True, True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_factor_every_route_leads_to_its_setting_up(browser, person, method):
    sign_in(browser)

    assert led(browser, SET_UP, method=method) == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_session_opened_without_the_factor_has_to_give_it(browser, person, method):
    browser.force_login(with_factor(person))

    assert led(browser, PROVE, method=method) == {}


def test_a_session_opened_with_the_factor_goes_on(browser, person):
    with_factor(person)
    sign_in(browser)
    browser.post("/connexion/deuxieme-facteur/", {"code": totp_code(KEY)})

    assert set(led(browser, PROVE)) == set(led(browser, SET_UP)) == set(GUARDED)
    assert browser.get("/organisation/edition/nouvelle/").status_code == 200


def test_a_recovery_code_opens_too(browser, person):
    with_factor(person)
    sign_in(browser)
    code = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    browser.post("/connexion/deuxieme-facteur/", {"code": code})

    assert browser.get("/organisation/edition/nouvelle/").status_code == 200


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_the_accounts_of_the_demo_are_exempt_in_the_demo_alone(browser, settings, is_demo_site):
    settings.DEMO = is_demo_site
    browser.force_login(UserFactory(is_organiser=True, is_demo=True))

    assert (led(browser, SET_UP) == {}) is not is_demo_site
    assert (browser.get("/organisation/edition/nouvelle/").status_code == 200) is is_demo_site


def test_a_person_of_the_demo_site_is_not_exempt(browser, settings):
    settings.DEMO = True
    browser.force_login(UserFactory(is_organiser=True))

    assert led(browser, SET_UP) == {}


@pytest.mark.parametrize("who", ["juror", "president", "nobody"])
def test_nobody_is_told_whether_they_have_a_seat(browser, who):
    edition = closed_edition()
    seat = a_juror(edition, president=who == "president")
    browser.force_login(UserFactory() if who == "nobody" else seat.user)

    assert led(browser, SET_UP) == {}


def test_who_is_not_signed_in_is_asked_to(browser):
    assert browser.get(BOARD)["Location"] == f"/connexion/?next={BOARD}"


def test_other_pages_ask_nothing(browser, person):
    sign_in(browser)

    assert [browser.get(one).status_code for one in OPEN] == [200] * len(OPEN)


def test_the_api_knows_no_session(browser, person):
    """No route of the API answers to an account: there is nothing that a second factor would open there."""
    sign_in(browser)
    api = [address(route) for route in routes() if route.startswith("api/") and "<" not in route]
    stranger = Client()

    told = {one: (browser.get(one).status_code, stranger.get(one).status_code) for one in api}

    assert {one: pair for one, pair in told.items() if pair[0] != pair[1]} == {}
    assert (len(api) > 3, [one for one in api if "jury" in one]) == (True, [])


def test_the_sentence_and_the_way_back_are_told(browser, person):
    sign_in(browser)

    answer = browser.get(f"{BOARD}?q=1")
    page = browser.post(
        "/compte/verification/?next=" + quote(answer["Location"]), {"password": SECRET}, follow=True
    )

    assert answer["Location"] == f"{SET_UP}?next={quote(BOARD + '?q=1', safe='')}"
    assert "Cette page demande un deuxième facteur\u00a0: activez-le ici" in page.content.decode()


def test_htmx_is_led_as_a_whole_page(browser, person):
    sign_in(browser)

    answer = browser.get(BOARD, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"].partition("?")[0]) == (200, SET_UP)


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_leads_back_and_counts_at_once(browser):
    edition = closed_edition()
    a_juror(edition, user=account(EMAIL))
    sign_in(browser)
    target = browser.get("/jury/2030/")["Location"]
    browser.post("/compte/verification/?next=" + quote(target), {"password": SECRET})
    page = browser.get(target)

    answer = browser.post(target, {"code": totp_code(page.context["form"].secret)})
    codes = browser.get(answer["Location"])

    assert answer["Location"] == "/compte/codes-de-secours/?next=%2Fjury%2F2030%2F"
    assert 'href="/jury/2030/">Les codes sont gardés, continuer' in codes.content.decode()
    assert browser.get("/jury/2030/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_taking_it_away_closes_the_screens(browser):
    person = with_factor(account(is_organiser=True))
    sign_in(browser)
    browser.post("/connexion/deuxieme-facteur/", {"code": totp_code(KEY)})
    browser.post("/compte/verification/", {"password": SECRET})

    browser.post("/compte/deuxieme-facteur/desactiver/")

    assert person.authenticator_set.count() == 0
    assert browser.get(BOARD)["Location"].partition("?")[0] == SET_UP


def test_giving_it_leads_back(browser, person):
    with_factor(person)
    browser.force_login(person)
    target = browser.get("/organisation/edition/nouvelle/")["Location"]

    answer = browser.post(target, {"code": totp_code(KEY)})

    assert (answer["Location"], browser.get(answer["Location"]).status_code) == (
        "/organisation/edition/nouvelle/",
        200,
    )


def test_it_costs_no_query(client, django_assert_num_queries):
    """Session and account are read anyway; an unknown page of these prefixes costs these two alone."""
    client.force_login(UserFactory())

    with django_assert_num_queries(2):
        client.get("/organisation/nulle-part/")
