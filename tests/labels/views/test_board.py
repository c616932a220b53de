"""The organiser's board and the reading page of a candidacy."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from atlaas.models import Job, Notice, PublicSheet
from labels.models import Candidacy, CandidacySheet, Derogation, Extension, SeenAs
from labels.operations.candidacy import save
from labels.operations.filing import file
from labels.queries.candidacy import checklist_of
from labels.queries.clock import now
from tests.factories.atlaas import CommuneFactory, DepartementFactory, UserFactory, agent_of, published_sheet
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
YEAR = 2030


@pytest.fixture
def edition():
    return open_edition(YEAR)


@pytest.fixture
def organiser(client):
    person = UserFactory(is_organiser=True)
    client.force_login(person)
    return person


def filed(edition):
    candidacy = a_complete_candidacy(edition=edition)
    file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())
    return candidacy


def board(client, **query):
    return client.get(reverse("board", args=[YEAR]), query)


def shown(response):
    return [one.pk for one in response.context["page"]]


def test_board_counts_what_stands(client, edition, organiser):
    filed(edition)
    CandidacyFactory(edition=edition)

    total = board(client).context["figures"].total

    assert (total.begun, total.filed, total.incomplete, total.late) == (2, 1, 1, 0)


BROKEN = {
    "nothing": lambda _: None,
    "a name": lambda one: setattr(one, "agent_name", ""),
    "an answer": lambda one: one.answers.pop("bilan"),
    "the adhésion": lambda one: one.collectivity.subscriptions.update(status="pending"),
    "the fiches": lambda one: one.choices.create(
        sheet=one.collectivity.sheets.get(), choice="out", position=1
    ),
    "the publisher": lambda one: one.collectivity.affiliations.update(role="contributeur"),
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("is_derogated", [False, True])
def test_board_and_checklist_say_the_same_of_a_dossier(client, edition, organiser, broken, is_derogated):
    section = edition.sections.create(part="dossier", category="ville", title="Bilan", position=1)
    section.questions.create(code="bilan", text="Quel bilan ?", kind="line", position=1)
    section.questions.create(code="libre", text="Autre chose ?", kind="line", position=2, is_required=False)
    one = a_complete_candidacy(edition=edition, answers={"bilan": "Bon."})
    BROKEN[broken](one)
    one.save()
    if is_derogated:
        granted = {"state": "granted", "answer": "Oui.", "answered_at": timezone.now()}
        Derogation.objects.create(
            edition=edition, collectivity=one.collectivity, reason="Un motif", **granted
        )

    (row,) = board(client).context["page"]

    assert row.is_incomplete is not checklist_of(one).is_complete


def test_board_of_a_closed_edition_says_who_is_late(client, organiser):
    past = timezone.now() - dt.timedelta(days=1)
    edition = open_edition(YEAR, opens_at=past - dt.timedelta(days=30), closes_at=past)
    one = CandidacyFactory(edition=edition)

    response = board(client, etat="late")

    assert response.context["figures"].total.late == 1
    assert shown(response) == [one.pk]


def test_filters_are_in_the_address(client, edition, organiser):
    one, two = filed(edition), CandidacyFactory(edition=edition, category="village")
    Derogation.objects.create(edition=edition, collectivity=two.collectivity, reason="Un motif")

    assert shown(board(client, etat="filed")) == [one.pk]
    assert shown(board(client, etat="incomplete")) == [two.pk]
    assert shown(board(client, categorie="village")) == [two.pk]
    assert shown(board(client, region=two.collectivity.region.slug, q=two.collectivity.name)) == [two.pk]
    assert shown(board(client, q=two.collectivity.name.upper().replace("E", "É"))) == [two.pk]
    assert shown(board(client, attente="derogation")) == [two.pk]
    assert shown(board(client, attente="category")) == []
    assert len(shown(board(client, etat="n’importe quoi", page="zz"))) == 2


def test_board_says_who_has_not_come_back(client, edition, organiser):
    gone = filed(edition)
    open_edition(2031)

    response = client.get(reverse("board", args=[2031]))

    assert [one.pk for one in response.context["unreturned"]] == [gone.collectivity_id]


def test_those_who_have_not_come_back_are_paginated(client, edition, organiser):
    last = EditionFactory(year=2029, coverage="complete")
    for _ in range(101):
        AwardFactory(edition=last)

    first, second = board(client), board(client, absentes="2")

    assert [len(one.context["unreturned"]) for one in (first, second)] == [100, 1]
    assert "101\u202fcollectivités" in first.text.replace("\u00a0", "\u202f")
    assert "Page 2 sur 2" in second.text


def test_before_the_first_campaign_the_palmares_says_who_filed(client, edition, organiser):
    laureate = AwardFactory(edition=EditionFactory(year=2029, coverage="complete")).collectivity
    AwardFactory(edition=EditionFactory(year=2028, coverage="complete"))

    assert list(board(client).context["unreturned"]) == [laureate]


def test_who_has_not_come_back_is_written_to(client, edition, organiser):
    gone, other = filed(edition), filed(edition)
    open_edition(2031)
    agent_of(gone.collectivity, "contributeur")
    Notice.objects.all().delete()
    address = reverse("board-relaunch-absent", args=[2031])

    for sent in ({"message": "Revenez"}, {"collectivity": ["x"], "message": "Revenez"}, {"message": ""}):
        client.post(address, sent)
    assert not Notice.objects.exists()
    for _ in range(2):
        client.post(address, {"collectivity": [gone.collectivity_id], "message": "Revenez"})

    told = set(Notice.objects.values_list("collectivity", "body"))
    assert told == {(gone.collectivity_id, "Revenez")}
    assert other.collectivity.notices.count() == 0
    assert Notice.objects.count() == gone.collectivity.affiliations.count()


@pytest.mark.parametrize("number", [1, 12])
def test_board_takes_few_queries_whatever_the_number(
    client, edition, organiser, number, django_assert_num_queries
):
    open_edition(YEAR - 1)
    for _ in range(number):
        CandidacyFactory(edition=edition)
    board(client)

    with django_assert_num_queries(12):
        board(client)


def test_csv_is_the_selection_without_formulas(client, edition, organiser):
    CandidacyFactory(edition=edition, elected_name="=1+1")
    filed(edition)

    text = client.get(reverse("board-csv", args=[YEAR]), {"etat": "draft"}).text

    lines = text.strip().split("\r\n")
    assert len(lines) == 2
    assert ";=1+1" not in lines[1]
    assert [line.split(";")[-1] for line in lines] == ["demonstration", "non"]


def test_relaunch_asks_for_the_mails_of_what_is_ticked(client, edition, organiser):
    one = CandidacyFactory(edition=edition)
    CandidacyFactory(edition=edition)
    address = reverse("board-relaunch", args=[YEAR])

    client.post(address, {"candidacy": [str(one.pk)], "message": "Bonjour"})
    client.post(address, {"candidacy": ["x"], "message": "Bonjour"})
    client.post(address, {"candidacy": [str(one.pk)], "message": "x" * 2001})

    assert Job.objects.filter(kind="candidacy-mail").count() == 1


def test_reading_a_dossier_is_written_down(client, edition, organiser):
    one = filed(edition)

    page = client.get(reverse("candidacy-view", args=[YEAR, one.pk]))

    assert "Cette lecture est notée" in page.text
    assert page.context["filed"].mosaic.covered == 1  # the picture as it was filed
    assert SeenAs.objects.get().organiser == organiser


def test_what_was_filed_is_told_apart_from_today(client, edition, organiser):
    one = a_complete_candidacy(edition=edition, sheets=2)
    kept, taken_out = PublicSheet.objects.order_by("title")
    CandidacySheet.objects.create(candidacy=one, sheet=taken_out.sheet, choice="out")
    by = publisher_of(one.collectivity)
    file(one, by=by, arrived_at=now())
    later = published_sheet(one.collectivity, by=by, title="Une action d’après", is_running=True)

    page = client.get(reverse("candidacy-view", args=[YEAR, one.pk]))

    assert [sheet.id for sheet in page.context["filed"].sheets] == [str(kept.pk)]
    assert page.context["filed"].mosaic.covered == 1
    assert {sheet.id for sheet in page.context["sheets"]} == {str(kept.pk), str(taken_out.pk), str(later.pk)}
    text = page.text
    assert [told in text for told in ("aujourd’hui</h2>", "1\u00a0fiche déposée", "Lire la mosaïque")] == [
        True
    ] * 3
    assert f"<caption>{one.collectivity.name}, édition {YEAR}</caption>" in text
    assert "au dépôt)." in text


def test_answers_and_extension_from_the_reading_page(client, edition, organiser):
    one = CandidacyFactory(edition=edition)
    Derogation.objects.create(edition=edition, collectivity=one.collectivity, reason="Un motif")
    facts = {"wanted_category": "village", "category_reason": "Un motif"}
    save(one, by=publisher_of(one.collectivity), version=1, facts=facts)
    answer = {"state": "granted", "sentence": "Oui."}
    until = (timezone.localtime() + dt.timedelta(days=90)).strftime("%Y-%m-%dT%H:%M")

    client.post(reverse("candidacy-derogation-answer", args=[YEAR, one.pk]), answer)
    client.post(reverse("candidacy-category-answer", args=[YEAR, one.pk]), answer)
    client.post(reverse("candidacy-extend", args=[YEAR, one.pk]), {"until": until, "reason": "Panne"})

    assert Derogation.objects.get().state == "granted"
    assert Candidacy.objects.get().category == "village"
    assert shown(board(client, attente="extension")) == [one.pk]
    client.post(reverse("candidacy-extension-end", args=[YEAR, one.pk]))
    assert Extension.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("candidacy-extend", {"until": "demain", "reason": "Panne"}),
        ("candidacy-extend", {"until": "9999-12-31T10:00", "reason": "Panne"}),
        ("candidacy-extend", {"until": "2000-01-01T10:00", "reason": "Panne"}),
        ("candidacy-category-answer", {"state": "granted", "sentence": "Oui."}),
        ("candidacy-category-answer", {"state": "x"}),
    ],
)
def test_what_cannot_be_done_is_said(client, edition, organiser, name, sent):
    one = CandidacyFactory(edition=edition)

    response = client.post(reverse(name, args=[YEAR, one.pk]), sent, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Extension.objects.count() == 0


@pytest.mark.parametrize("role", ["nobody", "responsable"])
def test_board_is_the_association_s(client, edition, role):
    one = CandidacyFactory(edition=edition)
    client.force_login(UserFactory() if role == "nobody" else agent_of(one.collectivity, role))

    for address in (
        reverse("board-latest"),
        reverse("board", args=[YEAR]),
        reverse("board-csv", args=[YEAR]),
        reverse("candidacy-view", args=[YEAR, one.pk]),
    ):
        assert client.get(address).status_code == 404
    for name in (
        "candidacy-extend",
        "candidacy-extension-end",
        "candidacy-derogation-answer",
        "candidacy-category-answer",
    ):
        assert client.post(reverse(name, args=[YEAR, one.pk])).status_code == 404
    assert client.post(reverse("board-relaunch", args=[YEAR])).status_code == 404


def test_latest_leads_to_the_newest_campaign(client, edition, organiser):
    assert client.get(reverse("board-latest")).url == reverse("board", args=[YEAR])


@pytest.mark.parametrize(
    ("clock", "departement", "is_late"),
    [("paris", "75", True), ("paris", "988", True), ("local", "75", True), ("local", "987", False)],
)
def test_late_is_on_the_clock_that_closes(client, organiser, clock, departement, is_late):
    past = timezone.now() - dt.timedelta(hours=2)
    edition = open_edition(YEAR, opens_at=past - dt.timedelta(days=30), closes_at=past, closing_clock=clock)
    town = CommuneFactory(departement=DepartementFactory(code=departement))
    CandidacyFactory(edition=edition, collectivity=town)

    (row,) = board(client).context["page"]

    assert row.is_late is is_late


def test_who_was_given_time_is_not_late(client, organiser):
    past = timezone.now() - dt.timedelta(hours=2)
    edition = open_edition(YEAR, opens_at=past - dt.timedelta(days=30), closes_at=past)
    one = CandidacyFactory(edition=edition)
    Extension.objects.create(candidacy=one, until=timezone.now() + dt.timedelta(days=1), reason="Panne.")

    assert board(client).context["figures"].total.late == 0
