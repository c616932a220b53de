"""Screens of a team: invitations, roles, departures, hand-over, mandates, claims."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from atlaas.choices import Role
from atlaas.models import Affiliation, Claim, Invitation, Mandate
from atlaas.operations.invitation import invite
from atlaas.queries.invitation import secret_of
from tests.factories.atlaas import (
    AffiliationFactory,
    CommuneFactory,
    GroupFactory,
    UserFactory,
    agent_of,
    draft_sheet,
)
from tests.people import ROLE_OF, STRANGERS, WHO, days, mandate_for

pytestmark = pytest.mark.django_db
TEAM = "/espace/14271/equipe/"


@pytest.fixture
def place():
    return CommuneFactory(code="14271", name="Exempleville", epci=GroupFactory(name="Agglo d’essai"))


@pytest.fixture
def boss(client, place):
    user = agent_of(place, name="Camille Exemple", email="camille@exemple.test")
    client.force_login(user)
    return user


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def posts(place):
    """Every address of the team that writes, with what it takes."""
    one = AffiliationFactory(collectivity=place, role="contributeur")
    waiting = invite(place, by=agent_of(place), email="n@exemple.test", role=Role.PUBLISHER)
    mandate = mandate_for(place)
    return {
        f"{TEAM}inviter/": {"email": "autre@exemple.test", "role": "valideur"},
        f"{TEAM}{one.pk}/role/": {"role": "valideur"},
        f"{TEAM}{one.pk}/retirer/": {},
        f"{TEAM}invitations/{waiting.pk}/envoyer/": {},
        f"{TEAM}invitations/{waiting.pk}/retirer/": {},
        f"{TEAM}mandats/{mandate.pk}/retirer/": {},
        f"{TEAM}passation/": {"leaver": one.pk, "successor": "invitation", "email": "x@exemple.test"},
        f"{TEAM}mandats/": {"to": "personne", "email": "x@exemple.test", "body": "S"},
    }


def snapshot(place):
    return (
        sorted(Affiliation.objects.values_list("pk", "role")),
        sorted(Invitation.objects.values_list("pk", "secret_hash", "revoked_at")),
        sorted(Mandate.objects.values_list("pk", "revoked_at")),
    )


@pytest.mark.parametrize("who", STRANGERS)
def test_addresses_that_write_are_404_for_strangers(client, place, who):
    addresses = posts(place)
    client.force_login(WHO[who](place))
    before = snapshot(place)

    assert {client.post(address, facts).status_code for address, facts in addresses.items()} == {404}
    assert snapshot(place) == before


@pytest.mark.parametrize("who", sorted(set(ROLE_OF) - {"responsable"}))
def test_addresses_that_write_change_nothing_for_lesser_roles(client, place, who):
    addresses = posts(place)
    client.force_login(WHO[who](place))
    before = snapshot(place)

    assert {client.post(address, facts).status_code for address, facts in addresses.items()} == {302}
    assert snapshot(place) == before


def test_rows_of_another_team_are_404(client, place, boss):
    other = CommuneFactory()
    one = AffiliationFactory(collectivity=other)
    waiting = invite(other, by=agent_of(other), email="n@exemple.test", role=Role.PUBLISHER)
    mandate = mandate_for(other)

    for address in (
        f"{one.pk}/role/",
        f"{one.pk}/retirer/",
        f"invitations/{waiting.pk}/envoyer/",
        f"invitations/{waiting.pk}/retirer/",
        f"mandats/{mandate.pk}/retirer/",
    ):
        assert client.post(TEAM + address, {"role": "valideur"}).status_code == 404


@pytest.mark.parametrize("who", sorted(ROLE_OF))
def test_only_a_responsable_sees_the_tools_and_only_members_the_addresses(client, place, who):
    agent_of(place, "valideur", email="collegue@exemple.test")
    client.force_login(WHO[who](place))

    page = client.get(TEAM).content.decode()

    assert ("team-invite" in page or "Inviter un collègue" in page) is (who == "responsable")
    assert ("collegue@exemple.test" in page) is (who in {"contributeur", "valideur", "responsable"})


@pytest.mark.parametrize("total", [1, 3])
def test_team_takes_as_many_queries_for_three_as_for_one(
    client, place, boss, django_assert_num_queries, total
):
    for number in range(total):
        AffiliationFactory(collectivity=place)
        invite(place, by=boss, email=f"p{number}@exemple.test", role=Role.PUBLISHER)
        mandate_for(place)

    for page, count in (("", 7), ("mandats/", 8), ("passation/", 6)):
        with django_assert_num_queries(count):
            assert client.get(TEAM + page).status_code == 200


def test_inviting_says_where_the_invitation_goes(client, place, boss):
    answer = client.post(f"{TEAM}inviter/", {"email": "n@exemple.test", "role": "valideur"}, follow=True)

    assert said(answer) == ["L’invitation part à n@exemple.test\u00a0: elle attend quatorze jours."]
    assert [one.email for one in answer.context["invitations"]] == ["n@exemple.test"]


def test_a_wrong_address_is_told_beside_its_field(client, place, boss):
    answer = client.post(f"{TEAM}inviter/", {"email": "n@", "role": "valideur"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])


def test_an_unknown_role_changes_nothing(client, place, boss):
    one = AffiliationFactory(collectivity=place, role="contributeur")

    answer = client.post(f"{TEAM}{one.pk}/role/", {"role": "maire"}, follow=True)

    assert said(answer) == ["Choisissez un des trois rôles."]


def test_the_only_responsable_leaves_by_saying_so(client, place, boss):
    assert "seule personne responsable" in client.post(f"{TEAM}quitter/").content.decode()
    assert client.post(f"{TEAM}quitter/", {"confirmed": "1"})["Location"] == "/espace/"
    assert place.affiliations.count() == 0


def test_handing_over_is_one_page_that_lists_the_drafts(client, place, boss):
    heir = AffiliationFactory(collectivity=place, role="contributeur")
    draft_sheet(place, by=boss, title="À finir")
    page = client.get(f"{TEAM}passation/")
    assert [one.title for one in page.context["drafts"]] == ["À finir"]
    mine = place.affiliations.get(user=boss)

    answer = client.post(f"{TEAM}passation/", {"leaver": mine.pk, "successor": heir.pk})

    assert answer["Location"] == "/espace/"
    assert list(place.affiliations.values_list("pk", "role")) == [(heir.pk, "responsable")]


def test_handing_over_to_someone_invited_keeps_who_leaves_meanwhile(client, place, boss):
    mine = place.affiliations.get(user=boss)
    facts = {"leaver": mine.pk, "successor": "invitation", "email": "n@exemple.test"}

    assert client.post(f"{TEAM}passation/", facts)["Location"] == TEAM
    assert Invitation.objects.get().replaces == mine


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, ["successor"]),
        ({"successor": "invitation"}, ["email"]),
        ({"successor": "invitation", "email": "n@"}, ["email"]),
        ({"successor": "999999"}, ["successor"]),
        ({"successor": "mine"}, ["successor"]),
    ],
)
def test_what_misses_in_a_hand_over_is_told(client, place, boss, facts, wrong):
    mine = str(place.affiliations.get(user=boss).pk)
    facts = {name: mine if value == "mine" else value for name, value in facts.items()}

    answer = client.post(f"{TEAM}passation/", {"leaver": mine} | facts)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, wrong)


def term():
    today = timezone.localdate()
    return {"starts_on": today.isoformat(), "ends_on": (today + dt.timedelta(days=9)).isoformat()}


def test_a_mandate_is_given_to_ones_group_then_taken_back(client, place, boss):
    page = client.get(f"{TEAM}mandats/").content.decode()
    assert f"?pour={place.epci.code}#donner" in page
    assert place.epci in client.get(f"{TEAM}mandats/", {"q": "agglo d essai"}).context["found"]

    client.post(f"{TEAM}mandats/", {"to": "collectivite", "operator": place.epci.code} | term())
    mandate = Mandate.objects.get()
    client.post(f"{TEAM}mandats/{mandate.pk}/retirer/")

    mandate.refresh_from_db()
    assert (mandate.operator, mandate.granted_by, mandate.revoked_at is None) == (place.epci, boss, False)


def test_the_pages_do_not_tell_whether_an_address_has_an_account(client, place, boss):
    seen = []
    for email in (UserFactory(email="connue@exemple.test").email, "absente@exemple.test"):
        facts = {"to": "personne", "email": email, "body": "Syndicat"} | term()
        page = client.post(f"{TEAM}mandats/", facts, follow=True).content.decode()
        Mandate.objects.all().delete()
        seen.append(re.sub(r'"csrf[^>]*>|nonce="[^"]*"|mandats/[0-9]+/', "", page.replace(email, "ADRESSE")))

    assert "ADRESSE" in seen[0]
    assert seen[0] == seen[1]


def test_a_mandate_is_given_to_a_person(client, place, boss):
    user = UserFactory()
    facts = {"to": "personne", "email": user.email, "body": "Syndicat"} | term()

    assert client.post(f"{TEAM}mandats/", facts).status_code == 302
    assert Mandate.objects.get().holder == user


@pytest.mark.parametrize(
    "facts",
    [
        {"to": "collectivite"},
        {"to": "collectivite", "operator": "00000"},
        {"to": "personne", "email": "n@", "body": ""},
        {
            "to": "personne",
            "email": "inconnu@exemple.test",
            "body": "S",
            "starts_on": "2030-03-01",
            "ends_on": "2030-02-01",
        },
    ],
)
def test_a_mandate_that_is_wrong_is_not_given(client, place, boss, facts):
    assert client.post(f"{TEAM}mandats/", facts).status_code == 422
    assert Mandate.objects.count() == 0


def test_what_was_done_by_mandate_says_so(client, place, boss):
    mandate = mandate_for(place, operator=place.epci)
    draft_sheet(place, by=agent_of(mandate.operator, "valideur", name="Lou Exemple"))

    page = " ".join(client.get(f"{TEAM}mandats/").content.decode().split())

    assert "par Lou Exemple, au titre du mandat de Agglo d’essai" in page


def test_the_link_of_an_invitation_is_read_before_signing_in(client, place):
    sent = invite(place, by=agent_of(place), email="n@exemple.test", role=Role.PUBLISHER)
    link = f"/invitation/{secret_of(sent)}/"

    assert f"?next={link}" in client.get(link).content.decode()
    assert client.post(f"{link}accepter/").status_code == 302
    assert Affiliation.objects.filter(user__email="n@exemple.test").exists() is False
    assert client.get("/invitation/0000/").status_code == 404


def test_accepting_leads_to_the_collectivity(client, place):
    user = UserFactory(email="n@exemple.test")
    link = (
        f"/invitation/{secret_of(invite(place, by=agent_of(place), email=user.email, role=Role.PUBLISHER))}/"
    )
    client.force_login(user)

    assert client.post(f"{link}accepter/")["Location"] == "/espace/14271/"
    assert "déjà servi" in client.get(link).content.decode()
    client.force_login(UserFactory())
    assert client.post(f"{link}accepter/")["Location"] == link


@pytest.mark.parametrize(
    ("facts", "words"), [({"revoked_at": days(0)}, "retirée"), ({"expires_at": days(-1)}, "expiré")]
)
def test_a_link_that_serves_no_more_says_why(client, place, facts, words):
    sent = invite(place, by=agent_of(place), email="n@exemple.test", role=Role.PUBLISHER)
    Invitation.objects.update(**facts)

    assert words in client.get(f"/invitation/{secret_of(sent)}/").content.decode()


def test_another_person_is_told_whose_invitation_it_is(client, place, boss):
    sent = invite(place, by=boss, email="n@exemple.test", role=Role.PUBLISHER)

    page = client.get(f"/invitation/{secret_of(sent)}/").content.decode()

    assert "Accepter l’invitation" not in page
    assert "camille@exemple.test" in page


def test_a_person_invited_asks_for_the_link_again(client, place):
    sent = invite(place, by=agent_of(place), email="n@exemple.test", role=Role.PUBLISHER)
    client.force_login(UserFactory(email="n@exemple.test"))

    assert client.post(f"/espace/invitations/{sent.pk}/lien/")["Location"] == "/espace/"
    client.force_login(UserFactory())
    assert client.post(f"/espace/invitations/{sent.pk}/lien/").status_code == 404


@pytest.mark.parametrize("words", ["exempleville", "EXEMPLE-VILLE", "14271", "exmpleville"])
def test_a_collectivity_is_found_and_claimed(client, place, words):
    user = UserFactory()
    client.force_login(user)

    found = client.get("/espace/rattachement/", {"q": words}).context["found"]
    client.post("/espace/rattachement/14271/", {"function": "Maire"})

    assert [(one.collectivity, one.is_run) for one in found] == [(place, False)]
    assert Claim.objects.get().user == user


@pytest.mark.parametrize("words", ["", "zzzzzz", "%", "'", "\x00", "x" * 3000])
def test_odd_searches_find_nothing(client, place, words):
    client.force_login(UserFactory())

    assert client.get("/espace/rattachement/", {"q": words}).context["found"] == []


def test_a_claim_without_a_function_or_for_a_team_that_stands(client, place):
    client.force_login(UserFactory())
    assert client.post("/espace/rattachement/14271/", {"function": ""}).status_code == 422
    agent_of(place)

    assert "déjà une personne responsable" in client.get("/espace/rattachement/14271/").content.decode()
    assert (
        client.post("/espace/rattachement/14271/", {"function": "Maire"})["Location"]
        == "/espace/rattachement/"
    )
    assert Claim.objects.count() == 0


@pytest.mark.parametrize("who", sorted(set(WHO) - {"organiser"}))
def test_claims_are_404_for_all_but_organisers(client, place, who):
    asked = Claim.objects.create(collectivity=CommuneFactory(), user=UserFactory(), function="Maire")
    client.force_login(WHO[who](place))

    assert client.get("/organisation/rattachements/").status_code == 404
    assert client.post(f"/organisation/rattachements/{asked.pk}/", {"decision": "approve"}).status_code == 404


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"decision": "approve"}, "approved"),
        ({"decision": "refuse", "answer": "Non."}, "refused"),
        ({"decision": "refuse"}, "pending"),
        ({}, "pending"),
    ],
)
def test_an_organiser_answers_a_claim(client, place, facts, state):
    asked = Claim.objects.create(collectivity=place, user=UserFactory(), function="Maire")
    client.force_login(UserFactory(is_organiser=True))

    client.post(f"/organisation/rattachements/{asked.pk}/", facts)

    asked.refresh_from_db()
    assert asked.state == state


@pytest.mark.parametrize("total", [1, 3])
def test_claims_take_five_queries(client, django_assert_num_queries, total):
    organiser = UserFactory(is_organiser=True)
    for _ in range(total):
        Claim.objects.create(collectivity=CommuneFactory(), user=UserFactory(), function="Maire")
        done = {"state": "refused", "decided_by": organiser, "decided_at": timezone.now()}
        Claim.objects.create(collectivity=CommuneFactory(), user=UserFactory(), function="Maire", **done)
    client.force_login(organiser)

    with django_assert_num_queries(5):
        assert client.get("/organisation/rattachements/").status_code == 200
