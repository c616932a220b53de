"""The mosaic, public and in the space; the self-assessment and the next level."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.forms.mosaic import TOO_LONG
from labels.models import NotConcerned
from tests.factories.atlaas import CommuneFactory, ServiceFactory, UserFactory, agent_of, published_sheet
from tests.factories.campaign import open_edition
from tests.factories.renewal import past_sheets

pytestmark = pytest.mark.django_db
NO_EDITION = "Aucune édition n’a encore ouvert ici"
SAVED = "Vos réponses sont enregistrées."
SPACE = ("space-mosaic", "assessment", "next-level")


def say(client, place, sent=(), **options):
    return client.post(reverse("space-mosaic", args=[place.code]), dict(sent), **options)


def said(place):
    return dict(NotConcerned.objects.filter(collectivity=place).values_list("service__code", "reason"))


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


def test_picture_is_svg_and_names_what_it_shows(client, place):
    response = client.get(reverse("mosaic-picture", args=[place.code]))

    assert response["Content-Type"] == "image/svg+xml"
    assert response.text.startswith("<svg ")
    assert f">Mosaïque des services, {place.name}, édition 2030</title>" in response.text
    assert client.get(reverse("mosaic-picture", args=["99999"])).status_code == 404


def test_before_the_first_edition_pages_say_so(client):
    town = CommuneFactory()
    address = reverse("mosaic", args=[town.code, town.slug])
    client.force_login(agent_of(town))

    pages = [client.get(one) for one in (address, reverse("space-mosaic", args=[town.code]))]

    assert [(page.status_code, NO_EDITION in page.text) for page in pages] == [(200, True)] * 2
    for gone in (client.get(reverse("mosaic-picture", args=[town.code])), say(client, town)):
        assert gone.status_code == 404


def test_table_tells_the_famille_the_enjeu_and_the_edition(client, place):
    page = client.get(reverse("mosaic", args=[place.code, place.slug])).text

    assert f"<caption>{place.name}, édition 2030</caption>" in page
    assert "<td>Famille d’essai</td>" in page
    assert "<td>Enjeu d’essai</td>" in page


def test_totals_are_those_of_the_referentiel(client, place):
    ServiceFactory()

    page = " ".join(client.get(reverse("mosaic", args=[place.code, place.slug])).text.split())

    assert "<dd> 1/2 </dd>" in page
    assert "<dd> 1/1 </dd>" in page


def test_services_are_said_not_concerned_in_one_form_and_taken_back(client, place, agent):
    one, other, third = (ServiceFactory() for _ in range(3))
    told = {
        "service": [one.code, other.code],
        f"motif-{one.code}": " Pas de port. ",
        f"motif-{third.code}": "x",
    }

    for _ in range(2):
        answer = say(client, place, told, follow=True)
        assert [str(message) for message in answer.context["messages"]] == [SAVED]
    assert said(place) == {one.code: "Pas de port.", other.code: ""}
    assert "non concerné" in client.get(reverse("mosaic", args=[place.code, place.slug])).text

    say(client, place, {"service": one.code, f"motif-{one.code}": "Pas de port.", f"avant-{other.code}": ""})
    assert said(place) == {one.code: "Pas de port."}


def test_a_colleague_s_answer_given_meanwhile_stands(client, place, agent):
    mine, theirs = ServiceFactory(), ServiceFactory()
    say(client, place, {"service": theirs.code, f"motif-{theirs.code}": "Un motif"})

    say(client, place, {"service": mine.code})

    assert said(place) == {mine.code: "", theirs.code: "Un motif"}


def test_a_reason_that_nobody_touched_is_not_written_again(client, place, agent):
    service = ServiceFactory()
    say(client, place, {"service": service.code, f"motif-{service.code}": "Nouveau"})
    stale = {"service": service.code, f"motif-{service.code}": "Ancien", f"avant-{service.code}": "Ancien"}

    say(client, place, stale)

    assert said(place) == {service.code: "Nouveau"}


@pytest.mark.parametrize("code", ["x", "\x00", "of another year"])
def test_a_service_of_no_referentiel_of_the_edition_is_refused(client, place, agent, code):
    other, service = ServiceFactory(code="AUTRE", first_year=2027), ServiceFactory()
    code = other.code if code == "of another year" else code

    answer = say(client, place, {"service": [service.code, code]})

    assert answer.status_code == 422
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert said(place) == {}


def test_a_reason_that_is_too_long_is_kept_on_the_page(client, place, agent):
    service = ServiceFactory()

    answer = say(client, place, {"service": service.code, f"motif-{service.code}": "x" * 301})

    assert answer.status_code == 422
    assert [box.error for part in answer.context["parts"] for box in part.boxes] == [TOO_LONG]
    assert "x" * 301 in answer.text
    assert said(place) == {}


def test_form_leaves_out_what_has_a_fiche_unless_it_was_said_before(client, place, agent):
    service = ServiceFactory()
    asked = client.get(reverse("space-mosaic", args=[place.code])).context["parts"]
    assert [box.tile.code for part in asked for box in part.boxes] == [service.code]

    say(client, place, {"service": service.code})
    published_sheet(place, services=[service])
    (part,) = client.get(reverse("space-mosaic", args=[place.code])).context["parts"]

    assert [(box.tile.code, box.is_ticked) for box in part.boxes] == [(service.code, True)]
    assert (part.enjeu.covered, part.enjeu.concerned) == (2, 2)


def test_after_the_closing_the_page_says_that_it_stands_still(client):
    town = CommuneFactory()
    past = timezone.now() - dt.timedelta(days=1)
    open_edition(opens_at=past - dt.timedelta(days=30), closes_at=past)

    assert "cette mosaïque ne change plus" in client.get(reverse("mosaic", args=[town.code, town.slug])).text


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


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("assessment", 9), ("next-level", 9)])
def test_assessment_takes_the_same_queries_whatever_the_fiches(
    client, place, agent, name, queries, number, django_assert_num_queries
):
    for rank in range(number):
        published_sheet(place, title=f"Une autre {rank}")
    client.get(reverse(name, args=[place.code]))

    with django_assert_num_queries(queries):
        client.get(reverse(name, args=[place.code]))


def test_next_level_speaks_of_the_group_that_was_chosen(client, place, agent):
    near, other = (CommuneFactory(population=place.population) for _ in range(2))
    service = ServiceFactory()
    for town in (near, other):
        published_sheet(town, services=[service], title=f"Une fiche de {town.name}", is_running=True)

    page = client.get(reverse("next-level", args=[place.code]), {"sans": other.code, "si": service.code})

    assert f"Une fiche de {near.name}" in page.text
    assert f"Une fiche de {other.name}" not in page.text
    assert f'<input type="hidden" name="sans" value="{other.code}">' in page.text
    assert f"{reverse('assessment', args=[place.code])}?sans={other.code}#t-semblables" in page.text


def test_a_service_that_nobody_does_says_so(client, place, agent):
    ServiceFactory(name="Un service rare")

    assert (
        "Aucune fiche vivante de collectivités semblables"
        in client.get(reverse("next-level", args=[place.code])).text
    )


@pytest.mark.parametrize("name", ["assessment", "next-level"])
def test_a_code_that_cannot_be_added_is_said(client, place, agent, name):
    bare = CommuneFactory(name="Sansfiche")

    page = client.get(reverse(name, args=[place.code]), {"avec": f"99999, {bare.code} {place.code}"})

    assert page.context["notes"] == [
        "Votre collectivité ne s’ajoute pas : c’est elle que le groupe aide à situer.",
        "Aucune collectivité d’aujourd’hui n’a ce code : 99999. Vérifiez-le.",
        f"Sans fiche qui compte, donc sans rien à comparer : Sansfiche ({bare.code}).",
    ]
    assert "n’a ce code\u00a0: 99999. Vérifiez-le." in page.text


def test_leaving_out_is_one_click_each_and_is_taken_back(client, place, agent):
    proposed, added = (
        CommuneFactory(population=810, name="Proposée"),
        CommuneFactory(population=50_000, name="Rajoutée"),
    )
    for town in (proposed, added):
        published_sheet(town, is_running=True)
    address = reverse("assessment", args=[place.code])

    page = client.get(address, {"avec": added.code})
    queries = {one.name: query for one, query in page.context["peers"]}
    assert queries == {
        "Proposée": f"avec={added.code}&sans={proposed.code}",
        "Rajoutée": f"sans={added.code}",
    }

    page = client.get(f"{address}?{queries['Rajoutée']}")
    assert [one.name for one, _ in page.context["peers"]] == ["Proposée"]
    assert page.context["left_out"] == [("Rajoutée", "")]


def test_a_long_list_of_those_left_out_keeps_them_out(client, place, agent):
    near = CommuneFactory(population=810)
    published_sheet(near, is_running=True)
    others = [f"9{rank:04}" for rank in range(70)]

    page = client.get(reverse("assessment", args=[place.code]), {"sans": " ".join([near.code, *others])})

    assert page.context["peers"] == []
    assert page.context["notes"] == [
        f"60 collectivités s’ôtent au plus. Restées dans le groupe : {', '.join(others[59:])}."
    ]


@pytest.mark.parametrize("name", SPACE)
def test_space_pages_before_the_first_edition_say_so(client, name):
    town = CommuneFactory()
    client.force_login(agent_of(town))

    answer = client.get(reverse(name, args=[town.code]))

    assert (answer.status_code, "Aucune édition" in answer.text) == (200, True)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("mosaic", 8), ("mosaic-picture", 8), ("space-mosaic", 11)])
def test_pages_of_the_mosaic_take_the_same_queries_whatever_the_fiches(
    client, place, agent, name, queries, number, django_assert_num_queries
):
    closed = timezone.now() - dt.timedelta(days=300)
    open_edition(2029, opens_at=closed - dt.timedelta(days=30), closes_at=closed)
    past_sheets(number, place, at=closed - dt.timedelta(days=1))
    if name != "space-mosaic":
        client.logout()
    address = reverse(name, args=[place.code, place.slug] if name == "mosaic" else [place.code])
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("number", [1, 3])
def test_answers_take_the_same_queries_whatever_the_services(
    client, place, agent, number, django_assert_num_queries
):
    services = [ServiceFactory() for _ in range(number)]
    say(client, place)

    with django_assert_num_queries(10):
        say(client, place, {"service": [one.code for one in services]})
