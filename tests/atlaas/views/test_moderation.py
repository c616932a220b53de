import pytest

from atlaas.models import Report, Sheet
from atlaas.operations.moderation import answer, contest, report, withdraw
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
DESK = "/organisation/moderation/"


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def text_of(found):
    return " ".join(found.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def own_path(sheet):
    return f"/espace/{sheet.collectivity.code}/fiches/{sheet.pk}/retrait/"


def test_anyone_reports_and_is_thanked(client):
    sheet = published_sheet()

    found = client.post(
        f"/fiches/{sheet.pk}/signaler/", {"message": "Faux", "email": "lectrice@exemple.test"}, follow=True
    )

    assert "Merci : l’association est prévenue." in text_of(found)
    assert list(Report.objects.values_list("sheet", "message", "email")) == [
        (sheet.pk, "Faux", "lectrice@exemple.test")
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({}, "Dites ce qui ne va pas"),
        ({"message": "x" * 2001}, "2 000 signes"),
        ({"message": "x", "email": "pas une adresse"}, "Cette adresse n’est pas complète"),
    ],
)
def test_report_that_is_not_complete_says_how_to_mend(client, words, sentence):
    sheet = published_sheet()

    found = client.post(f"/fiches/{sheet.pk}/signaler/", words)

    assert found.status_code == 422
    assert sentence in text_of(found).replace("\u202f", " ")
    assert Report.objects.count() == 0


def test_robot_is_thanked_and_not_heard(client):
    sheet = published_sheet()

    found = client.post(f"/fiches/{sheet.pk}/signaler/", {"message": "x", "site": "https://mal.test"})

    assert (found.status_code, Report.objects.count()) == (302, 0)


def test_one_session_sends_five_reports(client):
    path = f"/fiches/{published_sheet().pk}/signaler/"

    sent = [client.post(path, {"message": f"Faux {number}"}).status_code for number in range(6)]

    assert (sent, Report.objects.count()) == ([302] * 5 + [422], 5)


def test_what_is_not_public_is_not_reported(client):
    assert client.get(f"/fiches/{draft_sheet().pk}/signaler/").status_code == 404


def test_desk_is_for_organisers(client, organiser):
    sheet = published_sheet()
    waiting = report(sheet.public, message="Faux")
    made = withdraw(published_sheet(), by=organiser, reason="Motif")
    paths = [
        DESK,
        f"{DESK}signalements/{waiting.pk}/",
        f"{DESK}fiches/{sheet.pk}/",
        f"{DESK}retraits/{made.pk}/",
    ]

    for user in (UserFactory(), agent_of(sheet.collectivity), UserFactory(is_staff=True)):
        client.force_login(user)
        assert client.get(DESK).status_code == 404
        assert [client.post(path, {"texte": "x"}).status_code for path in paths[1:]] == [404] * 3
    client.logout()
    assert client.get(DESK).status_code == 302


def test_report_is_answered_from_the_desk(client, organiser):
    waiting = report(published_sheet().public, message="Une <b>erreur</b>", email="lectrice@exemple.test")
    client.force_login(organiser)
    shown = text_of(client.get(DESK))

    found = client.post(f"{DESK}signalements/{waiting.pk}/", {"texte": "Corrigé"}, follow=True)

    assert "Une &lt;b&gt;erreur&lt;/b&gt;" in shown
    assert "Envoyée à lectrice@exemple.test." in shown
    assert "Rien n’attend." in text_of(found)
    waiting.refresh_from_db()
    assert (waiting.answer, waiting.answered_by) == ("Corrigé", organiser)


def test_refused_answer_keeps_what_was_written(client, organiser):
    waiting = report(published_sheet().public, message="Faux")
    client.force_login(organiser)

    empty = client.post(f"{DESK}signalements/{waiting.pk}/", {"texte": ""})
    answer(waiting, by=organiser, text="Corrigé")
    late = client.post(f"{DESK}signalements/{waiting.pk}/", {"texte": "Trop tard"})

    assert (empty.status_code, late.status_code) == (422, 422)
    assert "Écrivez la réponse" in text_of(empty)
    assert "déjà reçu une réponse" in text_of(late)


def test_fiche_is_withdrawn_with_a_reason(client, organiser):
    sheet = published_sheet()
    client.force_login(organiser)
    path = f"{DESK}fiches/{sheet.pk}/"

    shown, empty = client.get(path), client.post(path, {"texte": " "})
    found = client.post(path, {"texte": "Un numéro"}, follow=True)
    again = client.post(path, {"texte": "Encore"})

    assert [one.status_code for one in (shown, empty, found, again)] == [200, 422, 200, 404]
    assert "Donnez le motif" in text_of(empty)
    assert Sheet.objects.get().state == "withdrawn"


def test_draft_is_not_the_business_of_organisers(client, organiser):
    client.force_login(organiser)

    assert client.get(f"{DESK}fiches/{draft_sheet().pk}/").status_code == 404


def test_collectivity_reads_why_and_contests(client, organiser):
    made = withdraw(published_sheet(), by=organiser, reason="Un numéro <b>")
    client.force_login(agent_of(made.sheet.collectivity, "valideur"))
    path = own_path(made.sheet)

    shown, empty = client.get(path), client.post(path, {"texte": ""})
    found = client.post(path, {"texte": "Il est ôté"}, follow=True)
    again = client.post(path, {"texte": "Encore"})

    assert "Un numéro &lt;b&gt;" in text_of(shown)
    assert "Contester</button>" in text_of(shown)
    assert (empty.status_code, found.status_code, again.status_code) == (422, 200, 422)
    assert "Il est ôté" in text_of(found)
    assert "Contester</button>" not in text_of(found)


@pytest.mark.parametrize(("role", "status"), [("contributeur", 422), ("", 404)])
def test_contest_is_for_those_who_publish(client, organiser, role, status):
    made = withdraw(published_sheet(), by=organiser, reason="Motif")
    client.force_login(agent_of(made.sheet.collectivity, role) if role else agent_of(CommuneFactory()))

    assert client.post(own_path(made.sheet), {"texte": "Non"}).status_code == status


def test_fiche_that_was_never_withdrawn_has_no_such_page(client):
    sheet = published_sheet()
    client.force_login(agent_of(sheet.collectivity))

    assert client.get(own_path(sheet)).status_code == 404


@pytest.mark.parametrize(("issue", "state"), [("lever", "published"), ("maintenir", "withdrawn")])
def test_contest_is_settled_from_the_desk(client, organiser, issue, state):
    made = withdraw(published_sheet(), by=organiser, reason="Motif")
    contest(made, by=agent_of(made.sheet.collectivity), text="Il est ôté")
    client.force_login(organiser)
    shown = text_of(client.get(DESK))

    refused = client.post(f"{DESK}retraits/{made.pk}/", {"texte": "Réponse gardée"})
    client.post(f"{DESK}retraits/{made.pk}/", {"texte": "Vu", "issue": issue})

    assert "La collectivité conteste" in shown
    assert (refused.status_code, "Réponse gardée</textarea>" in text_of(refused)) == (422, True)
    assert Sheet.objects.get().state == state
    client.force_login(agent_of(made.sheet.collectivity, "contributeur"))
    assert "Vu" in text_of(client.get(own_path(made.sheet)))


@pytest.mark.parametrize("number", [1, 3])
def test_desk_takes_the_same_queries_whatever_it_lists(client, organiser, number, django_assert_num_queries):
    for _ in range(number):
        report(published_sheet().public, message="Faux")
        answer(report(published_sheet().public, message="Vrai"), by=organiser, text="Oui")
        withdraw(published_sheet(), by=organiser, reason="Motif")
    client.force_login(organiser)

    with django_assert_num_queries(5):
        assert client.get(DESK).status_code == 200
