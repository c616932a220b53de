"""The people's space: what each role sees, and how many queries it takes."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from atlaas.choices import NoticeKind, SheetState
from atlaas.models import Claim, Collectivity, Mandate, Sheet, Withdrawal
from atlaas.operations.invitation import invite
from atlaas.operations.notice import tell
from atlaas.operations.sheet import save
from tests.factories.atlaas import (
    AffiliationFactory,
    CommuneFactory,
    GroupFactory,
    UserFactory,
    agent_of,
    draft_sheet,
    published_sheet,
)
from tests.people import STRANGERS, WHO

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return CommuneFactory(code="14271", name="Exempleville")


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def withdrawn_sheet(place, by):
    sheet = published_sheet(place, by=by)
    Sheet.objects.filter(pk=sheet.pk).update(state=SheetState.WITHDRAWN)
    return Withdrawal.objects.create(sheet=sheet, reason="Hors sujet", by=UserFactory(is_organiser=True))


def test_space_asks_for_an_account(client):
    assert client.get("/espace/").status_code == 302


def test_space_of_nobody_says_how_to_begin(client):
    client.force_login(UserFactory())

    answer = client.get("/espace/")

    assert answer.status_code == 200
    assert "Chercher ma collectivité" in text_of(answer)


@pytest.mark.parametrize(("role", "count"), [("contributeur", 0), ("valideur", 1), ("responsable", 1)])
def test_drafts_wait_for_those_who_publish(client, place, role, count):
    draft_sheet(place)
    client.force_login(agent_of(place, role))

    answer = client.get("/espace/")

    assert text_of(answer).count("1 fiche à relire et publier") == count
    assert [one.title for one in answer.context["drafts"]] == ["Un bus numérique dans les huit hameaux"]


def test_space_gathers_what_waits(client, place):
    user = agent_of(place)
    withdrawal = withdrawn_sheet(place, user)
    stale = published_sheet(place, by=user)
    stale.public.updated_at = timezone.now() - dt.timedelta(days=800)
    stale.public.save()
    other = CommuneFactory()
    invitation = invite(other, by=agent_of(other), email=user.email, role="valideur")
    claim = Claim.objects.create(collectivity=CommuneFactory(), user=user, function="Maire")
    tell([user], NoticeKind.SHEET, key="un", title="Une nouvelle")
    client.force_login(user)

    words = client.get("/espace/").context

    assert list(words["withdrawn"]) == [withdrawal]
    assert [one.counts.stale for one in words["stale"]] == [1]
    assert list(words["invitations"]) == [invitation]
    assert list(words["claims"]) == [claim]
    assert [one.title for one in words["messages_unread"]] == ["Une nouvelle"]


def test_claims_wait_for_organisers_only(client):
    Claim.objects.create(collectivity=CommuneFactory(), user=UserFactory(), function="Maire")

    for user, count in ((UserFactory(is_organiser=True), 1), (UserFactory(), 0)):
        client.force_login(user)
        assert text_of(client.get("/espace/")).count("1 demande de rattachement") == count


def test_mandated_collectivities_follow_ones_own(client, place):
    group = GroupFactory()
    agent = agent_of(group, "valideur")
    until = timezone.now() + dt.timedelta(days=9)
    Mandate.objects.create(collectivity=place, operator=group, until=until, granted_by=agent_of(place))
    client.force_login(agent)

    answer = client.get("/espace/")

    assert [one.collectivity for one in answer.context["rows"]] == [group, place]
    assert "valideur, par mandat jusqu’au" in text_of(answer)


def test_space_takes_as_many_queries_for_three_as_for_one(client, django_assert_num_queries):
    user = UserFactory(is_organiser=True)
    client.force_login(user)

    for total in (1, 3):
        while Collectivity.objects.filter(affiliations__user=user).count() < total:
            town = AffiliationFactory(user=user).collectivity
            draft_sheet(town, by=user)
            withdrawn_sheet(town, user)
            other = CommuneFactory()
            invite(other, by=agent_of(other), email=user.email, role="valideur")
            Claim.objects.create(collectivity=other, user=user, function="Maire")
            tell([user], NoticeKind.SHEET, key=str(town.pk), title="Une nouvelle", collectivity=town)
        with django_assert_num_queries(12):
            assert client.get("/espace/").status_code == 200


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("page", ["", "equipe/", "equipe/mandats/", "equipe/passation/", "equipe/quitter/"])
def test_pages_of_a_collectivity_are_404_for_strangers(client, place, who, page):
    client.force_login(WHO[who](place))

    assert client.get(f"/espace/14271/{page}").status_code == 404


@pytest.mark.parametrize("code", ["00000", "2a004", "999999999", "pas-un-code", "14271-x"])
def test_unknown_collectivity_is_404(client, place, code):
    client.force_login(agent_of(place))

    assert client.get(f"/espace/{code}/").status_code == 404


def test_collectivity_without_a_fiche_says_what_to_do_first(client, place):
    client.force_login(agent_of(place))

    answer = client.get("/espace/14271/")

    assert "Aucune fiche encore. Par quoi commencer ?" in text_of(answer)


@pytest.mark.parametrize(
    ("state", "titles"),
    [
        ("", ["Archivée", "Brouillon", "Changée", "Publiée", "Retirée"]),
        ("brouillons", ["Brouillon"]),
        ("a-publier", ["Brouillon", "Changée"]),
        ("publiees", ["Changée", "Publiée"]),
        ("archivees", ["Archivée"]),
        ("retirees", ["Retirée"]),
        ("a-renouveler", ["Publiée"]),
        ("inconnu", ["Archivée", "Brouillon", "Changée", "Publiée", "Retirée"]),
    ],
)
def test_fiches_are_filtered_by_state(client, place, state, titles):
    user = agent_of(place)
    draft_sheet(place, by=user, title="Brouillon")
    old = published_sheet(place, by=user, title="Publiée")
    old.public.updated_at = timezone.now() - dt.timedelta(days=800)
    old.public.save()
    changed = published_sheet(place, by=user, title="Avant")
    save(changed, by=user, version=changed.version, facts={"title": "Changée"})
    for title, value in (("Archivée", "archived"), ("Retirée", "withdrawn")):
        Sheet.objects.filter(pk=published_sheet(place, by=user, title=title).pk).update(state=value)
    client.force_login(user)

    page = client.get("/espace/14271/", {"etat": state}).context["page"]

    assert sorted(one.title for one in page) == titles


@pytest.mark.parametrize(
    ("words", "count"),
    [("ecole", 1), ("ÉCOLES café", 0), ("école café", 1), ("%", 2), ("'; --", 2), ("zzz", 0), ("a\x00b", 0)],
)
def test_fiches_are_searched_by_words_without_accents(client, place, words, count):
    user = agent_of(place)
    draft_sheet(place, by=user, title="L’école ouvre le soir", summary="Un cafe pour tous")
    draft_sheet(place, by=user, title="Un bus")
    client.force_login(user)

    assert client.get("/espace/14271/", {"q": words}).context["page"].paginator.count == count


@pytest.mark.parametrize("total", [1, 3])
def test_fiches_take_eight_queries(client, place, django_assert_num_queries, total):
    user = agent_of(place)
    for _ in range(total):
        draft_sheet(place, by=agent_of(place))
    client.force_login(user)

    with django_assert_num_queries(8):
        assert client.get("/espace/14271/").status_code == 200


def test_five_hundred_fiches_are_paginated_within_eight_queries(client, place, django_assert_num_queries):
    user = agent_of(place)
    Sheet.objects.bulk_create(
        [Sheet(collectivity=place, title=f"Fiche {n}", saved_by=user) for n in range(500)]
    )
    client.force_login(user)

    with django_assert_num_queries(8):
        answer = client.get("/espace/14271/", {"page": "20"})

    assert (len(answer.context["page"]), answer.context["served"].counts.draft) == (25, 500)
