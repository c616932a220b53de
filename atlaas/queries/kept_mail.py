"""Mails that the demo kept as files instead of sending them."""

import datetime as dt
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.utils.html import strip_tags


@dataclass(frozen=True)
class KeptMail:
    """One mail; `html_text` is its HTML part without any tag, never markup."""

    name: str
    kept_at: dt.datetime
    subject: str
    sender: str
    recipients: str
    text: str
    html_text: str
    attachments: tuple[str, ...]


def kept_mails() -> list[KeptMail]:
    """Every mail, the newest first."""
    return [_read(file) for file in sorted(settings.MAIL_DIR.glob("*.eml"), reverse=True)]


def kept_mail(name: str) -> KeptMail | None:
    """The mail of that name (letters, digits, hyphens: never a path), or none."""
    file = settings.MAIL_DIR / f"{name}.eml"
    return _read(file) if file.is_file() else None


def _read(file: Path) -> KeptMail:
    message = email.message_from_bytes(file.read_bytes(), EmailMessage, policy=email.policy.default)
    return KeptMail(
        name=file.stem,
        kept_at=dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC),
        subject=str(message["Subject"] or "(sans objet)"),
        sender=str(message["From"] or ""),
        recipients=str(message["To"] or ""),
        text=_body(message, "plain"),
        html_text=strip_tags(_body(message, "html")).strip(),
        attachments=tuple(part.get_filename() or "sans nom" for part in message.iter_attachments()),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
