import pytest
from django.urls import reverse

from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, draft_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def signed_in(client, commune):
    client.force_login(agent_of(commune, "contributeur"))
    return client


def test_the_preview_is_cleaned(signed_in, commune):
    answer = signed_in.post(
        reverse("sheet-preview", args=[commune.code]),
        {"text": "## Le besoin\n\n<img src=x onerror=alert(1)>\x00"},
    )

    page = answer.content.decode()
    assert ("<h3>Le besoin</h3>" in page, "<img" in page) == (True, False)


def test_services_and_look_alikes_are_proposed(signed_in, commune):
    for number in range(9):
        ServiceFactory(code=f"SER-{number}", name=f"Autre{number}")
    ServiceFactory(code="MED-07", name="Les dispositifs itinérants de médiation")
    twin = draft_sheet(commune)

    answer = signed_in.post(
        reverse("sheet-suggestions", args=[commune.code]),
        {"title": "Un bus numérique dans des hameaux", "summary": "", "text": "Une médiatrice itinérante"},
    )

    page = answer.content.decode()
    assert ('value="MED-07"' in page, str(twin.pk) in page) == (True, True)
    assert "proposition de travail" in page


def test_a_chosen_service_is_not_proposed_again(signed_in, commune):
    ServiceFactory(code="MED-07", name="Les dispositifs itinérants de médiation")

    answer = signed_in.post(
        reverse("sheet-suggestions", args=[commune.code]),
        {"text": "Un bus itinérant", "services": ["MED-07"]},
    )

    assert 'value="MED-07"' not in answer.content.decode()


@pytest.mark.parametrize("name", ["sheet-preview", "sheet-suggestions", "sheet-outline"])
def test_another_collectivity_is_not_found(signed_in, name):
    url = reverse(name, args=[CommuneFactory().code])

    answer = signed_in.get(url) if name == "sheet-outline" else signed_in.post(url)

    assert answer.status_code == 404


def test_the_outline_is_the_land_around(signed_in, commune):
    answer = signed_in.get(reverse("sheet-outline", args=[commune.code]))

    assert answer.json()["geometry"]["type"] == "MultiPolygon"
