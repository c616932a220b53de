"""The mails of the letters: each address is taken, then its mail is handed over, so that none gets a letter twice."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse

from atlaas.operations.job import commits_as_it_goes, report
from atlaas.operations.mail_text import absolute
from atlaas.operations.mailing import NotSent
from atlaas.rules.mailing import typeset
from atlaas.rules.text import french
from jury.models import LetterCopy
from jury.queries.letter import copies_waiting
from jury.queries.letter_document import file_name, letter_pdf
from labels.models import Edition

logger = logging.getLogger(__name__)

# The server said no: nothing left, the address waits for another try. After anything else nobody can tell.
SAID_NO = (SMTPRecipientsRefused, SMTPResponseException, ConnectionRefusedError)


@commits_as_it_goes
def send(key: str) -> None:
    """Hand over what no worker has taken of the letters of the year `key`; a run that starts over takes up what is left."""
    edition = Edition.objects.get(year=int(key))
    waiting = list(copies_waiting(edition).values_list("pk", flat=True))
    left = 0
    for done, pk in enumerate(waiting, 1):
        left += not _handed(pk)
        report(done, len(waiting))
    if left:
        raise NotSent(f"{left} of {len(waiting)} addresses are left to mail")


def _handed(pk: int) -> bool:
    """Mail one address, each step committed by itself; False when the mail server said no or did not answer."""
    mail = letter_mail(_copy(pk))
    server = mail.connection = get_connection()
    try:
        server.open()
        if not LetterCopy.objects.filter(pk=pk, taken_at=None).update(taken_at=Now()):
            return True
        return _told(mail, pk)
    except (OSError, SMTPException):
        logger.exception("The mail server did not open for the copy %s of a letter", pk)
        return False
    finally:
        server.close()


def _told(mail: EmailMultiAlternatives, pk: int) -> bool:
    """Hand over a mail whose address was taken; what was refused may be taken again."""
    mine = LetterCopy.objects.filter(pk=pk, handed_at=None)
    try:
        mail.send()
    except SAID_NO:
        logger.exception("The mail server refused the copy %s of a letter", pk)
        mine.update(taken_at=None)
        return False
    except (OSError, SMTPException):
        logger.exception("Nobody can tell whether the copy %s of a letter left", pk)
        return True
    mine.update(handed_at=Now())
    return True


def _copy(pk: int) -> LetterCopy:
    place = ("letter__candidacy__collectivity", "letter__candidacy__edition")
    return LetterCopy.objects.select_related(*place).get(pk=pk)


def letter_mail(copy: LetterCopy) -> EmailMultiAlternatives:
    """The mail names the collectivité and the edition; what the jury decided is in the letter joined to it."""
    letter = copy.letter
    place = letter.candidacy.collectivity
    edition = letter.candidacy.edition
    told = "Démonstration : la lettre du jury" if edition.is_demo else "La lettre du jury"
    subject = french(f"{told} {edition.year} à {place.name}")
    words = {
        "edition": edition,
        "collectivity": place,
        "contact": settings.CONTACT,
        "link": absolute(reverse("letter", args=[place.code, edition.year])),
        "subject": subject,
        "origin": absolute(""),
    }
    text = typeset(render_to_string("jury/mail/letter.txt", words))
    answers = [settings.CONTACT] if settings.CONTACT else None
    mail = EmailMultiAlternatives(subject, text, to=[copy.email], reply_to=answers)
    mail.attach_alternative(render_to_string("jury/mail/letter.html", words), "text/html")
    content = letter_pdf(letter.document, made_at=letter.made_at, sent_at=letter.sent_at)
    mail.attach(file_name(letter.document), content, "application/pdf")
    return mail
