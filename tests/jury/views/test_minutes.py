"""What the minutes give to a member who is tied to a dossier cannot be told from what they give to one who is tied to nothing."""

import io
import json
import re

import pytest

from jury.models import Entry
from jury.operations.minutes import correct, sign
from jury.queries.minutes import read_minutes
from labels.models import Edition
from tests.conftest import SecondFactorClient
from tests.factories.atlaas import UserFactory
from tests.factories.letter import words_of_pdf
from tests.factories.sitting import Room, a_decision

pytestmark = pytest.mark.django_db
PLACE = "/jury/2030/pv/"


def signed_in(user):
    client = SecondFactorClient()
    client.force_login(user)
    return client


@pytest.fixture
def room():
    """`members[0]` is tied to the last dossier, `members[1]` to nothing."""
    room = Room(members=2, dossiers=3)
    room.tie(room.members[0], 2)
    room.open()
    for rank in range(3):
        room.judge(rank)
    room.close()
    return room


def signed(room):
    user = room.president.user
    sign(room.edition, read=read_minutes(room.sitting, user).sha256, by=user)


def correct_the_hidden_one(room):
    item = room.item(2)
    told = a_decision(4, votes=(3, 0, 0), reason="Erreur de saisie")
    correct(item, told, version=item.version, by=room.president.user)


def shape(value):
    """Keys and kinds of a JSON value, lists by what they hold."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(one), sort_keys=True) for one in value})
    return type(value).__name__


def masked(page):
    """A page without its dossiers, how many they are, and what differs from one session to the next."""
    page = re.sub(r'<ol class="plain stack">.*?</ol>', "", page, flags=re.DOTALL)
    page = re.sub(r"\d+\u00a0dossiers?", "N dossiers", page)
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r'data-account="[^"]*"', "", page)
    return re.sub(r'nonce="[^"]*"|hx-headers=\'[^\']*\'', "", page)


@pytest.mark.parametrize("state", ["closed", "signed", "corrected"])
def test_a_member_who_is_tied_gets_the_same_kind_of_thing(room, state):
    if state != "closed":
        signed(room)
    if state == "corrected":
        correct_the_hidden_one(room)
    tied, free = (signed_in(one.user) for one in room.members)

    documents = [one.get(f"{PLACE}pv.json").json() for one in (tied, free)]
    pages = [one.get(PLACE).text for one in (tied, free)]

    assert [len(one["points"]) for one in documents] == [2, 3]
    kinds = [set(one) for one in documents]
    assert kinds[0] == kinds[1]
    assert "journal" not in kinds[0]
    assert {json.dumps(shape(one), sort_keys=True) for one in documents[0]["points"]} <= {
        json.dumps(shape(one), sort_keys=True) for one in documents[1]["points"]
    }
    assert [one["rank"] for one in documents[0]["points"]] == [1, 2]
    names = [one.user.email for one in room.members]
    if state != "corrected":
        assert masked(pages[0]).replace(names[0], "") == masked(pages[1]).replace(names[1], "")
    assert [re.findall(r"\b[0-9a-f]{64}\b", page) for page in pages] == [[], []]


def test_a_signature_stands_before_who_may_not_know_of_what_was_corrected(room):
    """Corrected since: to be signed again for who sees the correction, nothing happened for who does not."""
    signed(room)
    correct_the_hidden_one(room)

    told = [read_minutes(room.sitting, one.user) for one in room.members]

    assert [len(one.signatures) for one in told] == [1, 0]


def test_a_correction_of_what_may_be_seen_is_seen_by_both(room):
    signed(room)
    item = room.item(0)
    told = a_decision(4, votes=(4, 0, 0), reason="Erreur de saisie")
    correct(item, told, version=item.version, by=room.president.user)

    read = [read_minutes(room.sitting, one.user) for one in room.members]

    assert [len(one.signatures) for one in read] == [0, 0]


def test_no_digest_is_printed_for_a_member_and_the_association_gets_it(room):
    signed(room)
    organiser = signed_in(UserFactory(is_organiser=True))
    tied, free = (signed_in(one.user) for one in room.members)

    pdfs = [
        words(tied.get(f"{PLACE}pv.pdf")),
        words(free.get(f"{PLACE}pv.pdf")),
        words(organiser.get("/organisation/2030/jury/pv/")),
    ]

    digest = json.loads(Entry.objects.get(kind="signed").document)["facts"]["sha256"]
    assert [digest in one for one in pdfs] == [False, False, True]
    assert ["exemplaire de l’association" in one for one in pdfs] == [True, True, False]


def words(answer):
    """The text of a PDF, each gap one space."""
    return " ".join(words_of_pdf(io.BytesIO(answer.content)).split())


def test_everybody_gets_the_whole_text_once_the_palmares_is_public(room):
    signed(room)
    Edition.objects.filter(pk=room.edition.pk).update(published_at=room.sitting.closed_at)

    read = [read_minutes(room.sitting, one.user) for one in room.members]

    assert [(one.is_whole, len(one.document["points"])) for one in read] == [(True, 3)] * 2
    assert read[0].sha256 == read[1].sha256
    assert "journal" in read[0].document


def test_the_association_reads_on_once_the_deputy_signed_what_they_corrected():
    """The president is tied to it: nothing changed before their eyes, and they have nothing to sign again."""
    room = Room()
    room.tie(room.president, 1)
    room.open()
    room.judge(0)
    room.judge(1, by=room.deputy)
    room.close()
    organiser = signed_in(UserFactory(is_organiser=True))
    place = "/organisation/2030/jury/pv/"
    signed(room)
    assert organiser.get(place).status_code == 200
    item = room.item(1)
    told = a_decision(4, votes=(2, 0, 0), reason="Erreur")
    correct(item, told, version=item.version, by=room.deputy.user)
    assert organiser.get(place).status_code == 404
    assert "Signer ce procès-verbal" not in signed_in(room.president.user).get(PLACE).text

    sign(room.edition, read=read_minutes(room.sitting, room.deputy.user).sha256, by=room.deputy.user)

    assert organiser.get(place).status_code == 200
