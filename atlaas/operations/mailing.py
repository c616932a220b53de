"""Mails of the outbox: what asks for an action at once, all the rest once a day, invitations.

Each person is one transaction of their own: rows are locked, the mail is handed to the mail server, the rows are marked. A
person whose mail fails keeps their rows for the next try, and holds back nobody. A worker killed between the
server's « accepted » and the commit sends that one mail a second time; no mail is lost.
"""

import datetime as dt
import logging
from collections.abc import Callable
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.choices import NoticeKind
from atlaas.models import Invitation, Notice, User
from atlaas.operations.job import commits_as_it_goes, request
from atlaas.operations.mail_text import Mail, digest_mail, invitation_mail, urgent_mail
from atlaas.queries.message import people_to_alert, people_to_digest, silenced, to_mail
from atlaas.rules.mailing import digest_closes_at, is_dropped

logger = logging.getLogger(__name__)

BATCH = 200  # people of one run: well inside the lease of a job


class NotSent(Exception):
    """Some mails did not leave; their rows wait and the job is tried again."""


@commits_as_it_goes
def send_urgent(key: str) -> None:
    """At most one mail a person with all that asks for an action, but for those who want it in their digest."""
    _send_to_each("urgent-mails", key, _urgent, people_to_alert())


@commits_as_it_goes
def send_digests(key: str) -> None:
    """The digests of the day `key` (2026-11-23): what was written before seven o'clock and not mailed yet."""
    closes = digest_closes_at(dt.date.fromisoformat(key))
    _send_to_each("digests", key, lambda user: _digest(user, closes), people_to_digest(closes))


def send_invitation(key: str) -> None:
    """The mail of the invitation whose primary key is `key`, unless it was answered meanwhile."""
    rows = Invitation.objects.open().select_related("collectivity", "invited_by")
    if invitation := rows.filter(pk=key).first():
        hand_to_server(invitation_mail(invitation))


def _send_to_each(kind: str, key: str, send: Callable[[User], None], people: list[int]) -> None:
    failed = [pk for pk in people[:BATCH] if not _sent(send, pk)]
    if len(people) > BATCH and len(failed) < BATCH:
        request(kind, key=key)
    if failed:
        raise NotSent(f"{len(failed)} of {len(people[:BATCH])} people are left to mail")


def _sent(send: Callable[[User], None], pk: int) -> bool:
    """Mail one person in their own transaction; False when the mail server or the text refuses."""
    try:
        with transaction.atomic():
            send(User.objects.get(pk=pk))
    except (OSError, SMTPException, ValueError):
        logger.exception("The mail of person %s did not leave", pk)
        return False
    return True


def _urgent(user: User) -> None:
    _mail(to_mail(user, kinds=[NoticeKind.ACTION]), lambda notices: urgent_mail(user, notices))


def _digest(user: User, closes: dt.datetime) -> None:
    stopped = silenced(user)
    waiting = to_mail(user, kinds=NoticeKind.values, before=closes)
    waiting.filter(kind__in=[kind for kind in stopped if is_dropped(kind, stopped)]).update(skipped_at=Now())
    _mail(waiting, lambda notices: digest_mail(user, notices, today=timezone.localdate(closes)))


def _mail(waiting: QuerySet[Notice], write: Callable[[list[Notice]], Mail]) -> None:
    """Mail what no other worker is mailing."""
    notices = list(waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)))
    if not notices:
        return
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=Now())
    hand_to_server(write(notices))  # last: what fails before it sends nothing, what it refuses marks nothing


def hand_to_server(mail: Mail) -> None:
    """Send one mail now, as text and as HTML; whatever the server raises goes through."""
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], headers=dict(mail.headers), connection=get_connection()
    )
    message.attach_alternative(mail.html, "text/html")
    message.send()
