"""The pages of an edition: prepared, dated, its adhésions."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from labels.management.commands.import_edition_kit import KIT
from labels.models import Edition, Subscription
from labels.operations.edition_kit import import_edition_kit
from labels.operations.edition_setup import SETTINGS
from labels.queries.mark import mark_of
from tests.factories.atlaas import CommuneFactory, ServiceFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
YEAR = 2030
NEW = reverse("edition-new")
SETUP, ADHESIONS = reverse("edition-setup", args=[YEAR]), reverse("subscriptions", args=[YEAR])


@pytest.fixture
def edition():
    made = open_edition(YEAR)
    import_edition_kit(KIT, year=YEAR)
    return made


@pytest.fixture
def organiser(client):
    person = UserFactory(is_organiser=True)
    client.force_login(person)
    return person


def dates(**facts):
    now = timezone.localtime()
    words = {
        "opens_at": (now + dt.timedelta(days=10)).strftime("%Y-%m-%dT09:00"),
        "closes_at": (now + dt.timedelta(days=90)).strftime("%Y-%m-%dT23:59"),
        "closing_clock": "paris",
    }
    return words | facts


def test_a_new_edition_is_made_from_the_last(client, edition, organiser):
    response = client.post(NEW, dates(year=YEAR + 1, previous=edition.pk), follow=True)

    made = Edition.objects.get(year=YEAR + 1)
    assert response.redirect_chain[-1][0] == reverse("edition-setup", args=[YEAR + 1])
    assert made.criteria.count() == 18
    assert timezone.localtime(made.opens_at).hour == 9


@pytest.mark.parametrize(
    "facts",
    [
        {"year": YEAR},
        {"year": "x"},
        {"year": 9999},
        {"year": YEAR + 1, "closes_at": ""},
        {"year": YEAR + 1, "closes_at": "2020-01-01T10:00"},
        {"year": YEAR + 1, "previous": "0"},
        {"year": YEAR + 1, "opens_at": "2020-01-01T10:00"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(client, edition, organiser, facts):
    assert client.post(NEW, dates(previous=edition.pk) | facts).status_code == 422
    assert Edition.objects.count() == 1


def test_without_an_edition_there_is_nothing_to_start_from(client, organiser):
    assert "Chargez d’abord une édition" in client.get(NEW).text.replace("\u2019", "’")


def test_dates_are_changed_until_the_end(client, edition, organiser):
    page = client.get(SETUP)
    assert "Étendue des services" in page.text
    assert "son ouverture ne change plus" in page.text
    sent = dates(opens_at="2020-01-01T09:00", read=mark_of(edition, SETTINGS))

    assert client.post(SETUP, sent).status_code == 302  # the opening is shown, and no longer read
    opens_at, closes_at = edition.opens_at, edition.closes_at
    edition.refresh_from_db()
    assert (edition.opens_at, edition.closes_at != closes_at) == (opens_at, True)


def test_two_organisers_on_the_dates_get_both(client, edition, organiser):
    sent = dates(read=mark_of(edition, SETTINGS))
    Edition.objects.update(jury_on=dt.date(2199, 1, 1))

    answer = client.post(SETUP, sent)

    assert answer.status_code == 409
    told = {one.label: (one.stored, one.mine) for one in answer.context["differing"]}
    assert told["Jury"] == ("2199-01-01", "")
    again = client.post(SETUP, sent | {"read": answer.context["form"]["read"].value()})
    assert (again.status_code, Edition.objects.get().jury_on) == (302, None)


def test_a_published_edition_shows_its_dates_and_no_button(client, edition, organiser):
    Edition.objects.update(published_at=timezone.now())

    page = client.get(SETUP).text

    assert "Cette édition est publiée" in page
    assert "Enregistrer les dates" not in page


def test_the_wizard_proposes_the_same_days_a_year_later(client, edition, organiser):
    form = client.get(NEW).context["form"]

    assert form["year"].value() == YEAR + 1
    assert form["opens_at"].value().year == timezone.localtime(edition.opens_at).year + 1
    assert [one.pk for one in form.fields["previous"].queryset] == [edition.pk]


@pytest.mark.parametrize(("ticked", "is_demo"), [({"is_demo": "on"}, True), ({}, False)])
def test_a_demonstration_is_said_by_hand(client, edition, organiser, ticked, is_demo):
    client.post(NEW, dates(year=YEAR + 1, previous=edition.pk) | ticked)

    assert Edition.objects.get(year=YEAR + 1).is_demo is is_demo


def test_the_referential_is_chosen_until_the_opening(client, organiser):
    ServiceFactory(first_year=2024)
    later = timezone.now() + dt.timedelta(days=5)
    edition = open_edition(YEAR, opens_at=later, closes_at=later + dt.timedelta(days=5))
    sent = dates(referential_year=2024, read=mark_of(edition, SETTINGS))

    assert client.post(SETUP, sent | {"referential_year": 1}).status_code == 422
    assert client.post(SETUP, sent).status_code == 302
    edition.refresh_from_db()
    assert edition.referential_year == 2024


def test_dates_of_an_edition_to_come_are_changed(client, organiser):
    later = timezone.now() + dt.timedelta(days=5)
    edition = open_edition(YEAR, opens_at=later, closes_at=later + dt.timedelta(days=5))

    sent = dates(closing_clock="local", referential_year=2025, read=mark_of(edition, SETTINGS))
    assert client.post(SETUP, sent).status_code == 302
    edition.refresh_from_db()
    assert edition.closing_clock == "local"


def test_subscriptions_are_imported_and_said_by_hand(client, edition, organiser):
    CommuneFactory(code="14271")
    CommuneFactory(code="2A004")
    file = SimpleUploadedFile("a.csv", "code;etat\n14271;à jour".encode())

    client.post(ADHESIONS, {"action": "import", "file": file})
    client.post(ADHESIONS, {"action": "one", "code": "2a004", "status": "pending", "comment": "chèque"})

    assert set(Subscription.objects.values_list("collectivity__code", "status")) == {
        ("14271", "active"),
        ("2A004", "pending"),
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "import"},
        {"action": "import", "file": SimpleUploadedFile("a.csv", b"code;etat\nx;y")},
        {"action": "one", "code": "99999", "status": "active"},
        {"action": "one", "code": "", "status": "payée"},
    ],
)
def test_what_cannot_be_read_is_said(client, edition, organiser, sent):
    assert client.post(ADHESIONS, sent).status_code == 422
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("address", [NEW, SETUP, ADHESIONS])
def test_editions_are_the_association_s(client, edition, address):
    client.force_login(agent_of(CommuneFactory(), "responsable"))

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
