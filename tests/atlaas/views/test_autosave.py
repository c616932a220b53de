import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from atlaas.models import Sheet
from atlaas.operations.sheet import save
from atlaas.views.context import account_mark
from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, draft_sheet

pytestmark = pytest.mark.django_db
FULL = {
    "title": "Un bus numérique",
    "text": "Le récit.",
    "kind": "initiative",
    "operator": "regie",
    "is_running": "on",
}


def url(sheet):
    return reverse("sheet-autosave", args=[sheet.collectivity.code, sheet.pk])


def new_url(commune):
    return reverse("sheet-new-autosave", args=[commune.code])


def mark_of(client, commune):
    return account_mark(client.get(reverse("sheet-new", args=[commune.code])).wsgi_request)


def words(sheet, mark, **more):
    return FULL | {"draft_key": sheet.draft_key, "version": sheet.version, "account": mark} | more


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def writer(commune):
    return agent_of(commune, "contributeur")


@pytest.fixture
def signed_in(client, writer):
    client.force_login(writer)
    return client


def test_an_autosave_answers_the_version_and_the_hour(signed_in, commune):
    sheet = draft_sheet(commune)

    answer = signed_in.post(url(sheet), words(sheet, mark_of(signed_in, commune), title="Un car"))

    said = answer.json()
    assert (answer.status_code, said["version"], said["unkept"]) == (200, sheet.version + 1, {})
    assert "\u00a0h\u00a0" in said["saved_at"]
    assert Sheet.objects.get().title == "Un car"


def test_the_first_autosave_starts_one_draft_whatever_is_sent_again(signed_in, commune):
    first = FULL | {"draft_key": uuid4(), "version": 1, "account": mark_of(signed_in, commune)}

    answers = [signed_in.post(new_url(commune), first).json() for _ in range(3)]

    assert Sheet.objects.count() == 1
    assert {answer["version"] for answer in answers} == {2}
    assert answers[0]["autosave"] == url(Sheet.objects.get())


def test_what_is_half_typed_holds_back_nothing_else(signed_in, commune):
    sheet = draft_sheet(commune)
    typed = {"contact_email": "mairie@", "links": "pas un lien", "lon": "2,5", "lat": "", "title": "Un car"}

    answer = signed_in.post(url(sheet), words(sheet, mark_of(signed_in, commune), **typed))

    sheet.refresh_from_db()
    assert sorted(answer.json()["unkept"]) == ["contact_email", "lat", "links"]
    assert (sheet.title, sheet.contact_email, sheet.links) == ("Un car", "", [])


def test_a_nul_and_other_line_ends_are_settled(signed_in, commune):
    sheet = draft_sheet(commune)

    signed_in.post(
        url(sheet), words(sheet, mark_of(signed_in, commune), title="Un\x00 car", text="un\r\ndeux\rtrois")
    )

    sheet.refresh_from_db()
    assert (sheet.title, sheet.text) == ("Un car", "un\ndeux\ntrois")


def test_a_stale_autosave_is_a_conflict_and_writes_nothing(signed_in, commune):
    sheet = draft_sheet(commune)
    save(sheet, by=agent_of(commune), version=sheet.version, facts={"title": "De Nadia"})

    answer = signed_in.post(url(sheet), words(sheet, mark_of(signed_in, commune), title="De moi"))

    assert (answer.status_code, Sheet.objects.get().title) == (409, "De Nadia")


def test_a_lost_answer_is_asked_again_without_harm(signed_in, commune):
    sheet = draft_sheet(commune)
    same = words(sheet, mark_of(signed_in, commune), title="Un car")

    answers = [signed_in.post(url(sheet), same) for _ in range(2)]

    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [
        (200, sheet.version + 1)
    ] * 2


def test_signed_out_is_said_in_json(client, commune):
    sheet = draft_sheet(commune)

    answer = client.post(url(sheet), words(sheet, "x"))

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")


def test_the_text_of_another_account_is_not_written(client, commune, writer):
    sheet = draft_sheet(commune)
    client.force_login(agent_of(commune))
    mark = mark_of(client, commune)
    client.force_login(writer)

    answer = client.post(url(sheet), words(sheet, mark, title="D’un autre"))

    assert (answer.status_code, Sheet.objects.get().title) == (401, sheet.title)


def test_a_fiche_of_another_collectivity_is_not_found(signed_in, commune):
    sheet = draft_sheet()

    answer = signed_in.post(url(sheet), words(sheet, mark_of(signed_in, commune)))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "broken", [{"version": ""}, {"version": "x"}, {"draft_key": "x"}, {"version": "99999999999999"}]
)
def test_a_broken_ticket_is_refused(signed_in, commune, broken):
    sheet = draft_sheet(commune)

    answer = signed_in.post(url(sheet), words(sheet, mark_of(signed_in, commune)) | broken)

    assert answer.status_code == 400


def test_it_asks_for_the_csrf_token(commune, writer):
    sheet = draft_sheet(commune)
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)

    answer = client.post(url(sheet), words(sheet, mark_of(client, commune)))

    assert answer.status_code == 403


def test_it_is_never_read(signed_in, commune):
    assert signed_in.get(url(draft_sheet(commune))).status_code == 405


@pytest.mark.filterwarnings("ignore")
def test_a_body_beyond_the_limit_is_refused(signed_in, commune):
    sheet = draft_sheet(commune)
    mark = mark_of(signed_in, commune)

    answer = signed_in.post(
        url(sheet),
        "text=" + "x" * 3_000_000 + f"&account={mark}",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("services", [1, 3])
def test_an_autosave_asks_few_queries(signed_in, commune, services, django_assert_num_queries):
    chosen = [ServiceFactory() for _ in range(services)]
    sheet = draft_sheet(commune, services=chosen)
    sent = words(sheet, mark_of(signed_in, commune), services=[one.code for one in chosen], title="Un car")

    with django_assert_num_queries(10):
        signed_in.post(url(sheet), sent)


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_posts_at_once_make_one_fiche():
    commune = CommuneFactory()
    client = Client()
    client.force_login(agent_of(commune))
    first = FULL | {"draft_key": uuid4(), "version": 1, "account": mark_of(client, commune)}
    answers = in_threads([(client.cookies, new_url(commune), first)] * 50)

    assert sorted({code for code, _ in answers}) == [200]
    assert (Sheet.objects.count(), Sheet.objects.get().version) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_lose_no_acknowledged_text():
    commune = CommuneFactory()
    sheet = draft_sheet(commune)
    calls = []
    for name in ("Nadia", "Camille"):
        client = Client()
        client.force_login(agent_of(commune))
        calls.append((client.cookies, url(sheet), words(sheet, mark_of(client, commune), title=name)))

    answers = in_threads(calls)

    kept = [title for code, title in answers if code == 200]
    assert sorted(code for code, _ in answers) == [200, 409]
    assert kept == [Sheet.objects.get().title]


def in_threads(calls):
    """Every post from its own thread, let go at once; (status, title sent) of each."""
    start, answers = threading.Barrier(len(calls)), []

    def post(cookies, where, sent):
        client = Client()
        client.cookies.update(cookies)
        start.wait()
        try:
            answers.append((client.post(where, sent).status_code, sent["title"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
