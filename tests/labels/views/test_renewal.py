from datetime import timedelta

import pytest
from django.utils import timezone

from atlaas.models import Revision, Sheet
from atlaas.operations.sheet import confirm, save
from labels.queries.renewal import renewal_board
from labels.rules.renewal import window_of
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.renewal import LONG_BEFORE, past_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CommuneFactory(code="59512", name="Roubaix")


@pytest.fixture
def signed_in(client, town):
    client.force_login(agent_of(town, "valideur"))
    return client


PATH = "/espace/59512/reconduction/"


def send(client, town, answers=None, follow=False, **more):
    """Post answers, by fiche, as the page would: with what was read of every fiche that waits."""
    today = timezone.localdate()
    board = renewal_board(town, window_of(today.year), today)
    read = " ".join(line.token for line in board.waiting)
    chosen = {f"reponse-{sheet.pk}": choice for sheet, choice in (answers or {}).items()}
    return client.post(PATH, {"lues": read, **chosen, **more}, follow=follow)


def text_of(answer):
    return " ".join(
        answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ").split()
    )


def test_page_lists_what_waits(signed_in, town):
    past_sheets(2, town)

    text = text_of(signed_in.get(PATH))

    assert "<strong>0 sur 2</strong>" in text
    assert "2 fiches attendent une réponse" in text
    assert text.count('role="radiogroup"') == 2


def test_answers_are_saved_and_progress_follows(signed_in, town):
    one, _other = past_sheets(2, town)

    text = text_of(send(signed_in, town, {one: "en-cours"}, follow=True))

    assert "1 fiche a sa réponse : c’est enregistré." in text
    assert "<strong>1 sur 2</strong>" in text
    assert Revision.objects.filter(kind="confirmation").count() == 1


def test_everything_left_is_said_running_at_once(signed_in, town):
    sheets = past_sheets(3, town)
    past_sheets(1, town, at=LONG_BEFORE, title="À relire")

    send(signed_in, town, {sheets[0]: "a-retirer"}, toutes="oui")

    assert Revision.objects.filter(kind="confirmation").count() == 2
    assert Sheet.objects.filter(state="archived").count() == 1


def test_an_old_fiche_is_taken_once_read_again(signed_in, town):
    (sheet,) = past_sheets(1, town, at=LONG_BEFORE)

    unread = send(signed_in, town, {sheet: "en-cours"})
    read = send(signed_in, town, {sheet: "en-cours"}, **{f"relue-{sheet.pk}": "oui"})

    assert (unread.status_code, read.status_code) == (422, 302)
    assert "Relisez la fiche et cochez « relue », ou dites ce qui a changé." in text_of(unread)


def test_an_end_without_date_is_asked_and_the_rest_is_saved(signed_in, town):
    one, other = past_sheets(2, town)

    answer = send(signed_in, town, {one: "terminee", other: "en-cours"})

    assert answer.status_code == 422
    assert "1 réponse enregistrée. 1 fiche demande encore quelque chose" in text_of(answer)
    assert Revision.objects.filter(kind="confirmation").count() == 1


def test_an_end_is_saved(signed_in, town):
    (sheet,) = past_sheets(1, town)
    yesterday = timezone.localdate() - timedelta(days=1)

    send(signed_in, town, {sheet: "terminee"}, **{f"fin-{sheet.pk}": yesterday.isoformat()})

    assert Sheet.objects.get().ended_on == yesterday


def test_modified_opens_the_editor_and_is_remembered(signed_in, town):
    one, other = past_sheets(2, town)

    answer = send(signed_in, town, {one: "modifiee", other: "en-cours"}, ouvrir=str(one.pk))

    assert answer["Location"] == f"/espace/59512/fiches/{one.pk}/?retour={PATH}"
    assert Revision.objects.filter(kind="confirmation").count() == 1
    assert 'value="modifiee" checked' in text_of(signed_in.get(PATH))


def test_what_a_colleague_changed_is_409_and_left(signed_in, town):
    (sheet,) = past_sheets(1, town)
    read = f"{sheet.pk}:1.1"
    save(sheet, by=agent_of(town), version=1, facts={"title": "Autre titre"})

    answer = signed_in.post(PATH, {"lues": read, f"reponse-{sheet.pk}": "a-retirer"})

    assert answer.status_code == 409
    assert "Cette fiche a changé depuis que vous l’avez lue" in text_of(answer)
    assert Sheet.objects.get().state == "published"


def test_sent_twice_is_written_once(signed_in, town):
    (sheet,) = past_sheets(1, town)
    data = {"lues": f"{sheet.pk}:1.1", f"reponse-{sheet.pk}": "en-cours"}

    answers = [signed_in.post(PATH, data).status_code for _ in range(2)]

    assert (answers, Revision.objects.count()) == ([302, 302], 2)


def test_a_contributeur_reads_and_does_not_answer(client, town):
    (sheet,) = past_sheets(1, town)
    client.force_login(agent_of(town, "contributeur"))

    text = text_of(client.get(PATH))
    answer = send(client, town, {sheet: "en-cours"})

    assert "Seul un valideur ou un responsable" in text
    assert 'role="radiogroup"' not in text
    assert (answer.status_code, Revision.objects.count()) == (403, 1)


def test_people_of_another_collectivite_get_404(client, town):
    (sheet,) = past_sheets(1, town)
    client.force_login(agent_of(CommuneFactory()))

    assert (client.get(PATH).status_code, send(client, town, {sheet: "a-retirer"}).status_code) == (404, 404)
    client.force_login(UserFactory(is_organiser=True))
    assert client.get(PATH).status_code == 404


def test_visitors_are_asked_to_sign_in(client, town):
    assert client.get(PATH)["Location"].startswith("/connexion/")


@pytest.mark.parametrize("read", ["", "n’importe quoi", "00000000-0000-0000-0000-000000000000", "x" * 5000])
def test_an_incomplete_form_is_told(signed_in, town, read):
    past_sheets(1, town)

    answer = signed_in.post(PATH, {"lues": read})

    assert answer.status_code == 422
    assert "Le formulaire reçu est incomplet" in text_of(answer)


def test_nothing_chosen_changes_nothing(signed_in, town):
    past_sheets(1, town)

    assert "Aucune réponse n’était choisie : rien n’a changé." in text_of(send(signed_in, town, follow=True))


def test_all_done_and_nothing_to_do_say_so(signed_in, town):
    nothing = text_of(signed_in.get(PATH))
    (sheet,) = past_sheets(1, town)
    confirm(sheet, by=agent_of(town))

    done = text_of(signed_in.get(PATH))

    assert ("Aucune fiche à reconduire." in nothing, "Tout est fait pour cette année." in done) == (
        True,
        True,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries(signed_in, town, count, django_assert_num_queries):
    past_sheets(count, town)

    with django_assert_num_queries(PAGE_QUERIES):
        signed_in.get(PATH)


PAGE_QUERIES = 7
