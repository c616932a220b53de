"""The minutes as one reader may know them, and their PDF."""

from collections.abc import Callable, Mapping, Sequence
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
from jury.queries.door import known_to, seats_of
from jury.queries.journal import lines_of, presided_by
from jury.queries.room import president_of
from jury.rules.minutes import Signed, minutes, seen_by, signed_texts
from labels.choices import Category
from labels.models import Edition, MentionTheme, Seal
from labels.queries.seal import seal_of
from labels.rules.snapshot import canonical, sha256

TEMPLATE = settings.BASE_DIR / "templates/jury/minutes/minutes.typ"
SEALED = "Ce texte est écrit à partir du journal de la séance, dont chaque ligne contient l’empreinte de la précédente"
ELSEWHERE = "L’empreinte du texte signé est sur l’exemplaire de l’association, et sur celui-ci une fois le palmarès public."
HOUR = "H\u00a0\\h\u00a0i"
DEMO = "Démonstration : jury, dossiers et décisions sont inventés."


@dataclass(frozen=True)
class Read:
    """What one reader sees, `words` being what the page tells; `sha256` is of the text they see.

    `is_whole` when that is the text that is signed, with its proof: no member gets it before the palmarès is public. The seal
    of the palmarès comes after the text that is signed, beside the signatures.
    """

    document: dict[str, Any]
    words: dict[str, Any]
    sha256: str
    signatures: list[Signature]
    is_signed: bool
    is_whole: bool
    seal: Seal | None = None


def read_minutes(sitting: Sitting, user: User) -> Read:
    """Without the dossiers that the reader is tied to, until the palmarès is public; eight queries at most."""
    lines = lines_of(sitting)
    year = sitting.edition.year
    document, eyes = minutes(lines, year=year), _eyes_of(sitting.edition, user)
    seen = eyes(document) if eyes else document
    texts = signed_texts(lines, year=year)
    signatures = _holding(
        sitting, [one for one in texts if (eyes(one.document) if eyes else one.document) == seen]
    )
    return Read(
        document=seen,
        words=worded(seen, sitting.edition),
        sha256=sha256(canonical(seen)),
        signatures=signatures,
        is_signed=bool(signatures) and _is_signed(sitting, document, texts),
        is_whole=eyes is None,
        seal=seal_of(sitting.edition),
    )


def may_sign(sitting: Sitting, seat: Juror) -> bool:
    """Who presides, and who presided a dossier in their place."""
    return seat.is_president or seat.user_id in presided_by(sitting)


Eyes = Callable[[dict[str, Any]], dict[str, Any]]


def _eyes_of(edition: Edition, user: User) -> Eyes | None:
    """How a person sees any text of the minutes; None when they see it whole."""
    seat = seats_of(user).filter(edition=edition).first()
    if seat is None or (edition.published_at and edition.published_at <= timezone.now()):
        return None
    known = {str(pk) for pk in known_to(seat).values_list("pk", flat=True)}
    return lambda document: seen_by(document, known.__contains__)


def _holding(sitting: Sitting, texts: Sequence[Signed]) -> list[Signature]:
    """The signatures of texts that say what the text says now, to whoever reads."""
    kept = {(one.by, one.sha256) for one in texts}
    rows = Signature.objects.filter(sitting=sitting).order_by("at", "pk")
    return [one for one in rows if (one.by_id, one.sha256) in kept]


def _is_signed(sitting: Sitting, document: dict[str, Any], texts: Sequence[Signed]) -> bool:
    """Whether the president signed, and nothing that they may know of changed since: the deputy signs the rest."""
    president = president_of(sitting.edition)
    if president is None or president.user is None:
        return False
    eyes = _eyes_of(sitting.edition, president.user)
    theirs = [one.document for one in texts if one.by == president.user_id]
    return any((eyes(one) if eyes else one) == (eyes(document) if eyes else document) for one in theirs)


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
        "added_at": [_instant(each) for each in one["added_at"]],
        "set_aside": [each | {"at": _instant(each["at"])} for each in one["set_aside"]],
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
        "proof": [french(line) for line in _proof(read)],
        "sha256": read.sha256 if read.is_whole else "",
        "seal": _sealed(read.seal),
        "foot": french(f"Atlaas · jury {edition.year}{' · démonstration' if edition.is_demo else ''}"),
    }


def _sealed(seal: Seal | None) -> dict[str, str] | None:
    if seal is None:
        return None
    at = date_format(timezone.localtime(seal.sealed_at), f"j F Y à {HOUR}")
    return {"words": french(f"Palmarès scellé le {at}, sous l’empreinte SHA-256 :"), "sha256": seal.sha256}


def _proof(read: Read) -> list[str]:
    """How the text can be proved; to a member, where its proof is."""
    if not read.is_whole:
        return [f"{SEALED}.", ELSEWHERE]
    lines = plural(read.document["journal"]["lines"], "ligne")
    return [f"{SEALED} ({lines}).", "Empreinte SHA-256 de ce procès-verbal :"]


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
    told = [f"{one['category_name'].capitalize()}, code {one['code']}."]
    told += [f"Ajouté à l’ordre du jour à {_time(each)}." for each in one["added_at"]]
    if one["called_at"]:
        told += [
            f"Appelé à {_time(one['called_at'])}.",
            f"Présents : {', '.join(one['present']) or 'personne'}.",
        ]
    if one["recused"]:
        told.append(f"En déport, hors de la salle : {', '.join(one['recused'])}.")
    if one["proposed"]:
        told.append(f"Jugé sur le dépôt n° {one['filing']}.")
        told.append(f"Proposition du calcul : {one['proposed']} @. {' '.join(one['reasons'])}")
    told += [f"Décision annulée : {_decision(each)}" for each in one["undone"]]
    if one["decision"]:
        told.append(f"Décision : {_decision(one['decision'])}")
    told += [
        f"Harmonisé de {each['before']} @ à {each['after']} @ : {each['reason']}" for each in one["moves"]
    ]
    told += [f"Mis de côté à {_time(each['at'])} : {each['reason']}." for each in one["set_aside"]]
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
