"""The mosaic, public and in the space; the self-assessment and the next level."""

import pytest
from django.urls import reverse

from labels.models import NotConcerned
from tests.factories.atlaas import CommuneFactory, ServiceFactory, UserFactory, agent_of, published_sheet
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
SPACE = ("space-mosaic", "assessment", "next-level")


@pytest.fixture
def place():
    open_edition()
    town = CommuneFactory(population=800)
    published_sheet(town, by=agent_of(town, "valideur"), is_running=True)
    return town


@pytest.fixture
def agent(place, client):
    person = agent_of(place, "contributeur")
    client.force_login(person)
    return person


def test_public_mosaic_is_seen_by_all_and_has_one_address(client, place):
    page = client.get(reverse("mosaic", args=[place.code, place.slug]))

    assert page.status_code == 200
    assert page.context["mosaic"].covered == 1
    assert client.get(reverse("mosaic-code", args=[place.code])).url == reverse(
        "mosaic", args=[place.code, place.slug]
    )
    assert client.get(reverse("mosaic", args=["99999", "nulle-part"])).status_code == 404


def test_page_of_the_collectivite_leads_to_it(client, place):
    assert reverse("mosaic", args=[place.code, place.slug]) in client.get(place.get_absolute_url()).text


def test_picture_is_svg(client, place):
    response = client.get(reverse("mosaic-picture", args=[place.code]))

    assert response["Content-Type"] == "image/svg+xml"
    assert response.text.startswith("<svg ")
    assert client.get(reverse("mosaic-picture", args=["99999"])).status_code == 404


def test_without_an_edition_there_is_no_mosaic(client):
    town = CommuneFactory()

    assert client.get(reverse("mosaic", args=[town.code, town.slug])).status_code == 404


def test_a_service_is_said_not_concerned_and_taken_back(client, place, agent):
    service, address = ServiceFactory(), reverse("space-mosaic", args=[place.code])

    client.post(address, {"service": service.code, "concerned": "non"})
    client.post(address, {"service": service.code, "concerned": "non"})
    assert [one.service for one in NotConcerned.objects.all()] == [service]
    assert "non concerné" in client.get(reverse("mosaic", args=[place.code, place.slug])).text

    client.post(address, {"service": service.code, "concerned": "oui"})
    assert NotConcerned.objects.count() == 0


def test_a_service_that_is_none_is_404(client, place, agent):
    assert client.post(reverse("space-mosaic", args=[place.code]), {"service": "x"}).status_code == 404


@pytest.mark.parametrize("name", SPACE)
def test_space_pages_are_the_collectivity_s(client, place, agent, name):
    assert client.get(reverse(name, args=[place.code])).status_code == 200
    client.force_login(UserFactory())
    assert client.get(reverse(name, args=[place.code])).status_code == 404


@pytest.mark.parametrize("query", ["?km=30", "?km=abc&avec=%00&sans=1", "?avec=" + "1+" * 300])
def test_group_of_peers_is_in_the_address(client, place, agent, query):
    assert client.get(reverse("assessment", args=[place.code]) + query).status_code == 200


def test_what_if_speaks_of_coverage_not_of_a_result(client, place, agent):
    services = [ServiceFactory() for _ in range(2)]
    ticked = "&".join(f"si={one.code}" for one in services)

    page = client.get(f"{reverse('next-level', args=[place.code])}?{ticked}")

    assert "Le jury est souverain" in page.text
    assert page.context["found"].with_services == 3


@pytest.mark.parametrize(("name", "most"), [("space-mosaic", 10), ("assessment", 10), ("next-level", 11)])
def test_pages_take_few_queries(client, place, agent, name, most, django_assert_max_num_queries):
    client.get(reverse(name, args=[place.code]))
    with django_assert_max_num_queries(most):
        client.get(reverse(name, args=[place.code]))
