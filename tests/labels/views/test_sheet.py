import json
import re
from uuid import uuid4

import pytest

from atlaas.models import PublicSheet, Sheet
from atlaas.operations.attachment import add
from atlaas.operations.moderation import withdraw
from atlaas.operations.sheet import archive, confirm, publish, save
from tests.factories.atlaas import (
    CommuneFactory,
    ServiceFactory,
    UserFactory,
    agent_of,
    draft_sheet,
    published_sheet,
)
from tests.factories.attachments import document, picture
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def text_of(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def page(client, sheet, path="", status=200):
    answer = client.get(f"/fiches/{sheet.pk}/{path}")
    assert answer.status_code == status
    return text_of(answer)


def linked_data(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def again(sheet, **facts):
    """Another version, published."""
    by = agent_of(sheet.collectivity)
    sheet = save(sheet, by=by, version=Sheet.objects.get(pk=sheet.pk).version, facts=facts)
    publish(sheet, by=by, version=sheet.version)
    return Sheet.objects.get(pk=sheet.pk)


def test_page_says_what_where_since_when_and_for_whom(client):
    EditionFactory()
    sheet = published_sheet(
        CommuneFactory(name="Bel-Air", population=812),
        started_on="2023-03-01",
        audience="Les aînés",
        partners="Le syndicat",
        operator="association",
        operator_name="Entraide",
        contact_function="Secrétariat",
        contact_email="mairie@exemple.test",
        links=["https://exemple.test/?a=1&b=2"],
    )

    text = page(client, sheet)

    assert "<h1>Un bus numérique dans les huit hameaux</h1>" in text
    assert "<h3>Le besoin</h3>" in text
    assert "Bel-Air</a>, village de 812 habitants" in text
    assert ">1 mars 2023</time>" in text
    for words in (
        "Les aînés",
        "Le syndicat",
        "Entraide, une association",
        "Secrétariat",
        "mailto:mairie@exemple.test",
    ):
        assert words in text
    assert 'href="https://exemple.test/?a=1&amp;b=2" rel="nofollow noopener"' in text
    assert linked_data(text)["headline"] == "Un bus numérique dans les huit hameaux"


@pytest.mark.parametrize(("is_attested", "notes"), [(False, 1), (True, 0)])
def test_service_that_is_not_attested_is_shown_as_a_proposal(client, is_attested, notes):
    service = ServiceFactory(is_attested=is_attested)

    text = page(client, published_sheet(services=[service]))

    assert text.count("<small>proposition de travail</small>") == notes
    assert linked_data(text)["about"] == ([service.name] if is_attested else [])


def test_pictures_have_words_and_documents_a_list(client):
    sheet = draft_sheet()
    by = agent_of(sheet.collectivity)
    one = add(sheet, by=by, version=sheet.version, data=picture(), name="a.jpg", alt="Le bus")
    add(sheet, by=by, version=sheet.version + 1, data=document(), name="Convention.pdf")
    publish(sheet, by=by, version=sheet.version + 2)

    text = page(client, sheet)

    assert f'src="{one.get_absolute_url()}" alt="Le bus" width="300" height="200"' in text
    assert ">Convention</a>" in text
    assert f'property="og:image" content="http://testserver{one.get_absolute_url()}"' in text


def test_hostile_words_are_harmless_everywhere(client):
    bad = "</script><img src=x onerror=alert(1)>"
    sheet = published_sheet(
        title=bad,
        summary=bad,
        text=bad,
        audience=bad,
        partners=bad,
        address=bad,
        contact_function=bad,
        operator="delegataire",
        operator_name=bad,
        is_running=True,
        kind="evenement",
        started_on="2025-01-01",
    )
    again(sheet, title=f"{bad}2", text=f"{bad}3")

    for path in ("", "versions/", "diffusion/", "signaler/"):
        assert "<img src=x" not in page(client, sheet, path)
    words = linked_data(page(client, sheet))
    assert (words["@type"], words["name"], words["startDate"]) == ("Event", f"{bad}2", "2025-01-01")


@pytest.mark.parametrize("path", ["", "versions/", "diffusion/"])
def test_draft_does_not_exist(client, path):
    sheet = draft_sheet()

    assert "n’est plus publique" not in page(client, sheet, path, 404)
    assert client.get(f"/fiches/{uuid4()}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "versions/", "diffusion/"])
@pytest.mark.parametrize("how", ["archive", "withdraw"])
def test_fiche_that_is_no_longer_public_says_so(client, path, how):
    sheet = published_sheet()
    if how == "archive":
        archive(sheet, by=agent_of(sheet.collectivity))
    else:
        withdraw(sheet, by=UserFactory(is_organiser=True), reason="x")

    assert "<h1>Cette fiche n’est plus publique</h1>" in page(client, sheet, path, 404)


def test_own_people_may_modify_and_others_are_not_asked(client):
    sheet = published_sheet()
    mine, other = agent_of(sheet.collectivity, "contributeur"), agent_of(CommuneFactory())

    shown = []
    for user in (mine, other):
        client.force_login(user)
        shown.append(">Modifier</a>" in page(client, sheet))
    client.logout()

    assert [*shown, ">Modifier</a>" in page(client, sheet)] == [True, False, False]


def test_source_is_credited_while_it_is_public(client):
    source, sheet = published_sheet(title="La source"), published_sheet()
    PublicSheet.objects.filter(pk=sheet.pk).update(inspired_by=source)

    assert ">La source</a>" in page(client, sheet)
    assert "1 collectivité l’a déjà reprise" in page(client, source)
    archive(source, by=agent_of(source.collectivity))
    assert "une fiche qui n’est plus publique" in page(client, sheet)


def test_versions_name_no_person_and_say_what_changed(client):
    town = CommuneFactory(name="Bel-Air")
    sheet = published_sheet(town, by=agent_of(town, name="Camille Secret"))
    again(sheet, title="Un car numérique dans les huit hameaux", is_running=False, ended_on="2025-06-01")

    text = page(client, sheet, "versions/")

    assert town.name in text
    assert "Camille" not in text
    assert (
        '<del><span class="hidden">supprimé : </span>bus</del><ins><span class="hidden">ajouté : </span>car</ins>'
        in text
    )
    assert "1er juin 2025" in text
    assert "mots inchangés</summary>" in text


def test_versions_asked_for_are_compared_the_older_first(client):
    sheet = published_sheet()
    again(again(sheet, audience="Deux"), audience="Trois")

    text = page(client, sheet, "versions/?de=3&a=1")

    assert "De la version 1 à la version 3" in text
    for asked in ("de=9&a=1", "de=x&a=2", "de=2&a=2"):
        assert "De la version 2 à la version 3" in page(client, sheet, f"versions/?{asked}")


def test_confirmed_version_says_that_nothing_changed(client):
    sheet = published_sheet()
    confirm(sheet, by=agent_of(sheet.collectivity))

    assert "Rien n’a changé dans le texte" in page(client, sheet, "versions/")


def test_own_people_read_the_versions_of_an_archived_fiche(client):
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)
    archive(sheet, by=by)
    client.force_login(by)

    assert "1 version publiée" in page(client, sheet, "versions/")


@pytest.mark.parametrize(
    ("role", "status"), [("", 404), ("contributeur", 422), ("valideur", 302), ("responsable", 302)]
)
def test_restore_is_for_those_who_publish(client, role, status):
    sheet = again(published_sheet(), title="Autre")
    client.force_login(agent_of(sheet.collectivity, role) if role else agent_of(CommuneFactory()))

    shown = "Reprendre<span" in page(client, sheet, "versions/")
    answer = client.post(f"/fiches/{sheet.pk}/versions/1/reprise/", {"version": sheet.version})

    assert (answer.status_code, shown) == (status, status == 302)
    assert sheet.revisions.count() == (3 if status == 302 else 2)


@pytest.mark.parametrize(("version", "status"), [("1", 409), ("x", 422), ("", 422)])
def test_restore_over_what_was_not_read_writes_nothing(client, version, status):
    sheet = again(published_sheet(), title="Autre")
    client.force_login(agent_of(sheet.collectivity))

    answer = client.post(f"/fiches/{sheet.pk}/versions/1/reprise/", {"version": version})

    assert (answer.status_code, sheet.revisions.count()) == (status, 2)
    assert f'name="version" value="{sheet.version}"' in text_of(answer)


def test_unknown_version_is_404(client):
    sheet = published_sheet()
    client.force_login(agent_of(sheet.collectivity))

    assert client.post(f"/fiches/{sheet.pk}/versions/7/reprise/", {"version": 1}).status_code == 404


def test_diffusion_is_drawn_and_listed(client):
    first, second = published_sheet(title="La première"), published_sheet(title="La seconde")
    PublicSheet.objects.filter(pk=second.pk).update(inspired_by=first)

    text = page(client, second, "diffusion/")

    assert text.count("<circle class=") == 2
    assert f"inspirée de la fiche de {first.collectivity.name}" in text
    assert "Personne n’a encore publié" in page(client, published_sheet(), "diffusion/")


def test_inspire_asks_for_an_account(client):
    answer = client.post(f"/fiches/{published_sheet().pk}/inspiration/")

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/connexion/")


def test_inspire_asks_for_which_collectivity_and_starts_one_draft(client):
    source, town = published_sheet(), CommuneFactory()
    client.force_login(agent_of(town, "contributeur"))
    path = f"/fiches/{source.pk}/inspiration/"
    key = re.search(r'name="cle" value="([^"]+)"', text_of(client.post(path)))[1]

    answers = [client.post(path, {"collectivite": town.code, "cle": key}) for _ in range(2)]

    draft = Sheet.objects.get(collectivity=town)
    assert [answer["Location"] for answer in answers] == [f"/espace/{town.code}/fiches/{draft.pk}/"] * 2
    assert draft.inspired_by == source


def test_inspire_elsewhere_is_not_offered(client):
    source, other = published_sheet(), CommuneFactory()
    client.force_login(agent_of(CommuneFactory()))

    answer = client.post(f"/fiches/{source.pk}/inspiration/", {"collectivite": other.code})

    assert (answer.status_code, Sheet.objects.filter(collectivity=other).count()) == (422, 0)
    assert "Choisissez la collectivité" in text_of(answer)


def test_inspire_without_collectivity_says_what_to_do(client):
    client.force_login(UserFactory())

    assert "rattachez-le d’abord" in page(client, published_sheet(), "inspiration/")


@pytest.mark.parametrize("how", ["draft", "archived"])
def test_inspire_by_what_is_not_public_is_404(client, how):
    sheet = draft_sheet() if how == "draft" else published_sheet()
    if how == "archived":
        archive(sheet, by=agent_of(sheet.collectivity))
    client.force_login(agent_of(CommuneFactory()))

    assert client.get(f"/fiches/{sheet.pk}/inspiration/").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_page_takes_the_same_queries_whatever_it_shows(client, others, django_assert_num_queries):
    services = [ServiceFactory() for _ in range(others)]
    source, sheet = published_sheet(), published_sheet(services=services)
    PublicSheet.objects.filter(pk=sheet.pk).update(inspired_by=source)
    for _ in range(others):
        took = published_sheet(services=services)
        PublicSheet.objects.filter(pk=took.pk).update(inspired_by=sheet)
    client.force_login(agent_of(sheet.collectivity))

    with django_assert_num_queries(9):
        page(client, sheet)


@pytest.mark.parametrize("versions", [1, 3])
def test_versions_take_the_same_queries_whatever_their_number(client, versions, django_assert_num_queries):
    sheet = published_sheet()
    for number in range(versions):
        sheet = again(sheet, audience=f"Version {number}")

    with django_assert_num_queries(5):
        page(client, sheet, "versions/")
