"""The minutes as one reader may know them, and their PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from atlaas.models import User
from atlaas.rules.document import pdf
from atlaas.rules.text import french, plural
from jury.models import Juror, Signature, Sitting
from jury.queries.door import judged_by, seats_of
from jury.queries.journal import minutes_of, presided_by
from jury.queries.room import president_of
from jury.rules.minutes import seen_by
from labels.choices import Category
from labels.models import Edition, MentionTheme
from labels.rules.snapshot import canonical, sha256

TEMPLATE = settings.BASE_DIR / "templates/jury/minutes/minutes.typ"
HOUR = "H\u00a0\\h\u00a0i"
DEMO = "Démonstration : jury, dossiers et décisions sont inventés."


@dataclass(frozen=True)
class Read:
    """What one reader sees, `words` being what the page tells; `sha256` is of the text they see, the whole one or not."""

    document: dict[str, Any]
    words: dict[str, Any]
    sha256: str
    signatures: list[Signature]
    is_signed: bool


def read_minutes(sitting: Sitting, user: User) -> Read:
    """Without the dossiers that the reader is tied to, until the palmarès is public; six queries."""
    whole = minutes_of(sitting)
    document = _seen(whole.document, sitting.edition, user)
    digest = sha256(canonical(document))
    rows = Signature.objects.filter(sitting=sitting)
    # A correction that the reader may not know of takes no signature away before their eyes.
    told = rows.filter(sha256=digest) if digest == whole.sha256 else rows
    signatures = list(told.order_by("at", "pk"))
    return Read(
        document, worded(document, sitting.edition), digest, signatures, _is_signed(sitting, signatures)
    )


def may_sign(sitting: Sitting, seat: Juror) -> bool:
    """Who presides, and who presided a dossier in their place."""
    return seat.is_president or seat.user_id in presided_by(sitting)


def _seen(document: dict[str, Any], edition: Edition, user: User) -> dict[str, Any]:
    seat = seats_of(user).filter(edition=edition).first()
    if seat is None or (edition.published_at and edition.published_at <= timezone.now()):
        return document
    known = {str(pk) for pk in judged_by(seat).values_list("pk", flat=True)}
    return seen_by(document, known.__contains__)


def _is_signed(sitting: Sitting, signatures: list[Signature]) -> bool:
    president = president_of(sitting.edition)
    return president is not None and any(one.by_id == president.user_id for one in signatures)


def worded(document: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """The same with instants as times, and mentions and categories by their names."""
    themes = dict(MentionTheme.objects.filter(edition=edition).values_list("slug", "name"))
    points = [_point(one, themes) for one in document["points"]]
    told = {name: _instant(document[name]) for name in ("opened_at", "closed_at")}
    presences = [
        one | {name: _instant(one[name]) for name in ("since", "until")} for one in document["presences"]
    ]
    levels = [
        {"category": Category(category).label, "counts": counts}
        for category, counts in document["distribution"].items()
    ]
    return document | told | {"points": points, "presences": presences, "levels": levels}


def _point(one: Mapping[str, Any], themes: Mapping[str, str]) -> dict[str, Any]:
    decision = one["decision"]
    told = decision and decision | {"mentions": [themes.get(slug, slug) for slug in decision["mentions"]]}
    return dict(one) | {
        "called_at": _instant(one["called_at"]),
        "ended_at": _instant(one["ended_at"]),
        "category_name": Category(one["category"]).label,
        "decision": told,
    }


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def minutes_pdf(sitting: Sitting, read: Read) -> bytes:
    """Dated by the closing of the sitting, not by the reading: the same reader gets the same file."""
    made_at = sitting.closed_at or timezone.now()
    return pdf(Path(TEMPLATE).read_bytes(), _facts(sitting.edition, read), made_at=made_at)


def _facts(edition: Edition, read: Read) -> dict[str, Any]:
    document = read.words
    return {
        "title": french(f"Procès-verbal du jury {edition.year}"),
        "demo": french(DEMO) if edition.is_demo else "",
        "eyebrow": french("Label « Territoires, Villes et Villages Internet »"),
        "lead": _lead(document),
        "presences": [
            [one["name"], _time(one["since"]), _time(one["until"]) or "…"] for one in document["presences"]
        ],
        "deputies": [one["name"] for one in document["deputies"]],
        "points": [_told(one) for one in document["points"]],
        "levels": [[one["category"], *map(str, one["counts"])] for one in document["levels"]],
        "signatures": [
            french(f"{one.name}, le {date_format(timezone.localtime(one.at), f'j F Y à {HOUR}')}")
            for one in read.signatures
        ],
        "sha256": read.sha256,
        "lines": _lines(document),
        "foot": french(f"Atlaas · jury {edition.year}{' · démonstration' if edition.is_demo else ''}"),
    }


def _lines(document: Mapping[str, Any]) -> str:
    """How long the journal is, for whoever sees it whole."""
    journal = document["journal"]
    return plural(journal["lines"], "ligne") if journal else "des lignes"


def _lead(document: Mapping[str, Any]) -> str:
    opened, closed = document["opened_at"], document["closed_at"]
    day = date_format(timezone.localtime(opened), "l j F Y") if opened else ""
    return french(f"Séance à huis clos du {day}, de {_time(opened)} à {_time(closed) or '…'}.")


def _time(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), HOUR) if at else ""


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": f"{one['rank']}. {one['name']}",
        "lines": [french(line) for line in point_lines(one)],
    }


def point_lines(one: Mapping[str, Any]) -> list[str]:
    """What the minutes say of a dossier, a sentence a line: page and PDF alike."""
    told = [f"{one['category_name'].capitalize()}, code {one['code']}. Appelé à {_time(one['called_at'])}."]
    told.append(f"Présents : {', '.join(one['present']) or 'personne'}.")
    if one["recused"]:
        told.append(f"En déport, hors de la salle : {', '.join(one['recused'])}.")
    if one["proposed"]:
        told.append(f"Proposition du calcul : {one['proposed']} @. {' '.join(one['reasons'])}")
    told += [f"Décision annulée : {_decision(each)}" for each in one["undone"]]
    if one["decision"]:
        told.append(f"Décision : {_decision(one['decision'])}")
    told += [
        f"Harmonisé de {each['before']} @ à {each['after']} @ : {each['reason']}" for each in one["moves"]
    ]
    told += [
        f"Correction : {_decision(each['before'])} Motif : {each['reason']}" for each in one["corrections"]
    ]
    return told


def _decision(told: Mapping[str, Any]) -> str:
    votes = told["votes"]
    title = ", titre « Territoire d’excellence numérique »" if told["is_ten"] else ""
    mentions = f", mentions : {', '.join(told['mentions'])}" if told["mentions"] else ""
    voices = f"{votes['for']} pour, {votes['against']} contre, {plural(votes['abstentions'], 'abstention')}"
    reason = f" Motif : {told['reason']}" if told["reason"] else ""
    return f"{told['level']} @{title}{mentions} ({voices}).{reason}"
