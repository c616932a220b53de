import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from atlaas.models import Job
from atlaas.operations.job import run_pending
from atlaas.rules.invitation import fingerprint
from atlaas.rules.refusal import Refused
from jury.models import Juror
from jury.operations.invitation import accept, invite
from jury.operations.juror import Facts, add, remove
from jury.queries.juror import secret_of
from tests.factories.atlaas import UserFactory
from tests.factories.jury import a_juror
from tests.factories.recusal import close_sitting, closed_edition

pytestmark = pytest.mark.django_db
ADDRESS = "ada@exemple.test"


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


@pytest.fixture
def sent(edition, organiser):
    return invite(add(edition, Facts("Ada Exemple"), ADDRESS, by=organiser), by=organiser)


def test_only_the_fingerprint_of_the_secret_is_stored(sent):
    stored = Juror.objects.values().get()

    assert stored["secret_hash"] == fingerprint(secret_of(sent))
    assert secret_of(sent) not in map(str, stored.values())
    assert secret_of(Juror.objects.get()) == secret_of(sent)


def test_the_secret_is_in_the_mail_alone(sent, settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    assert list(Job.objects.values_list("kind", "key")) == [("juror-invitation-mail", str(sent.pk))]

    run_pending()

    (message,) = mail.outbox
    link = f"https://atlaas.exemple.test/jury/invitation/{secret_of(sent)}/"
    assert (message.to, message.subject) == ([ADDRESS], "Votre place au jury 2030 du label")
    assert (link in message.body, link in message.alternatives[0].content) == (True, True)
    assert Job.objects.get().state == "done"


def test_a_mail_is_not_sent_to_who_came_or_left(sent, organiser, settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    accept(secret_of(sent), by=UserFactory(email=ADDRESS))

    run_pending()

    assert mail.outbox == []


@pytest.mark.parametrize("who", ["nobody", "juror"])
def test_only_organisers_invite(edition, sent, who):
    by = UserFactory() if who == "nobody" else a_juror(edition).user

    with pytest.raises(Refused, match="Seule l’équipe"):
        invite(sent, by=by)


def test_sending_again_closes_the_former_link(sent, organiser):
    old = secret_of(sent)

    again = invite(sent, by=organiser)

    assert secret_of(again) != old
    with pytest.raises(Refused, match="n’ouvre aucune invitation"):
        accept(old, by=UserFactory(email=ADDRESS))


def test_the_person_invited_takes_the_seat_once(sent):
    user = UserFactory(email=ADDRESS)

    first, second = accept(secret_of(sent), by=user), accept(secret_of(sent), by=user)

    assert (first.user, second.pk, second.declared_at) == (user, first.pk, None)
    assert first.joined_at == second.joined_at


def test_another_person_does_not(sent):
    with pytest.raises(Refused, match=rf"est pour {ADDRESS}"):
        accept(secret_of(sent), by=UserFactory())

    accept(secret_of(sent), by=UserFactory(email=ADDRESS))
    with pytest.raises(Refused, match="déjà servi"):
        accept(secret_of(sent), by=UserFactory())


def test_a_person_has_one_seat(edition, sent):
    user = a_juror(edition).user
    user.email = ADDRESS
    user.save()

    with pytest.raises(Refused, match="Vous siégez déjà"):
        accept(secret_of(sent), by=user)


def test_the_link_expires_with_the_sitting(edition, sent, organiser):
    close_sitting(edition)

    with pytest.raises(Refused, match="close"):
        accept(secret_of(sent), by=UserFactory(email=ADDRESS))
    with pytest.raises(Refused, match="close"):
        invite(sent, by=organiser)


def test_the_link_of_who_was_taken_out_opens_nothing(edition, organiser):
    seat = a_juror(edition, user=None, email=ADDRESS, joined_at=None, declared_at=None)
    secret = secret_of(invite(seat, by=organiser))
    Juror.objects.filter(pk=seat.pk).update(left_at=timezone.now())

    with pytest.raises(Refused, match="retirée"):
        accept(secret, by=UserFactory(email=ADDRESS))
    with pytest.raises(Refused, match="a quitté"):
        invite(seat, by=organiser)


def test_a_seat_taken_out_has_no_link(sent, organiser):
    secret = secret_of(sent)
    remove(sent, by=organiser)

    with pytest.raises(Refused, match="n’ouvre aucune"):
        accept(secret, by=UserFactory(email=ADDRESS))


def test_who_came_is_not_invited_again(edition, organiser):
    with pytest.raises(Refused, match="déjà arrivée"):
        invite(a_juror(edition), by=organiser)


@pytest.mark.parametrize("secret", ["", "0" * 64, "é", "' OR 1=1"])
def test_unknown_secrets_open_nothing(sent, secret):
    with pytest.raises(Refused, match="n’ouvre aucune"):
        accept(secret, by=UserFactory())


@pytest.mark.django_db(transaction=True)
def test_accepting_twice_at_once_takes_one_seat():
    organiser, user = UserFactory(is_organiser=True), UserFactory(email=ADDRESS)
    sent = invite(add(closed_edition(), Facts("Ada"), ADDRESS, by=organiser), by=organiser)

    def run():
        with contextlib.closing(connection):
            return accept(secret_of(sent), by=user).joined_at

    with ThreadPoolExecutor(4) as pool:
        times = {future.result(timeout=30) for future in [pool.submit(run) for _ in range(4)]}

    assert len(times) == 1
