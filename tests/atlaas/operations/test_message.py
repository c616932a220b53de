import pytest
from django.core import signing

from atlaas.choices import NoticeKind
from atlaas.models import Notice
from atlaas.operations.message import choose, mark_read, silence, speak
from atlaas.operations.notice import tell
from atlaas.queries.message import SALT, is_stopped, read_stop_token, silenced, stop_token
from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db


def test_a_fact_is_told_once_to_people_with_open_accounts():
    user, closed = UserFactory(), UserFactory(is_active=False)

    for _ in range(2):
        tell([user, user, closed], NoticeKind.SHEET, key="k", title="x" * 300)

    assert list(Notice.objects.values_list("user", "title")) == [(user.pk, "x" * 200)]


def test_one_reads_ones_own_messages_only():
    user, other = UserFactory(), UserFactory()
    for key in ("a", "b"):
        tell([user, other], NoticeKind.SHEET, key=key, title="Une nouvelle")
    foreign = other.notices.first()

    assert mark_read(user, pk=foreign.pk) == 0
    assert mark_read(user, pk=user.notices.first().pk) == 1
    assert mark_read(user) == 1
    assert other.notices.filter(read_at=None).count() == 2


def test_types_are_stopped_and_taken_again():
    user = UserFactory()

    for _ in range(2):
        silence(user, kinds=[NoticeKind.SHEET, NoticeKind.TEAM])
    speak(user, kinds=[NoticeKind.TEAM])

    assert silenced(user) == {"fiche"}
    assert (is_stopped(user, ["fiche"]), is_stopped(user, ["fiche", "equipe"])) == (True, False)


def test_choosing_keeps_what_is_wanted():
    user = UserFactory()
    silence(user, kinds=[NoticeKind.TEAM])

    choose(user, wanted=["equipe", "action"])

    assert silenced(user) == {"candidature", "fiche", "inspiration", "recherche"}


def test_links_say_whom_and_what():
    user = UserFactory()

    assert read_stop_token(stop_token(user, "fiche")) == (user, "fiche")
    assert read_stop_token(stop_token(user, "tout")) == (user, "tout")


@pytest.mark.parametrize("token", ["", "abc", "é:é:é", "a:b:c"])
def test_garbled_links_say_nothing(token):
    assert read_stop_token(token) is None


@pytest.mark.parametrize(
    ("facts", "salt"), [([1, "fiche"], "autre"), ([10**9, "fiche"], SALT), (["mine", "autre"], SALT)]
)
def test_links_that_were_not_made_here_say_nothing(facts, salt):
    mine = UserFactory().pk

    token = signing.dumps([mine if one == "mine" else one for one in facts], salt=salt)

    assert read_stop_token(token) is None
