"""The receipt: page and PDF, read from the snapshot alone."""

import hashlib
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labels.operations.filing import correct, file, withdraw
from labels.queries.clock import now
from tests.factories.atlaas import CommuneFactory, DepartementFactory, UserFactory
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *gras* $x$ `brut` [#sys] <script>alert(1)</script> // \\u{41} @renvoi'


def filed(**facts):
    candidacy = a_complete_candidacy(**facts)
    return file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())


def address(snapshot, name="receipt"):
    candidacy = snapshot.candidacy
    return reverse(name, args=[candidacy.collectivity.code, candidacy.edition.year, snapshot.rank])


def page(client, snapshot):
    client.force_login(publisher_of(snapshot.candidacy.collectivity))
    return client.get(address(snapshot)).content.decode()


def test_receipt_tells_number_hash_fiches_and_both_clocks(client):
    town = CommuneFactory(departement=DepartementFactory(code="972"))
    snapshot = filed(collectivity=town)

    told = page(client, snapshot)

    wanted = (snapshot.number, snapshot.sha256, "Une action n° 0", "(heure de Paris)", "(heure locale)")
    assert [one for one in wanted if one not in told] == []
    assert "celui que le jury lira" in told
    assert "émonstration" not in told


def test_receipt_reads_the_snapshot_and_not_what_lives_on(client):
    snapshot = filed()
    town = snapshot.candidacy.collectivity
    type(town).objects.filter(pk=town.pk).update(name="Renommée")

    told = page(client, snapshot)

    assert f'<p class="lead">{town.name}, ville</p>' in told


def test_receipt_of_a_demo_says_so(client):
    snapshot = filed(edition=open_edition(is_demo=True))

    assert "Démonstration\u00a0: ce document ne prouve rien" in page(client, snapshot)


def test_receipt_replaced_leads_to_the_one_that_counts(client):
    first = filed()
    by = publisher_of(first.candidacy.collectivity)
    correct(first.candidacy, by=by, arrived_at=now())
    assert "jusqu’au suivant" in page(client, first)
    second = file(first.candidacy, by=by, arrived_at=now())

    told = page(client, first)

    assert f'href="{address(second)}"' in told


def test_receipt_of_a_withdrawn_candidacy_says_so(client):
    snapshot = filed()
    withdraw(snapshot.candidacy, by=publisher_of(snapshot.candidacy.collectivity), arrived_at=now())

    assert "a été retirée après ce dépôt" in page(client, snapshot)


@pytest.mark.parametrize("name", ["receipt", "receipt-pdf", "receipt-json"])
def test_receipt_of_another_collectivite_does_not_exist(client, name):
    snapshot = filed()
    client.force_login(UserFactory())

    assert client.get(address(snapshot, name)).status_code == 404


@pytest.mark.parametrize("name", ["receipt", "receipt-pdf", "receipt-json"])
def test_receipt_asks_to_sign_in(client, name):
    assert client.get(address(filed(), name)).status_code == 302


def test_receipt_that_was_never_given_does_not_exist(client):
    snapshot = filed()
    client.force_login(publisher_of(snapshot.candidacy.collectivity))

    assert client.get(address(snapshot).replace("/recu/1/", "/recu/2/")).status_code == 404


@pytest.mark.parametrize("sheets", [1, 3])
def test_receipt_asks_six_queries(client, sheets):
    snapshot = filed(sheets=sheets)
    client.force_login(publisher_of(snapshot.candidacy.collectivity))

    with CaptureQueriesContext(connection) as captured:
        client.get(address(snapshot))

    assert len(captured) == 6


def test_pdf_is_tagged_titled_and_the_same_each_time(client):
    snapshot = filed(edition=open_edition(is_demo=True))
    client.force_login(publisher_of(snapshot.candidacy.collectivity))

    first, second = (client.get(address(snapshot, "receipt-pdf")) for _ in range(2))

    assert first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Content-Disposition"] == 'attachment; filename="accuse-de-depot-2030-00001.pdf"'
    assert first.content == second.content
    with pikepdf.open(io.BytesIO(first.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"
        assert str(document.docinfo["/Title"]).startswith("Accusé de dépôt 2030-00001 – ")


def test_pdf_shows_what_people_wrote_as_text(client):
    town = CommuneFactory(name=HOSTILE)
    snapshot = filed(collectivity=town, mayor_word=HOSTILE)
    client.force_login(publisher_of(town))

    response = client.get(address(snapshot, "receipt-pdf"))

    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert HOSTILE in str(document.docinfo["/Title"])
    assert HOSTILE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") in page(client, snapshot)


def test_anyone_who_holds_the_file_computes_the_same_hash(client):
    snapshot = filed()
    client.force_login(publisher_of(snapshot.candidacy.collectivity))

    answer = client.get(address(snapshot, "receipt-json"))

    assert hashlib.sha256(answer.content).hexdigest() == snapshot.sha256
    assert answer.headers["Content-Disposition"] == f'attachment; filename="depot-{snapshot.number}.json"'
    assert address(snapshot, "receipt-json") in page(client, snapshot)
