"""The association's screen of a palmarès, and what the public reads of it before and after its hour."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from atlaas.models import Job
from jury.rules.replay import File, replayed
from labels.models import AwardCorrection, Edition, Seal
from labels.operations.correction import correct
from labels.operations.publication_hour import HOUR, publish_now
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.rules.correction import Told
from tests.factories.atlaas import agent_of
from tests.factories.seal import SignedRoom, a_sealed_room
from tests.factories.sitting import Room, a_closed_room

pytestmark = pytest.mark.django_db
YEAR = 2030
CURRENT = 'aria-current="step"'


@pytest.fixture
def room():
    return a_sealed_room()


@pytest.fixture
def team(client, room):
    client.force_login(room.team)
    return client


def board(client):
    return client.get(reverse("seal-board", args=[YEAR]))


def current(client):
    page = board(client).content.decode()
    return page.split(CURRENT)[1].split("<strong>")[1].split("</strong>")[0] if CURRENT in page else ""


def hour(client, at, **more):
    edition = Edition.objects.get(year=YEAR)
    facts = {"publish_at": at, "read": mark_of(edition, HOUR)} | more
    return client.post(reverse("publication-hour", args=[YEAR]), facts)


def test_the_screen_says_the_stage_and_what_is_missing(client):
    room = Room()
    team = SignedRoom(year=2031).team
    client.force_login(team)
    assert current(client) == "Séance close"
    assert "La séance du jury n’est pas close" in board(client).content.decode()
    room.open()
    for rank in range(2):
        room.judge(rank)
    room.close()

    assert current(client) == "Procès-verbal signé"
    assert "demandez-lui de le relire et de le signer" in board(client).content.decode()
    assert "Oui, sceller" not in board(client).content.decode()


def test_what_is_ready_is_sealed_by_a_worker(client, django_capture_on_commit_callbacks):
    room = SignedRoom()
    client.force_login(room.team)
    assert "Oui, sceller" in board(client).content.decode()

    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post(reverse("seal", args=[YEAR]))

    assert (answer.status_code, answer.url) == (302, reverse("seal-board", args=[YEAR]))
    assert list(Job.objects.filter(kind="seal").values_list("key", flat=True)) == [f"{YEAR}:{room.team.pk}"]
    assert "Le palmarès se scelle" in board(client).content.decode()
    assert [one.__name__ for one in callbacks] == ["_send"]


def test_what_is_not_ready_says_why(client):
    room = a_closed_room()
    team = SignedRoom(year=2031).team
    client.force_login(team)

    answer = client.post(reverse("seal", args=[YEAR]), follow=True)

    assert "n’est pas signé par la personne qui préside" in answer.content.decode()
    assert (Job.objects.filter(kind="seal").count(), room.edition.awards.count()) == (0, 2)


def test_a_seal_that_failed_says_so_and_can_be_asked_again(client):
    room = SignedRoom()
    client.force_login(room.team)
    Job.objects.create(
        kind="seal", key=f"{YEAR}:1", state="failed", error="Une panne", attempts=3, finished_at=now()
    )

    page = board(client).content.decode()

    assert ("Une panne" in page, "Oui, sceller" in page) == (True, True)


def test_the_digest_is_there_to_be_copied_and_the_hour_to_be_set(team, room):
    page = board(team).content.decode()

    assert Seal.objects.get().sha256 in page
    assert current(team) == "Heure fixée"

    answer = hour(team, "2199-02-04T18:30")

    assert answer.status_code == 302
    assert Edition.objects.get(year=YEAR).publish_at == dt.datetime(2199, 2, 4, 17, 30, tzinfo=dt.UTC)
    assert "4 février 2199 à 18:30" in board(team).content.decode()


def test_an_hour_is_taken_back(team, room):
    hour(team, "2199-02-04T18:30")

    assert hour(team, "", action="retirer").status_code == 302
    assert Edition.objects.get(year=YEAR).publish_at is None


@pytest.mark.parametrize(
    ("at", "more", "status", "why"),
    [
        ("", {}, 422, "Donnez cette date."),
        ("demain", {}, 422, "Écrivez ainsi"),
        ("2020-02-04T18:30", {}, 422, "Cette heure est passée"),
        ("2199-02-04T18:30", {"read": "stale"}, 409, "Quelqu’un a changé l’heure"),
    ],
)
def test_an_hour_that_is_refused_says_why_and_keeps_what_was_typed(team, room, at, more, status, why):
    answer = hour(team, at, **more)

    assert (answer.status_code, why in answer.content.decode()) == (status, True)
    assert at in answer.content.decode()
    assert Edition.objects.get(year=YEAR).publish_at is None


def test_publishing_now_is_asked_twice(team, room):
    place = reverse("publication", args=[YEAR])
    assert "ne redevient jamais secret" in team.get(place).content.decode()

    answer = team.post(place)

    assert answer.url == reverse("seal-board", args=[YEAR])
    assert current(team) == ""
    assert "Le palmarès est public" in team.get(place).content.decode()


def test_what_is_not_sealed_is_not_published(client):
    room = SignedRoom()
    client.force_login(room.team)
    place = reverse("publication", args=[YEAR])

    assert "Oui, publier" not in client.get(place).content.decode()
    assert "n’est pas scellé" in client.post(place, follow=True).content.decode()
    assert Edition.objects.get(year=YEAR).published_at is None


def test_the_screen_takes_as_many_queries_for_three_dossiers_as_for_one(client, django_assert_num_queries):
    for year, levels in ((YEAR, (3,)), (2031, (3, 3, 3))):
        room = a_sealed_room(year=year, levels=levels)
        client.force_login(room.team)
        place = reverse("seal-board", args=[year])
        client.get(place)

        with django_assert_num_queries(10):
            client.get(place)


def test_the_screen_before_the_seal_takes_a_dozen_queries_whatever_the_number(
    client, django_assert_num_queries
):
    for year, levels in ((YEAR, (3,)), (2031, (3, 3, 3))):
        room = SignedRoom(year=year, levels=levels)
        client.force_login(room.team)
        place = reverse("seal-board", args=[year])
        client.get(place)

        with django_assert_num_queries(11):
            client.get(place)


def test_the_whole_file_is_the_teams_once_public(team, room):
    place = reverse("seal-whole", args=[YEAR])
    assert team.get(place).status_code == 404
    publish_now(room.edition, by=room.team)

    answer = team.get(place)

    assert answer["Content-Disposition"] == 'attachment; filename="palmares-2030-scelle.json"'
    assert replayed(File.of(answer.json())).sha256 == Seal.objects.get().sha256
    team.force_login(agent_of(room.dossiers[0].collectivity))
    assert team.get(place).status_code == 404


def test_before_its_hour_the_public_reads_the_digest_and_nothing_else(
    client, room, django_assert_num_queries
):
    with django_assert_num_queries(2):
        page = client.get(reverse("palmares", args=[YEAR]))

    told = page.content.decode()
    assert (page.status_code, Seal.objects.get().sha256 in told) == (200, True)
    assert [one for one in room.dossiers if one.collectivity.name in told] == []
    assert client.get(reverse("seal-bundle", args=[YEAR])).status_code == 404
    assert client.get(reverse("api-palmares", args=[YEAR])).status_code == 404


def test_an_edition_that_is_not_sealed_has_no_page(client):
    SignedRoom()

    assert client.get(reverse("palmares", args=[YEAR])).status_code == 404
    assert client.get(reverse("palmares", args=[1999])).status_code == 404


def test_once_public_anyone_checks_what_was_sealed(client, room):
    publish_now(room.edition, by=room.team)

    page = client.get(reverse("palmares", args=[YEAR])).content.decode()
    file = File.of(client.get(reverse("seal-bundle", args=[YEAR])).json())

    assert (Seal.objects.get().sha256 in page, reverse("seal-bundle", args=[YEAR]) in page) == (True, True)
    assert (replayed(file).sha256, file.annex) == (Seal.objects.get().sha256, None)
    assert client.get(reverse("api-palmares", args=[YEAR])).json()["seal"] == file.sha256


def test_a_correction_is_published_as_such(client, room):
    place = room.dossiers[0].collectivity
    correct(room.award(0), Told(4, is_ten=False), version=1, reason="Une erreur de saisie", by=room.team)
    publish_now(room.edition, by=room.team)

    page = client.get(reverse("palmares", args=[YEAR])).content.decode()
    api = client.get(reverse("api-palmares", args=[YEAR])).json()["corrections"]
    own = client.get(place.get_absolute_url()).content.decode()

    assert ("au lieu de 3" in page, "Une erreur de saisie" in page, "Une erreur de saisie" in own) == (
        True,
    ) * 3
    assert [(one["code"], one["told"], one["reason"]) for one in api] == [
        (place.code, "Niveau : 4 @, au lieu de 3 @.", "Une erreur de saisie")
    ]


def test_a_correction_is_chosen_then_written(team, room):
    award, place = room.award(0), room.dossiers[0].collectivity
    found = team.get(reverse("corrections", args=[YEAR]), {"q": place.name}).content.decode()
    one = reverse("correction", args=[YEAR, award.pk])
    assert one in found
    assert reverse("correction", args=[YEAR, room.award(1).pk]) not in found

    facts = {"version": 1, "level": 4, "reason": "Une erreur de saisie"}
    answer = team.post(one, facts)

    assert answer.url == reverse("seal-board", args=[YEAR])
    assert (room.award(0).level, AwardCorrection.objects.get().by) == (4, room.team)
    assert "Une erreur de saisie" in board(team).content.decode()


@pytest.mark.parametrize(
    ("changes", "status", "why"),
    [
        ({"level": ""}, 422, "Choisissez un niveau."),
        ({"level": 3}, 422, "Rien ne change"),
        ({"reason": ""}, 422, "Une correction dit pourquoi"),
        ({"version": 7}, 409, "a été corrigée depuis"),
    ],
)
def test_a_correction_that_is_refused_says_why(team, room, changes, status, why):
    one = reverse("correction", args=[YEAR, room.award(0).pk])
    facts = {"version": 1, "level": 4, "reason": "Une erreur de saisie"} | changes

    answer = team.post(one, facts)

    assert (answer.status_code, why in answer.content.decode()) == (status, True)
    assert room.award(0).level == 3


def test_who_sits_in_the_jury_and_is_tied_corrects_nothing_before_the_hour(client):
    room = SignedRoom()
    room.tie(room.members[0], 0)
    room.seal()
    person = room.members[0].user
    type(person).objects.filter(pk=person.pk).update(is_organiser=True)
    client.force_login(type(person).objects.get(pk=person.pk))
    one = reverse("correction", args=[YEAR, room.award(0).pk])
    hidden = client.get(one).status_code, client.get(reverse("corrections", args=[YEAR])).content.decode()

    publish_now(room.edition, by=room.team)

    assert (hidden[0], room.dossiers[0].collectivity.name in hidden[1]) == (404, False)
    assert client.get(one).status_code == 200


def test_the_minutes_tell_the_seal_beside_the_signatures(client, room):
    client.force_login(room.president.user)

    page = client.get(reverse("jury-minutes", args=[YEAR])).content.decode()
    pdf = client.get(reverse("jury-minutes-pdf", args=[YEAR]))
    told = json.loads(client.get(reverse("jury-minutes-json", args=[YEAR])).content)

    digest = Seal.objects.get().sha256
    assert (digest in page, pdf.status_code, digest in json.dumps(told)) == (True, 200, False)
