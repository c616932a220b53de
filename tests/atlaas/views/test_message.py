import pytest
from django.test import Client

from atlaas.choices import NoticeKind
from atlaas.operations.notice import tell
from atlaas.queries.message import silenced, stop_token
from tests.factories.atlaas import CommuneFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.mark.parametrize("total", [1, 3])
def test_messages_take_six_queries(client, user, django_assert_num_queries, total):
    for number in range(total):
        tell([user], NoticeKind.SHEET, key=str(number), title="Une nouvelle", collectivity=CommuneFactory())

    with django_assert_num_queries(6):
        answer = client.get("/espace/messages/")

    assert (len(answer.context["page"]), answer.context["unread"]) == (total, total)


def test_messages_are_ones_own(client, user):
    tell([UserFactory()], NoticeKind.SHEET, key="k", title="Une nouvelle")

    assert list(client.get("/espace/messages/").context["page"]) == []


def test_hostile_text_is_escaped(client, user):
    tell(
        [user],
        NoticeKind.SHEET,
        key="k",
        title="<script>x</script>",
        body="<img src=x onerror=y>",
        url="/espace/",
    )

    page = client.get("/espace/messages/").content.decode()

    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_reading_one_then_all(client, user):
    for key in "abc":
        tell([user], NoticeKind.SHEET, key=key, title="Une nouvelle")

    client.post("/espace/messages/lus/", {"message": user.notices.first().pk})
    assert user.notices.filter(read_at=None).count() == 2
    client.post("/espace/messages/lus/")
    assert user.notices.filter(read_at=None).count() == 0


@pytest.mark.parametrize("key", ["x", "-1", "1;2", "²"])
def test_reading_an_odd_key_is_404(client, user, key):
    assert client.post("/espace/messages/lus/", {"message": key}).status_code == 404


def test_choices_are_kept(client, user):
    client.post("/espace/messages/choix/", {"wanted": ["action", "fiche"]})

    assert silenced(user) == {"candidature", "equipe", "inspiration", "recherche"}
    assert client.post("/espace/messages/choix/", {"wanted": ["autre"]}).status_code == 404


def test_opening_the_link_of_a_mail_stops_nothing():
    user = UserFactory()

    answer = Client().get(f"/courriels/arret/{stop_token(user, 'fiche')}/")

    assert "Ne plus recevoir" in answer.content.decode()
    assert silenced(user) == set()


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("fiche", {"fiche"}),
        ("action", {"action"}),
        ("tout", {"candidature", "equipe", "fiche", "inspiration", "recherche"}),
    ],
)
def test_one_click_stops_and_another_takes_it_again(choice, expected):
    """Mail programs post without a cookie nor a token of ours (RFC 8058)."""
    user, client = UserFactory(), Client(enforce_csrf_checks=True)
    address = f"/courriels/arret/{stop_token(user, choice)}/"

    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, silenced(user)) == (200, expected)
    assert "C’est arrêté" in answer.content.decode()

    assert "C’est repris" in client.post(address, {"undo": "1"}).content.decode()
    assert silenced(user) == set()


@pytest.mark.parametrize("token", ["abc", "a:b:c"])
def test_an_unreadable_link_says_what_to_do(token):
    answer = Client().post(f"/courriels/arret/{token}/")

    assert answer.status_code == 404
    assert "Aller à mes messages" in answer.content.decode()
