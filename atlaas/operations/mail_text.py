"""The words of each mail, in text and in HTML, with absolute links."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from atlaas.choices import NoticeKind
from atlaas.models import Invitation, Notice, Report, User
from atlaas.queries.invitation import secret_of
from atlaas.queries.message import stop_token
from atlaas.rules.mailing import EVERYTHING, by_kind, typeset
from atlaas.rules.text import french, plural


@dataclass(frozen=True)
class Mail:
    """One mail to one person."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


def absolute(path: str) -> str:
    """A link that a mail can carry; the platform has to know its own address."""
    if not settings.PUBLIC_URL:
        raise ValueError("ATLAAS_PUBLIC_URL is not set: the links of mails would lead nowhere")
    return settings.PUBLIC_URL + path


def urgent_mail(user: User, notices: Sequence[Notice]) -> Mail:
    first = notices[0].title
    subject = f"Vous devez agir : {first}" if len(notices) == 1 else _several(notices)
    return _to_subscriber(user, subject, "urgent", notices, NoticeKind.ACTION)


def digest_mail(user: User, notices: Sequence[Notice], *, today: dt.date) -> Mail:
    subject = f"{_several(notices)} – {date_format(today, 'j F Y')}"
    return _to_subscriber(user, subject, "digest", notices, EVERYTHING)


def invitation_mail(invitation: Invitation) -> Mail:
    words = {
        "invitation": invitation,
        "link": absolute(reverse("invitation", args=[secret_of(invitation)])),
    }
    subject = f"{invitation.invited_by} vous invite à rejoindre {invitation.collectivity}"
    return _mail(invitation.email, subject, "invitation", words, {})


def answer_mail(report: Report) -> Mail:
    words = {"report": report, "link": absolute(reverse("sheet", args=[report.sheet_id]))}
    return _mail(report.email, "Votre signalement sur Atlaas", "answer", words, {})


def _several(notices: Sequence[Notice]) -> str:
    acts = sum(one.kind == NoticeKind.ACTION for one in notices)
    if acts == len(notices):
        return plural(acts, "message vous demande d’agir", "messages vous demandent d’agir")
    return plural(len(notices), "message sur Atlaas", "messages sur Atlaas")


def _to_subscriber(user: User, subject: str, name: str, notices: Sequence[Notice], choice: str) -> Mail:
    groups = [
        {
            "kind": kind,
            "stop": _stop(user, kind),
            "notices": [{"notice": one, "link": absolute(one.url) if one.url else ""} for one in rows],
        }
        for kind, rows in by_kind(notices)
    ]
    words = {"person": user, "groups": groups, "messages": absolute(reverse("space-messages"))}
    headers = {
        "List-Unsubscribe": f"<{_stop(user, choice)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return _mail(user.email, subject, name, words, headers)


def _stop(user: User, choice: str) -> str:
    return absolute(reverse("mail-stop", args=[stop_token(user, choice)]))


def _mail(to: str, subject: str, name: str, words: dict[str, object], headers: Mapping[str, str]) -> Mail:
    facts = words | {"subject": french(subject), "origin": absolute("")}
    templates = TEMPLATES[name]
    text, html = (render_to_string(template, facts) for template in templates)
    return Mail(to, french(subject), typeset(text), html, headers)


TEMPLATES = {
    "urgent": ("atlaas/mail/urgent.txt", "atlaas/mail/urgent.html"),
    "digest": ("atlaas/mail/digest.txt", "atlaas/mail/digest.html"),
    "answer": ("atlaas/mail/answer.txt", "atlaas/mail/answer.html"),
    "invitation": ("atlaas/mail/invitation.txt", "atlaas/mail/invitation.html"),
}
