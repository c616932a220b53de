"""Mails of one candidacy: the receipt, a withdrawal, more time."""

import datetime as dt

import pytest
from django.core import mail

from atlaas.operations.job import run_pending
from labels.models import EditionMailText
from labels.operations.candidacy_mail import send
from labels.operations.extension import grant
from labels.operations.filing import file, withdraw
from labels.queries.clock import now
from tests.factories.atlaas import CommuneFactory, DepartementFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def origin(settings):
    settings.PUBLIC_URL = "https://atlaas.test"


def filed(**facts):
    candidacy = a_complete_candidacy(**facts)
    return file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())


def test_receipt_goes_to_who_filed_and_to_the_service_with_its_pdf():
    town = CommuneFactory(departement=DepartementFactory(code="974"))
    snapshot = filed(collectivity=town)

    run_pending()

    letter = next(one for one in mail.outbox if snapshot.number in one.body)
    assert letter.to == [snapshot.by.email, "mairie@exemple.test"]
    wanted = (
        "(heure de Paris)",
        "(heure locale)",
        f"https://atlaas.test/espace/{town.code}/candidature/2030/recu/1/",
    )
    assert [one for one in wanted if one not in letter.body] == []
    [(name, content, nature)] = letter.attachments
    assert (name, nature, content[:5]) == ("accuse-de-depot-2030-00001.pdf", "application/pdf", b"%PDF-")
    assert "émonstration" not in letter.subject


def test_receipt_of_a_demo_says_so():
    snapshot = filed(edition=open_edition(is_demo=True))

    send(f"receipt:{snapshot.pk}")

    assert mail.outbox[0].subject.startswith("Démonstration\u00a0: ")
    assert mail.outbox[0].body.startswith("Démonstration\n")


def test_receipt_in_the_words_of_the_edition():
    snapshot = filed()
    EditionMailText.objects.create(
        edition=snapshot.candidacy.edition, kind="receipt", subject="Bien reçu", body="Merci à tous."
    )

    send(f"receipt:{snapshot.pk}")

    assert (mail.outbox[0].subject, mail.outbox[0].body) == ("Bien reçu", "Merci à tous.\n")


def test_withdrawal_is_told_to_those_who_may_file():
    snapshot = filed()
    candidacy = snapshot.candidacy
    other = agent_of(candidacy.collectivity)
    agent_of(candidacy.collectivity, "contributeur")
    withdraw(candidacy, by=snapshot.by, arrived_at=now())

    send(f"withdrawn:{candidacy.steps.get(step='withdraw').pk}")

    assert mail.outbox[0].to == [snapshot.by.email, other.email, "mairie@exemple.test"]


def test_extension_is_told_on_both_clocks():
    closed = open_edition(closes_at=now() - dt.timedelta(days=1))
    town = CommuneFactory(departement=DepartementFactory(code="988"))
    candidacy = a_complete_candidacy(town, edition=closed)
    until = now() + dt.timedelta(days=1)
    extension = grant(candidacy, until, "Panne de la fibre.", UserFactory(is_organiser=True))

    send(f"extension:{extension.pk}")

    assert "(heure locale)" in mail.outbox[0].body


def test_mail_that_nobody_reads_is_not_sent():
    snapshot = filed(contact_email="")
    type(snapshot.by).objects.update(is_active=False)

    send(f"receipt:{snapshot.pk}")

    assert mail.outbox == []
