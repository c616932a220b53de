from uuid import uuid4

import pytest
from django.urls import reverse

from atlaas.models import Notice, Sheet
from atlaas.operations.sheet import save
from atlaas.views.context import account_mark
from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
FULL = {
    "title": "Un bus numérique",
    "summary": "Une médiatrice va de hameau en hameau.",
    "text": "Le besoin.\r\n\r\nCe qui a été fait.",
    "kind": "initiative",
    "operator": "regie",
    "is_running": "on",
}


def ticket(sheet=None, **more):
    """What the page carries along, and the fields."""
    known = {"draft_key": sheet.draft_key, "version": sheet.version} if sheet else {}
    return FULL | {"draft_key": uuid4(), "version": 1, "action": "enregistrer"} | known | more


def address(sheet, name="sheet-edit"):
    return reverse(name, args=[sheet.collectivity.code, sheet.pk])


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def signed_in(client, commune):
    client.force_login(agent_of(commune))
    return client


def test_a_new_fiche_is_stored_by_its_first_save(signed_in, commune):
    service = ServiceFactory()

    answer = signed_in.post(reverse("sheet-new", args=[commune.code]), ticket(services=[service.code]))

    sheet = Sheet.objects.get()
    assert answer.url == address(sheet) + "?enregistre=1"
    assert (sheet.title, sheet.text, sheet.version) == (
        "Un bus numérique",
        "Le besoin.\n\nCe qui a été fait.",
        2,
    )
    assert [one.code for one in sheet.services.all()] == [service.code]


def test_opening_the_form_stores_nothing(signed_in, commune):
    answer = signed_in.get(reverse("sheet-new", args=[commune.code]))

    assert (answer.status_code, Sheet.objects.count()) == (200, 0)


def test_a_double_submit_makes_one_fiche(signed_in, commune):
    words = ticket()

    answers = [signed_in.post(reverse("sheet-new", args=[commune.code]), words) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Sheet.objects.count() == 1


def test_the_back_button_with_another_text_shows_both(signed_in, commune):
    words = ticket()
    signed_in.post(reverse("sheet-new", args=[commune.code]), words)

    answer = signed_in.post(reverse("sheet-new", args=[commune.code]), words | {"title": "Un autre bus"})

    assert (answer.status_code, Sheet.objects.get().title) == (409, "Un bus numérique")


def test_what_is_wrong_is_said_and_the_rest_is_stored(signed_in, commune):
    sheet = draft_sheet(commune)

    answer = signed_in.post(
        address(sheet), ticket(sheet, title="Un car numérique", started_on="0202-03-01", lat="douze")
    )

    sheet.refresh_from_db()
    assert (answer.status_code, sheet.title, sheet.started_on) == (422, "Un car numérique", None)
    assert answer.context["form"].unkept == {
        "started_on": "Vérifiez l’année de cette date.",
        "lat": "Écrivez des degrés entre −90 et 90, comme 47,3912.",
    }
    assert 'value="douze"' in answer.content.decode()


def test_publishing_shows_what_is_missing_and_keeps_the_text(signed_in, commune):
    sheet = draft_sheet(commune)

    answer = signed_in.post(address(sheet), ticket(sheet, summary="", action="publier"))

    sheet.refresh_from_db()
    assert (answer.status_code, sheet.state) == (422, "draft")
    assert sorted(answer.context["form"].errors) == ["services", "summary"]


def test_publishing_makes_it_public(signed_in, commune):
    sheet = draft_sheet(commune)
    codes = list(sheet.services.values_list("code", flat=True))

    answer = signed_in.post(address(sheet), ticket(sheet, action="publier", services=codes))

    sheet.refresh_from_db()
    assert (answer.url, sheet.state) == (reverse("sheet", args=[sheet.pk]), "published")


def test_a_contributeur_asks_and_those_who_publish_are_told_once(client, commune):
    boss = agent_of(commune)
    writer = agent_of(commune, "contributeur")
    sheet = draft_sheet(commune, by=writer)
    codes = list(sheet.services.values_list("code", flat=True))
    client.force_login(writer)

    for _ in range(2):
        sheet.refresh_from_db()
        client.post(address(sheet), ticket(sheet, action="demander", services=codes))

    assert list(Notice.objects.values_list("user", "kind")) == [(boss.pk, "action")]


def test_a_contributeur_does_not_publish(client, commune):
    writer = agent_of(commune, "contributeur")
    sheet = draft_sheet(commune, by=writer)
    codes = list(sheet.services.values_list("code", flat=True))
    client.force_login(writer)

    answer = client.post(address(sheet), ticket(sheet, action="publier", services=codes))

    sheet.refresh_from_db()
    assert (answer.status_code, sheet.state) == (403, "draft")


@pytest.mark.parametrize(
    "name", ["sheet-edit", "sheet-autosave", "sheet-merge", "sheet-archive", "sheet-delete"]
)
def test_another_collectivity_sees_no_fiche(client, commune, name):
    sheet = draft_sheet(commune)
    stranger = agent_of(CommuneFactory())
    client.force_login(stranger)
    own = stranger.affiliations.get().collectivity
    mark = account_mark(client.get(reverse("sheet-new", args=[own.code])).wsgi_request)

    answer = client.post(address(sheet, name), ticket(sheet, account=mark))

    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["contributeur", "valideur", "responsable"])
def test_each_role_opens_the_form(client, commune, role):
    sheet = draft_sheet(commune)
    client.force_login(agent_of(commune, role))

    answer = client.get(address(sheet))

    assert (answer.status_code, answer.context["can_publish"]) == (200, role != "contributeur")


def test_a_stranger_is_sent_to_sign_in(client, commune):
    answer = client.get(reverse("sheet-new", args=[commune.code]))

    assert (answer.status_code, "connexion" in answer.url) == (302, True)


@pytest.mark.parametrize("services", [1, 3])
def test_the_form_reads_with_few_queries(signed_in, commune, services, django_assert_num_queries):
    sheet = draft_sheet(commune, services=[ServiceFactory() for _ in range(services)])

    with django_assert_num_queries(8):
        signed_in.get(address(sheet))


def test_an_archived_fiche_is_published_again(signed_in, commune):
    sheet = published_sheet(commune)
    codes = list(sheet.services.values_list("code", flat=True))
    signed_in.post(address(sheet, "sheet-archive"))
    sheet.refresh_from_db()
    archived = sheet.state

    signed_in.post(address(sheet), ticket(sheet, action="publier", services=codes))

    sheet.refresh_from_db()
    assert (archived, sheet.state) == ("archived", "published")


def test_a_draft_is_deleted_after_a_question(signed_in, commune):
    sheet = draft_sheet(commune)

    asked = signed_in.get(address(sheet, "sheet-delete"))
    signed_in.post(address(sheet, "sheet-delete"))

    assert (asked.status_code, Sheet.objects.count()) == (200, 0)


def test_a_published_fiche_is_not_deleted(signed_in, commune):
    sheet = published_sheet(commune)

    signed_in.post(address(sheet, "sheet-delete"))

    assert Sheet.objects.count() == 1


def test_a_stale_save_shows_both_texts_and_writes_nothing(signed_in, commune):
    sheet = draft_sheet(commune)
    save(sheet, by=agent_of(commune), version=sheet.version, facts={"title": "Le titre de Nadia"})

    answer = signed_in.post(address(sheet), ticket(sheet, title="Mon titre <b>"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("Le titre de Nadia" in page, "Mon titre &lt;b&gt;" in page) == (True, True)
    assert Sheet.objects.get().title == "Le titre de Nadia"


def test_merging_keeps_each_choice_and_a_further_conflict_shows_again(signed_in, commune):
    sheet = draft_sheet(commune)
    other = agent_of(commune)
    save(sheet, by=other, version=sheet.version, facts={"title": "Le titre de Nadia"})
    shown = signed_in.post(address(sheet), ticket(sheet, title="Mon titre", partners="Moi"))
    words = choices(shown, title="edited", partners="mine")

    first = signed_in.post(address(sheet, "sheet-merge"), words | {"texte-title": "Nos deux titres"})
    save(Sheet.objects.get(), by=other, version=Sheet.objects.get().version, facts={"title": "Encore Nadia"})
    again = signed_in.post(address(sheet, "sheet-merge"), words | {"texte-title": "Un troisième"})

    assert (first.status_code, again.status_code) == (302, 409)
    assert "Un troisième" in again.content.decode()
    assert (Sheet.objects.get().title, Sheet.objects.get().partners) == ("Encore Nadia", "Moi")


def choices(answer, **wanted):
    """What a browser would send of a merge page, with these radios."""
    lines, sheet = answer.context["lines"], answer.context["sheet"]
    words = {f"mien-{name}": value for name, value in answer.context["agreed"]}
    words |= {f"mien-{line.field}": line.mine for line in lines}
    words |= {f"leur-{line.field}": line.theirs for line in lines}
    words |= {f"choix-{line.field}": wanted.get(line.field, line.choice) for line in lines}
    carried = {"version": sheet.version, "draft_key": sheet.draft_key, "base": answer.context["base"]}
    return words | carried


def test_fields_that_only_the_other_touched_are_preset_to_theirs(signed_in, commune):
    sheet = draft_sheet(commune)
    base = signed_in.get(address(sheet)).context["base"]
    save(sheet, by=agent_of(commune), version=sheet.version, facts={"title": "Le titre de Nadia"})

    answer = signed_in.post(
        address(sheet),
        ticket(sheet, base=base, title="Un bus numérique dans les huit hameaux", summary="Ma phrase"),
    )

    chosen = {line.field: line.choice for line in answer.context["lines"]}
    assert (chosen["title"], chosen["summary"]) == ("theirs", "mine")


def test_the_preview_without_javascript_keeps_the_page_and_cleans(signed_in, commune):
    sheet = draft_sheet(commune)

    answer = signed_in.post(
        address(sheet), ticket(sheet, action="apercu", text="## Bonjour\n<script>alert(1)</script>")
    )

    page = answer.content.decode()
    assert (answer.status_code, "<h3>Bonjour</h3>" in page, "<script>alert" in page) == (200, True, False)


def test_an_incomplete_form_writes_nothing(signed_in, commune):
    sheet = draft_sheet(commune)

    answer = signed_in.post(address(sheet), ticket(sheet, version="", title="Perdu ?"))

    assert (answer.status_code, "Perdu ?" in answer.content.decode()) == (422, True)
    assert Sheet.objects.get().title == sheet.title


@pytest.mark.parametrize("action", ["enregistrer", "publier"])
def test_saving_leads_back_to_where_one_came_from(signed_in, commune, action):
    sheet, back = draft_sheet(commune), f"/espace/{commune.code}/reconduction/"
    shown = signed_in.get(address(sheet), {"retour": back}).content.decode()
    codes = [one.code for one in sheet.services.all()]

    answer = signed_in.post(address(sheet), ticket(sheet, action=action, services=codes, retour=back))

    assert f'name="retour" value="{back}"' in shown
    assert answer.url == back


@pytest.mark.parametrize(
    "elsewhere",
    ["https://ailleurs.example/espace/", "//ailleurs.example/espace/", "/fiches/", "javascript:1"],
)
def test_saving_leads_nowhere_else(signed_in, commune, elsewhere):
    sheet = draft_sheet(commune)

    answer = signed_in.post(address(sheet), ticket(sheet, retour=elsewhere))

    assert answer.url == address(sheet) + "?enregistre=1"
