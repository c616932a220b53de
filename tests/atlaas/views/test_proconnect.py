"""Sign-in by ProConnect against a provider of our own: what is accepted, and what never is."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.core import mail

from atlaas.models import User
from atlaas.project.environment import ProConnect
from tests.atlaas.people import account, last_code
from tests.atlaas.proconnect import CLIENT, CURVE, SECRET, THEIRS, running
from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db
DOOR = "/connexion/proconnect/"


@pytest.fixture(scope="module")
def server():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings):
    issuer = server.issuer
    server.__init__()
    server.issuer = issuer
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ProConnect(issuer, CLIENT, SECRET).apps}}
    return server


def come_back(client, provider, **more):
    """Leave for ProConnect, sign in there, and come back."""
    return client.get(provider.authorize(client.post(DOOR, more)["Location"]))


def linked(provider, subject="sujet-1", **facts):
    user = account(password=None, **facts)
    SocialAccount.objects.create(user=user, provider="proconnect", uid=f"{provider.issuer} {subject}")
    return user


def nothing_happened(client):
    return get_user(client).is_anonymous and not SocialAccount.objects.exists() and not mail.outbox


def test_first_visit_makes_an_account_once_our_own_code_is_given(client, provider):
    answer = come_back(client, provider, next="/donnees/")
    before = get_user(client).is_anonymous

    entered = client.post(answer["Location"], {"code": last_code(), "next": "/donnees/"})

    user = User.objects.get()
    assert (answer["Location"], before, entered["Location"]) == ("/inscription/adresse/", True, "/donnees/")
    assert (get_user(client), user.email, user.name) == (user, "camille@exemple.test", "Camille Exemple")
    assert (user.has_usable_password(), user.is_staff, user.is_organiser) == (False, False, False)
    assert SocialAccount.objects.get().uid == f"{provider.issuer} sujet-1"


def test_known_person_enters_whatever_the_address_became(client, provider):
    user = linked(provider)
    provider.person["email"] = "mutee@exemple.test"

    answer = come_back(client, provider)

    user.refresh_from_db()
    assert (answer["Location"], get_user(client), user.email) == ("/espace/", user, "camille@exemple.test")


def test_tokens_signed_by_an_elliptic_curve_are_read(client, provider):
    linked(provider)
    provider.key = provider.userinfo_key = CURVE
    provider.kid, provider.algorithm = "k2", "ES256"

    assert come_back(client, provider)["Location"] == "/espace/"


def test_state_and_nonce_are_new_each_time(client, provider):
    for _ in range(2):
        come_back(client, provider)

    first, second = provider.asked
    assert (first["state"] != second["state"], first["nonce"] != second["nonce"]) == (True, True)
    assert set(first["scope"].split()) == {"openid", "given_name", "usual_name", "email"}
    assert first["redirect_uri"] == "http://testserver/connexion/proconnect/retour/"


def spoil(name, **changes):
    return pytest.param(changes, id=name)


SPOILT = (
    spoil("issuer", claims={"iss": "https://ailleurs.test"}),
    spoil("issuer-of-userinfo", person={"iss": "https://ailleurs.test"}),
    spoil("issuer-of-discovery", discovery={"issuer": "https://ailleurs.test"}),
    spoil("audience", claims={"aud": "un-autre-site"}),
    spoil("audience-of-several", claims={"aud": [CLIENT, "un-autre-site"]}),
    spoil("audience-of-userinfo", person={"aud": "un-autre-site"}),
    spoil("no-audience", claims={"aud": None}),
    spoil("nonce", claims={"nonce": "celui d’une autre visite"}),
    spoil("no-nonce", claims={"nonce": None}),
    spoil("expired", claims={"exp": int(time.time()) - 120}),
    spoil("no-expiry", claims={"exp": None}),
    spoil("issued-in-the-future", claims={"iat": int(time.time()) + 3600}),
    spoil("not-yet-valid", claims={"nbf": int(time.time()) + 3600}),
    spoil("no-algorithm", algorithm="none"),
    spoil("symmetric-algorithm", algorithm="HS256", key="x" * 32, userinfo_key="x" * 32),
    spoil("wrong-signature", key=THEIRS),
    spoil("wrong-signature-of-userinfo", userinfo_key=THEIRS),
    spoil("unknown-key", kid="k9"),
    spoil("unnamed-key", kid=""),
    spoil("key-of-another-kind", kid="k2"),
    spoil("userinfo-of-another", person={"sub": "sujet-2"}),
    spoil("userinfo-of-nobody", person={"sub": None}),
    spoil("subject-of-nobody", claims={"sub": None}),
    spoil("no-address", person={"email": None}),
    spoil("address-that-is-none", person={"email": "pas une adresse"}),
    spoil("address-said-unverified", person={"email_verified": False}),
    spoil("plain-userinfo", userinfo_is_signed=False, userinfo_type="application/json"),
    spoil("plain-userinfo-called-signed", userinfo_is_signed=False),
    spoil("signed-userinfo-called-plain", userinfo_type="application/json"),
    spoil("userinfo-down", down={"/userinfo"}),
    spoil("keys-down", down={"/jwks"}),
    spoil("tokens-down", down={"/token"}),
)


@pytest.mark.parametrize("changes", SPOILT)
def test_spoilt_answer_is_refused(client, provider, changes):
    leaving = client.post(DOOR)
    way_back = provider.authorize(leaving["Location"]) if leaving.status_code == 302 else None
    for name, value in changes.items():
        setattr(provider, name, value)

    answer = client.get(way_back)

    assert answer.status_code == 401
    assert "ProConnect ne vous a pas connecté" in answer.content.decode()
    assert nothing_happened(client)


@pytest.mark.parametrize("changes", SPOILT)
def test_spoilt_answer_opens_no_known_account(client, provider, changes):
    linked(provider)
    linked(provider, "sujet-2", email="autre@exemple.test")
    way_back = provider.authorize(client.post(DOOR)["Location"])
    for name, value in changes.items():
        setattr(provider, name, value)

    assert client.get(way_back).status_code == 401
    assert get_user(client).is_anonymous


def test_same_answer_never_serves_twice(client, provider):
    linked(provider)
    way_back = provider.authorize(client.post(DOOR)["Location"])
    client.get(way_back)
    client.post("/deconnexion/")

    assert client.get(way_back).status_code == 401
    assert get_user(client).is_anonymous


def test_answer_to_another_visit_is_refused(client, provider):
    linked(provider)
    way_back = provider.authorize(type(client)().post(DOOR)["Location"])

    assert client.get(way_back).status_code == 401
    assert get_user(client).is_anonymous


def test_code_of_another_visit_is_refused(client, provider):
    """A stolen code put behind one's own state: the nonce is the other visit's."""
    linked(provider)
    stolen = provider.authorize(type(client)().post(DOOR)["Location"])
    own = provider.authorize(client.post(DOOR)["Location"])

    answer = client.get(f"{stolen.partition('&')[0]}&{own.partition('&')[2]}")

    assert answer.status_code == 401
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?state=x&code=y", "?error=server_error"])
def test_answer_without_what_it_needs_is_refused(client, provider, query):
    assert client.get(f"{DOOR}retour/{query}").status_code == 401


def test_giving_up_is_told(client, provider):
    state = provider.authorize(client.post(DOOR)["Location"]).partition("&")[2]

    answer = client.get(f"{DOOR}retour/?error=access_denied&{state}", follow=True)

    assert "Connexion abandonnée" in answer.content.decode()


@pytest.mark.parametrize("right", ["is_staff", "is_superuser", "is_organiser", "is_demo"])
def test_address_of_the_association_is_refused(client, provider, right):
    UserFactory(email="camille@exemple.test", **{right: True})

    assert come_back(client, provider).status_code == 401
    assert nothing_happened(client)


@pytest.mark.parametrize("right", ["is_staff", "is_superuser", "is_organiser", "is_demo"])
def test_linked_account_that_joins_the_association_is_refused(client, provider, right):
    linked(provider, **{right: True})
    provider.person["email"] = "autre@exemple.test"

    assert come_back(client, provider).status_code == 401
    assert get_user(client).is_anonymous


def test_second_address_of_an_organiser_is_refused(client, provider):
    organiser = UserFactory(email="equipe@exemple.test", is_organiser=True)
    EmailAddress.objects.create(user=organiser, email="camille@exemple.test", verified=True)

    assert come_back(client, provider).status_code == 401


@pytest.mark.parametrize("is_verified", [True, False])
def test_account_with_the_same_address_is_never_joined(client, provider, is_verified):
    user = account(is_verified=is_verified)

    answer = come_back(client, provider)
    client.post(answer["Location"], {"code": "AAAA-BBBB"})

    assert (answer["Location"], get_user(client).is_anonymous) == ("/inscription/adresse/", True)
    assert [one.subject for one in mail.outbox] == ["Vous avez déjà un compte Atlaas"]
    assert not SocialAccount.objects.filter(user=user).exists()


def test_person_joins_proconnect_to_their_own_account(client, provider):
    user = account(password=None)
    client.force_login(user)
    provider.person["email"] = "autre@exemple.test"

    answer = come_back(client, provider, process="connect")
    page = client.get(answer["Location"]).content.decode()

    assert (answer["Location"], SocialAccount.objects.get().user) == ("/compte/proconnect/", user)
    assert "ProConnect ouvre ce compte" in page
    assert list(user.emailaddress_set.values_list("email", flat=True)) == ["camille@exemple.test"]
    assert [one.subject for one in mail.outbox] == ["ProConnect ouvre votre compte"]


def test_organiser_never_joins_proconnect(client, provider):
    client.force_login(UserFactory(email="equipe@exemple.test", is_organiser=True))

    assert come_back(client, provider, process="connect").status_code == 401
    assert not SocialAccount.objects.exists()


def test_account_linked_to_somebody_is_not_taken(client, provider):
    user = linked(provider)
    client.force_login(account("autre@exemple.test", None))

    come_back(client, provider, process="connect")

    assert SocialAccount.objects.get().user == user


def test_proconnect_is_taken_away(client, provider):
    user = linked(provider)
    user.set_password("un mot de passe d’essai")
    user.save()
    client.force_login(user)
    client.post("/compte/verification/?next=/compte/proconnect/", {"password": "un mot de passe d’essai"})

    client.post("/compte/proconnect/", {"account": SocialAccount.objects.get().pk})

    assert not SocialAccount.objects.exists()
    assert [one.subject for one in mail.outbox] == ["ProConnect n’ouvre plus votre compte"]


def test_second_factor_is_asked_after_proconnect(client, provider):
    user = linked(provider)
    user.authenticator_set.create(type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})

    answer = come_back(client, provider)

    assert (answer["Location"], get_user(client).is_anonymous) == ("/connexion/deuxieme-facteur/", True)


def test_closed_account_is_told(client, provider):
    linked(provider, is_active=False)

    answer = come_back(client, provider)

    assert (answer["Location"], get_user(client).is_anonymous) == ("/connexion/compte-ferme/", True)


@pytest.mark.parametrize(
    "spoilt", [{"down": {"/.well-known/openid-configuration"}}, {"discovery": {"issuer": "x"}}]
)
def test_proconnect_that_does_not_answer_leaves_the_other_ways(client, provider, spoilt):
    for name, value in spoilt.items():
        setattr(provider, name, value)

    answer = client.post(DOOR)

    assert answer.status_code == 401
    assert "/connexion/code/" in answer.content.decode()


def test_leaving_asks_for_a_post(client, provider):
    answer = client.get(DOOR)

    assert answer.status_code == 200
    assert "Continuer avec ProConnect" in answer.content.decode()


def test_without_proconnect_nothing_offers_it(client):
    assert (client.get(DOOR).status_code, client.post(DOOR).status_code) == (404, 404)
    assert client.get(f"{DOOR}retour/?code=x&state=y").status_code == 404
    assert "ProConnect" not in client.get("/connexion/").content.decode()


def test_with_proconnect_the_page_offers_it(client, provider):
    assert "Se connecter avec ProConnect" in client.get("/connexion/").content.decode()
