"""What a cell of a table of fiches may hold: the value of the field, or a ValueError whose French sentence says how to mend."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from uuid import UUID

from atlaas.choices import OperatorKind, Precision, SheetKind
from atlaas.rules.text import fold, grouped

LONGEST = {
    "title": 120,
    "summary": 300,
    "text": 20_000,
    "operator_name": 200,
    "audience": 200,
    "partners": 500,
    "address": 300,
    "contact_function": 120,
    "contact_email": 254,
}
MOST_LINKS, LONGEST_LINK = 10, 500
YES = {"oui", "o", "vrai", "x", "1", "true", "yes", "y", "en cours"}
NO = {"non", "n", "faux", "0", "false", "no", "terminee", "termine"}
KINDS = {
    **{fold(one.label): one.value for one in SheetKind},
    **{one.value: one.value for one in SheetKind},
}
OPERATORS = {
    **{fold(one.label): one.value for one in OperatorKind},
    **{one.value: one.value for one in OperatorKind},
    "collectivite": OperatorKind.IN_HOUSE.value,
    "en regie": OperatorKind.IN_HOUSE.value,
    "mairie": OperatorKind.IN_HOUSE.value,
    "une association": OperatorKind.ASSOCIATION.value,
    "delegation": OperatorKind.DELEGATE.value,
    "dsp": OperatorKind.DELEGATE.value,
}
PRECISIONS = {
    **{fold(one.label): one.value for one in Precision},
    **{one.value: one.value for one in Precision},
}
EXCEL_DAY_ONE = dt.date(1899, 12, 30)
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SERIAL = re.compile(r"\d{5}")
_NUMBER = re.compile(r"[-−]?\d{1,3}([.,]\d{1,20})?")
_MAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@[A-Za-z0-9À-ÿ-]+(\.[A-Za-z0-9À-ÿ-]+)+")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _text(name: str) -> Callable[[str], str]:
    longest = LONGEST[name]

    def parse(cell: str) -> str:
        text = cell if name == "text" else " ".join(cell.split())
        if _HIDDEN.search(text):
            raise ValueError("La cellule contient un signe invisible : retapez son texte.")
        if len(text) > longest:
            excess = grouped(len(text) - longest)
            raise ValueError(
                f"Le texte dépasse {grouped(longest)} signes ({excess} de trop) : raccourcissez-le."
            )
        return text

    return parse


def _choice(words: Mapping[str, str], default: str, known: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if not cell:
            return default
        if fold(cell) not in words:
            raise ValueError(f"« {cell:.60} » n’est pas reconnu : écrivez {known}.")
        return words[fold(cell)]

    return parse


def identifier(cell: str) -> str | None:
    try:
        return str(UUID(cell)) if cell else None
    except ValueError:
        raise ValueError(
            "Cet identifiant n’a pas la bonne forme : copiez-le depuis notre export, ou videz la cellule."
        ) from None


def day(cell: str) -> str | None:
    """An ISO day from 31/12/2025, 2025-12-31 or the number of days a spreadsheet counts; None for an empty cell."""
    if not cell:
        return None
    try:
        found = _day(cell)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1900 <= found.year <= 2100:
        raise ValueError(f"« {cell:.40} » n’est pas une date : écrivez jj/mm/aaaa.")
    return found.isoformat()


def _day(cell: str) -> dt.date | None:
    if met := _FRENCH_DAY.fullmatch(cell):
        return dt.date(int(met[3]), int(met[2]), int(met[1]))
    if _SERIAL.fullmatch(cell):
        return EXCEL_DAY_ONE + dt.timedelta(days=int(cell))
    return dt.date.fromisoformat(cell[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", cell) else None


def yes_no(cell: str) -> bool | None:
    """None for an empty cell: what is meant then depends on the end date."""
    if not cell:
        return None
    if fold(cell) not in YES | NO:
        raise ValueError(f"« {cell:.40} » n’est pas reconnu : écrivez oui ou non.")
    return fold(cell) in YES


def _degrees(most: int) -> Callable[[str], float | None]:
    def parse(cell: str) -> float | None:
        if not cell:
            return None
        number = float(cell.replace(",", ".").replace("−", "-")) if _NUMBER.fullmatch(cell) else most + 1
        if not -most <= number <= most:
            raise ValueError(f"« {cell:.40} » n’est pas un nombre de degrés entre −{most} et {most}.")
        return number

    return parse


def links(cell: str) -> list[str]:
    found = cell.split()
    if len(found) > MOST_LINKS:
        raise ValueError(f"Il y a {len(found)} liens : gardez-en {MOST_LINKS} au plus.")
    for link in found:
        if not _is_link(link):
            raise ValueError(f"« {link:.80} » n’est pas une adresse web : elle commence par https://.")
    return found


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and "." in host.strip(".")
        and len(link) <= LONGEST_LINK
        and not parts.username
    )


def email(cell: str) -> str:
    text = _text("contact_email")(cell)
    if text and not _MAIL.fullmatch(text):
        raise ValueError(f"« {text:.80} » n’est pas une adresse de courriel.")
    return text


PARSERS: Mapping[str, Callable[[str], object]] = {
    **{name: _text(name) for name in LONGEST},
    "identifier": identifier,
    "kind": _choice(KINDS, SheetKind.INITIATIVE.value, "initiative, événement ou lieu"),
    "operator": _choice(OPERATORS, OperatorKind.IN_HOUSE.value, "régie, association ou délégataire"),
    "precision": _choice(PRECISIONS, "", "centre, adresse ou point"),
    "started_on": day,
    "ended_on": day,
    "is_running": yes_no,
    "lon": _degrees(180),
    "lat": _degrees(90),
    "links": links,
    "contact_email": email,
}
