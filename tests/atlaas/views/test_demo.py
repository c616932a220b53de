import pytest
from django.contrib.auth import get_user
from django.core.mail import EmailMessage

from atlaas.project.mail import KeptMailBackend
from atlaas.queries.demo import ROLES
from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db
ROUTES = (
    ("get", "/demo/courriels/"),
    ("get", "/demo/courriels/1-ab/"),
    ("post", "/demo/connexion/organisateur/"),
    ("get", "/demo/connexion/contributeur/"),
)


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.MAIL_DIR = tmp_path
    return settings


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_demo_routes_do_not_exist_elsewhere(client, settings, method, route):
    settings.DEMO = False
    UserFactory(email="equipe@demo.example", is_demo=True, is_organiser=True)

    assert getattr(client, method)(route).status_code == 404
    assert get_user(client).is_anonymous


def test_pages_have_no_demo_bar_elsewhere(client, settings):
    settings.DEMO = False

    assert "/demo/" not in client.get("/accessibilite/").content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_one_click_signs_in_as_the_demo_account_of_a_role(client, demo, role):
    accounts = {name: UserFactory(email=one.email, is_demo=True) for name, one in ROLES.items()}
    account = accounts[role]

    answer = client.post(f"/demo/connexion/{role}/", {"next": "/accessibilite/"})

    assert (answer.status_code, answer["Location"], get_user(client)) == (302, "/accessibilite/", account)


@pytest.mark.parametrize("target", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)", ""])
def test_signing_in_never_leads_elsewhere(client, demo, target):
    UserFactory(email="contributeur@demo.example", is_demo=True)

    assert client.post("/demo/connexion/contributeur/", {"next": target})["Location"] == "/"


def test_signing_in_without_an_account_says_so(client, demo):
    answer = client.post("/demo/connexion/contributeur/", {"next": "/accessibilite/"}, follow=True)

    assert "n’existe pas encore" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_real_accounts_are_never_opened(client, demo):
    UserFactory(email="equipe@demo.example", is_organiser=True)

    client.post("/demo/connexion/organisateur/")

    assert get_user(client).is_anonymous


def test_unknown_role_is_404(client, demo):
    assert client.post("/demo/connexion/admin/").status_code == 404


def test_signing_in_asks_for_a_post(client, demo):
    assert client.get("/demo/connexion/contributeur/").status_code == 405


def test_mails_are_listed_and_read_as_text(client, demo):
    KeptMailBackend().send_messages(
        [EmailMessage("Un <b>objet</b>", "<script>alert(1)</script>", "a@exemple.test", ["b@exemple.test"])]
    )
    name = next(demo.MAIL_DIR.glob("*.eml")).stem

    listing = client.get("/demo/courriels/").content.decode()
    reading = client.get(f"/demo/courriels/{name}/").content.decode()

    assert "Un &lt;b&gt;objet&lt;/b&gt;" in listing
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in reading
    assert "<script>alert" not in reading


@pytest.mark.parametrize("name", ["1-ab", "..%2f..%2fetc%2fpasswd", "a.eml", "%00"])
def test_mail_of_an_odd_name_is_404(client, demo, name):
    assert client.get(f"/demo/courriels/{name}/").status_code == 404


def test_no_mail_says_what_to_do(client, demo):
    assert "Aucun courriel pour l’instant" in client.get("/demo/courriels/").content.decode()


def test_the_bar_offers_every_role_folded_away(client, demo):
    page = client.get("/accessibilite/").content.decode()

    assert [f'formaction="/demo/connexion/{role}/"' in page for role in ROLES] == [True] * 7
    assert "<summary>Essayer un rôle</summary>" in page
