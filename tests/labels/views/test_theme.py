from datetime import UTC, datetime

import pytest

from atlaas.models import Enjeu, PublicSheet
from atlaas.operations.publication import project
from atlaas.queries.theme import best_kept, of_service, related_services
from tests.factories.atlaas import CommuneFactory, ServiceFactory
from tests.factories.renewal import past_sheets, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory(code="AAA-1", name="Conseiller numérique")


def both(service):
    return [f"/referentiel/services/{service.code}/", f"/referentiel/{service.enjeu.slug}/"]


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


@pytest.mark.parametrize("which", [0, 1])
def test_page_without_a_fiche_says_what_to_do(client, service, which):
    text = text_of(client.get(both(service)[which]))

    assert "Aucune fiche n’est encore publiée ici." in text
    assert "proposition de travail" in text
    assert "toujours en cours" not in text


@pytest.mark.parametrize("which", [0, 1])
def test_page_shows_figures_regions_and_fiches(client, service, which):
    town = CommuneFactory(name="Roubaix")
    past_sheets(2, town, service=service)
    past_sheets(1, town, service=service, title="Finie", is_running=False)
    past_sheets(1, title="Sans rapport", service=ServiceFactory(enjeu=_other_enjeu()))

    text = text_of(client.get(both(service)[which]))

    assert "<dt>fiches publiées</dt> <dd> 3 </dd>" in text
    assert "<dt>collectivité qui agit</dt> <dd> 1 </dd>" in text
    assert "<dd> 67 % </dd>" in text
    assert text.count("Fiche 01") == 2
    assert text.count(">Finie<") == 1
    assert "Sans rapport" not in text


def _other_enjeu():
    from_family = ServiceFactory().enjeu
    return Enjeu.objects.create(
        code="ZZZ", name="Autre enjeu", slug="autre-enjeu", family=from_family.family, position=2
    )


def test_best_kept_are_those_that_inspired_then_the_last_told(client, service):
    sheets = past_sheets(3, service=service)
    PublicSheet.objects.filter(pk=sheets[0].pk).update(inspired_by=sheets[2].pk)

    found = best_kept(of_service(service, None))

    assert (found[0].pk, found[0].inspirations) == (sheets[2].pk, 1)


def test_related_services_share_fiches(client, service):
    other, stranger = ServiceFactory(name="Wifi public"), ServiceFactory(name="Rien à voir")
    (sheet,) = past_sheets(1, service=service)
    revise(sheet, datetime(2025, 6, 1, tzinfo=UTC), services=[service.code, other.code])
    project([sheet.pk])
    past_sheets(1, service=stranger)

    assert [(one.pk, one.shared) for one in related_services(service, None)] == [(other.pk, 1)]


@pytest.mark.parametrize("path", ["/referentiel/inconnu/", "/referentiel/services/INCONNU/"])
def test_unknown_is_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries(client, service, count, django_assert_num_queries):
    for number in range(count):
        past_sheets(1, service=service, title=f"Fiche {number}")

    with django_assert_num_queries(6):
        client.get(both(service)[0])
    with django_assert_num_queries(8):
        client.get(both(service)[1])


def test_referential_counts_the_fiches_of_each_service(client, service):
    past_sheets(2, service=service)

    text = text_of(client.get("/referentiel/"))

    assert (
        'href="/referentiel/services/AAA-1/">Conseiller numérique</a> <span class="soft">2 fiches</span>'
        in text
    )
