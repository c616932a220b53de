"""Two people send, settle or prepare at once, and workers are killed in between, on the real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from atlaas.models import Job
from atlaas.operations import job
from atlaas.operations.job import run_pending
from atlaas.rules.refusal import Refused
from jury.choices import SettledAs
from jury.models import Letter, LetterCopy, RemarkSettlement
from jury.operations.letter import BATCH, make, prepare, send, settle
from jury.operations.letter_mail import send as send_mails
from tests.factories.letter import Case
from tests.factories.recusal import judged

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    return Case()


def at_once(*acts):
    """Do all of these at the same moment, each on its own connection; answers what each returned or raised."""
    barrier = Barrier(len(acts))

    def one(act):
        barrier.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_sends_at_once_send_once(case):
    case.ready()

    answers = at_once(*[lambda: send(case.edition, by=case.organiser)] * 2)

    assert sorted(str(one) for one in answers) == [
        "1",
        "Aucune lettre n’attend : elles sont parties, ou personne n’a déposé.",
    ]
    assert (LetterCopy.objects.count(), Job.objects.filter(kind="letter-mails").count()) == (1, 1)


def test_two_workers_at_once_mail_each_address_once(case):
    rows = [case.candidacy, *(judged(case.edition) for _ in range(4))]
    for one in rows:
        type(one).objects.filter(pk=one.pk).update(
            contact_email=f"mairie-{one.collectivity.code}@exemple.test"
        )
    for one in rows:
        case.award(one)
    case.publish()
    case.prepare()
    send(case.edition, by=case.organiser)

    at_once(*[lambda: send_mails("2030")] * 2)

    told = [message.to[0] for message in mail.outbox]
    assert (len(told), len(set(told))) == (6, 6)
    assert LetterCopy.objects.filter(handed_at=None).count() == 0


def test_a_settlement_and_a_sending_at_once_leave_a_letter_that_tells_what_was_settled(case):
    enjeu = case.contradict()
    settle(case.candidacy, enjeu, SettledAs.NEITHER, by=case.organiser)
    case.ready()

    at_once(
        lambda: send(case.edition, by=case.organiser),
        lambda: settle(case.candidacy, enjeu, SettledAs.STRENGTH, by=case.organiser),
    )

    letter = Letter.objects.get()
    assert letter.sent_at is not None
    assert (enjeu.name in letter.document) == (RemarkSettlement.objects.get().kind == "strength")


def test_two_workers_prepare_at_once_and_each_letter_is_made_once(case):
    for _ in range(5):
        judged(case.edition)

    at_once(*[lambda: make("2030")] * 2)

    assert Letter.objects.count() == 6


def test_a_preparation_that_was_killed_goes_on_where_it_stopped(case):
    for _ in range(BATCH):
        judged(case.edition)
    prepare(case.edition, by=case.organiser)
    taken = job.claim()
    Job.objects.filter(pk=taken.pk).update(attempts=3)  # another worker took it over
    job._run(taken)
    assert Letter.objects.count() == 0
    Job.objects.filter(pk=taken.pk).update(state="pending", lease_until=None, attempts=1)

    run_pending()

    assert (Letter.objects.count(), Job.objects.get().progress, Job.objects.get().state) == (
        BATCH + 1,
        BATCH + 1,
        "done",
    )
