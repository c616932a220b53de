import pytest
from django.contrib.auth import get_user

from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "mot de passe d’essai"


@pytest.fixture
def person():
    user = UserFactory(email="camille@exemple.test")
    user.set_password(SECRET)
    user.save()
    return user


def sign_in(client, email="camille@exemple.test", password=SECRET, **more):
    return client.post("/connexion/", {"username": email, "password": password, **more})


@pytest.mark.parametrize("email", ["camille@exemple.test", "CAMILLE@Exemple.Test", " camille@exemple.test "])
def test_signing_in_leads_home(client, person, email):
    answer = sign_in(client, email)

    assert (answer.status_code, answer["Location"], get_user(client)) == (302, "/", person)


def test_refusals_do_not_tell_whether_an_address_is_known(client, person):
    UserFactory(email="partie@exemple.test", is_active=False)

    refusals = [
        sign_in(client, email, "faux").context["form"].non_field_errors()
        for email in ("camille@exemple.test", "inconnue@exemple.test", "partie@exemple.test")
    ]

    assert refusals[0] == refusals[1] == refusals[2]
    assert len(refusals[0]) == 1


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/donnees/", "/donnees/"),
        ("https://ailleurs.test/", "/"),
        ("//ailleurs.test", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_only_to_our_own_pages(client, person, target, place):
    assert sign_in(client, next=target)["Location"] == place


@pytest.mark.parametrize(
    ("email", "password"), [("", ""), ("pas une adresse", "x"), ("a\x00b@exemple.test", "x")]
)
def test_unreadable_address_is_told_beside_its_field(client, email, password):
    answer = sign_in(client, email, password)

    assert (answer.status_code, "username" in answer.context["form"].errors) == (200, True)


def test_pages_for_accounts_lead_to_signing_in(client):
    answer = client.get("/organisation/niveaux/")

    assert (answer.status_code, answer["Location"]) == (302, "/connexion/?next=/organisation/niveaux/")


def test_signing_out_asks_for_a_post(client, person):
    client.force_login(person)

    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").status_code == 302
    assert get_user(client).is_anonymous
