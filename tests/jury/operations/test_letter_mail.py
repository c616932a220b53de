"""Each address gets its letter at most once, whatever the mail server or the worker does."""

import io
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from atlaas.models import Job
from atlaas.operations.job import run_pending
from jury.models import LetterCopy
from jury.operations.letter import mail_again, send
from jury.operations.letter_mail import send as send_mails
from tests.factories.atlaas import agent_of
from tests.factories.letter import Case, words_of_pdf

pytestmark = pytest.mark.django_db


class Dying(locmem.EmailBackend):
    """The mail leaves, and the connection is lost before the server says so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SMTPServerDisconnected


class Closed(locmem.EmailBackend):
    """No server answers."""

    def open(self):
        raise ConnectionRefusedError


class Killed(locmem.EmailBackend):
    """The worker dies while the mail leaves."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


@pytest.fixture
def case(settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    case = Case()
    case.ready()
    return case


def backend(settings, name):
    settings.EMAIL_BACKEND = f"tests.jury.operations.test_letter_mail.{name}"


def copies():
    return [
        (one.taken_at is not None, one.handed_at is not None) for one in LetterCopy.objects.order_by("email")
    ]


def test_a_refused_address_waits_and_holds_back_nobody(case, settings):
    agent_of(case.town, email="refusee@exemple.test")
    settings.EMAIL_BACKEND = "tests.fussy_mail.Fussy"
    send(case.edition, by=case.organiser)

    run_pending()

    assert [message.to for message in mail.outbox] == [[case.agent.email]]
    assert copies() == [(True, True), (False, False)]
    job = Job.objects.get(kind="letter-mails")
    assert (job.state, job.error) == ("running", "NotSent: 1 of 2 addresses are left to mail")


def test_a_server_that_does_not_answer_takes_nothing_and_another_try_sends(case, settings):
    backend(settings, "Closed")
    send(case.edition, by=case.organiser)
    run_pending()
    assert (copies(), len(mail.outbox)) == ([(False, False)], 0)
    Job.objects.filter(kind="letter-mails").update(
        state="failed", lease_until=None, finished_at="2030-01-01T00:00Z"
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    mail_again(case.edition, by=case.organiser)
    run_pending()

    assert (copies(), len(mail.outbox)) == ([(True, True)], 1)


@pytest.mark.parametrize("name", ["Dying", "Killed"])
def test_a_mail_that_may_have_left_is_not_sent_again(case, settings, name):
    backend(settings, name)
    send(case.edition, by=case.organiser)

    try:
        send_mails("2030")
    except SystemExit:
        assert name == "Killed"
    send_mails("2030")

    assert (copies(), len(mail.outbox)) == ([(True, False)], 1)


def test_the_mail_carries_the_letter_as_it_was_sent(case):
    send(case.edition, by=case.organiser)

    run_pending()

    ((name, content, nature),) = mail.outbox[0].attachments
    assert (name, nature) == (f"lettre-du-jury-2030-{case.town.code}.pdf", "application/pdf")
    text = words_of_pdf(io.BytesIO(content))
    assert ["3\u00a0arobases sur\u00a05" in text, "Projet" in text] == [True, False]
    told = mail.outbox[0].body + mail.outbox[0].alternatives[0].content
    assert [one for one in ("arobase", "3\u00a0@") if one in told] == []


def test_a_demo_says_so(settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    case = Case()
    type(case.edition).objects.filter(pk=case.edition.pk).update(is_demo=True)
    case.edition.refresh_from_db()
    case.ready()
    send(case.edition, by=case.organiser)

    run_pending()

    (message,) = mail.outbox
    assert message.subject == f"Démonstration\u00a0: la lettre du jury 2030 à {case.town.name}"
    assert "cette lettre sont inventées" in words_of_pdf(io.BytesIO(message.attachments[0].content))
