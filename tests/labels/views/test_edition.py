"""The pages of an edition: prepared, dated, its adhésions."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from labels.management.commands.import_edition_kit import KIT
from labels.models import Edition, Subscription
from labels.operations.edition_kit import import_edition_kit
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
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
    response = client.post(NEW, dates(year=YEAR + 1), follow=True)

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
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(client, edition, organiser, facts):
    assert client.post(NEW, dates(**facts)).status_code == 422
    assert Edition.objects.count() == 1


def test_without_an_edition_there_is_nothing_to_start_from(client, organiser):
    assert "Chargez d’abord une édition" in client.get(NEW).text.replace("\u2019", "’")


def test_dates_are_changed_until_the_end(client, edition, organiser):
    page = client.get(SETUP)
    assert "Étendue des services" in page.text
    sent = dates(opens_at=timezone.localtime(edition.opens_at).strftime("%Y-%m-%dT%H:%M"))

    assert client.post(SETUP, sent).status_code == 302  # told to the minute, the opening is the same
    closes_at = edition.closes_at
    edition.refresh_from_db()
    assert edition.closes_at != closes_at

    refused = client.post(SETUP, sent | {"opens_at": dates()["opens_at"]})
    assert refused.status_code == 422
    assert "son ouverture ne change plus" in refused.text


def test_dates_of_an_edition_to_come_are_changed(client, organiser):
    later = timezone.now() + dt.timedelta(days=5)
    edition = open_edition(YEAR, opens_at=later, closes_at=later + dt.timedelta(days=5))

    assert client.post(SETUP, dates(closing_clock="local")).status_code == 302
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
