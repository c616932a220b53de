"""`/verifier/<id>/`: what a stranger reads after scanning a panel."""

import datetime as dt
import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labels.operations.award import confirm_level
from tests.factories.atlaas import CommuneFactory, UserFactory, succeed
from tests.factories.labels import (
    AwardFactory,
    EditionFactory,
    MentionFactory,
    MentionThemeFactory,
)

pytestmark = pytest.mark.django_db
JSON = "application/json"


def page(client, award):
    """The words of the page, on one line."""
    bare = re.sub(r"<[^>]+>", " ", client.get(award.get_absolute_url()).content.decode())
    return re.sub(r"[ \n]+", " ", bare.replace("&nbsp;", "\u00a0"))


def facts(client, award):
    return client.get(f"/verifier/{award.public_id}.json").json()


def test_page_tells_collectivite_level_vintage_and_mentions(client):
    award = AwardFactory(level=3, category="village")
    MentionFactory(award=award)

    told = page(client, award)

    wanted = (
        award.collectivity.name,
        "Village Internet 2025, 3\u00a0@",
        "3\u00a0arobases sur\u00a05",
        "c’est le dernier palmarès proclamé",
        "Médiation numérique",
        "Aucune correction depuis la publication.",
    )
    assert [one for one in wanted if one not in told] == []


def test_identifiers_are_drawn_by_chance():
    told = [AwardFactory().public_id for _ in range(3)]

    assert {type(one) for one in told} == {UUID}
    assert {one.version for one in told} == {4}
    assert len(set(told)) == 3


@pytest.mark.parametrize("published_at", [None, dt.datetime(2199, 1, 1, tzinfo=dt.UTC)])
@pytest.mark.parametrize("suffix", ["/", "/?format=json", ".json"])
def test_award_that_is_not_public_answers_as_one_that_never_was(client, published_at, suffix):
    award = AwardFactory(edition=EditionFactory(year=2030, published_at=published_at))
    nothing = uuid4()

    hidden = client.get(f"/verifier/{award.public_id}{suffix}")
    unknown = client.get(f"/verifier/{nothing}{suffix}")

    assert hidden.status_code == unknown.status_code == 404
    assert hidden.headers == unknown.headers
    assert hidden.content.decode().replace(str(award.public_id), str(nothing)) == unknown.content.decode()


@pytest.mark.parametrize("key", ["1", "x" * 300, "%00", "../../etc/passwd", "0" * 36])
def test_key_of_no_shape_is_not_found(client, key):
    assert client.get(f"/verifier/{key}/").status_code == 404


def test_level_of_the_past_is_dated_and_not_taken_back(client):
    award = AwardFactory(level=4)
    EditionFactory(year=2026)

    told = facts(client, award)

    assert (told["level"], told["is_latest_edition"], told["latest_edition"]) == (4, False, 2026)
    assert "L’édition 2026 est proclamée depuis" in page(client, award)
    assert "échu" not in page(client, award)


def test_edition_that_is_not_public_ends_nothing(client):
    award = AwardFactory()
    EditionFactory(year=2026, published_at=None)

    assert facts(client, award)["latest_edition"] == 2025


def test_invented_edition_ends_nothing_that_is_real(client):
    award = AwardFactory(level=5, is_ten=True)
    EditionFactory(year=2028, is_demo=True)

    told = facts(client, award)

    assert (told["latest_edition"], told["ten"][0]["is_in_force"]) == (2025, True)


@pytest.mark.parametrize(("newest", "in_force", "state"), [(2027, True, "en vigueur"), (2028, False, "échu")])
def test_title_tells_its_end(client, newest, in_force, state):
    award = AwardFactory(level=5, is_ten=True)
    EditionFactory(year=newest)

    assert facts(client, award)["ten"] == [
        {
            "year": 2025,
            "editions": [2025, 2026, 2027],
            "until_edition": 2027,
            "is_in_force": in_force,
            "state": state,
        }
    ]
    assert f"TEN {state}" in page(client, award)


def test_title_won_before_is_told_while_it_is_held(client):
    town = CommuneFactory()
    for year, is_ten in ((2025, True), (2027, False), (2028, False)):
        AwardFactory(collectivity=town, edition=EditionFactory(year=year), level=5, is_ten=is_ten)
    during, after = town.awards.get(edition__year=2027), town.awards.get(edition__year=2028)

    assert [one["year"] for one in facts(client, during)["ten"]] == [2025]
    assert facts(client, after)["ten"] == []


def test_unconfirmed_level_is_told_as_such(client):
    award = AwardFactory(level=4, level_is_certain=False)

    told = facts(client, award)

    assert (told["level"], told["level_is_certain"]) == (4, False)
    assert "4 ou 5\u00a0@ (à\u00a0confirmer)" in page(client, award)


def test_correction_is_published_with_its_reason(client):
    award = AwardFactory(level=4, level_is_certain=False)
    organiser = UserFactory(is_organiser=True)

    confirm_level(award, level=5, version=award.version, reason="diplôme reçu", by=organiser)

    told = facts(client, award)["corrections"]
    assert [(one["changes"], one["reason"]) for one in told] == [
        (["niveau\u00a0: 4 ou 5\u00a0@ (à confirmer), puis 5\u00a0@"], "diplôme reçu")
    ]
    assert "diplôme reçu" in page(client, award)
    assert organiser.email not in page(client, award)


def test_change_before_publication_is_no_correction(client):
    edition = EditionFactory(year=2026, published_at=None)
    award = AwardFactory(edition=edition, level=2)
    confirm_level(award, level=3, version=1, reason="relecture", by=UserFactory(is_organiser=True))
    type(edition).objects.filter(pk=edition.pk).update(published_at=dt.datetime.now(dt.UTC))

    assert facts(client, award)["corrections"] == []


def test_former_commune_keeps_its_name_and_tells_its_heir(client):
    former = CommuneFactory(name="Ancienne", is_current=False)
    heir = CommuneFactory(name="Nouvelle")
    succeed(former, heir)
    award = AwardFactory(collectivity=former)

    told = facts(client, award)["collectivity"]

    assert (told["name"], told["is_current"], told["successor"]) == (
        "Ancienne",
        False,
        {"code": heir.code, "name": "Nouvelle"},
    )
    assert "Cette collectivité est devenue Nouvelle" in page(client, award)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/json", JSON),
        ("application/json;q=0.9, text/html;q=0.1", JSON),
        ("image/png", "text/html; charset=utf-8"),
        (";;;q=,,", "text/html; charset=utf-8"),
    ],
)
def test_page_or_json_as_it_is_asked(client, accept, kind):
    award = AwardFactory()

    answer = client.get(award.get_absolute_url(), headers={"accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert "Accept" in answer["Vary"]


def test_json_is_the_same_by_each_way(client):
    award = AwardFactory()
    url = award.get_absolute_url()

    answers = [
        client.get(f"/verifier/{award.public_id}.json"),
        client.get(url, {"format": "json"}),
        client.get(url, headers={"accept": JSON}),
    ]

    assert len({one.content for one in answers}) == 1
    assert answers[0].json()["url"] == f"http://testserver{url}"


def test_page_is_shared_by_caches_for_visitors_only(client):
    award = AwardFactory()

    visitor = client.get(award.get_absolute_url())
    client.force_login(UserFactory())
    signed_in = client.get(award.get_absolute_url())

    assert set(visitor["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert set(signed_in["Cache-Control"].split(", ")) == {"private", "max-age=60"}
    assert "Cookie" in visitor["Vary"]


@pytest.mark.parametrize("many", [1, 3])
def test_page_asks_eight_queries(client, many):
    former = CommuneFactory(is_current=False)
    succeed(former, CommuneFactory())
    award = AwardFactory(collectivity=former, level=5, is_ten=True)
    for rank in range(many):
        MentionFactory(award=award, theme=MentionThemeFactory(slug=f"theme-{rank}"))

    with CaptureQueriesContext(connection) as captured:
        client.get(award.get_absolute_url())

    assert len(captured) == 8


def test_demonstration_says_so(client):
    award = AwardFactory(edition=EditionFactory(year=2028, is_demo=True))

    assert facts(client, award)["is_demo"] is True
    assert "démonstration" in page(client, award)
