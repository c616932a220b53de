"""The association's table of adhésions: « code », « etat », « remarque », as spreadsheets save it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labels.choices import SubscriptionStatus

CODE = re.compile(r"[0-9][0-9AB][0-9]{3}|[0-9]{9}")
LONGEST = 300
NEEDED = {"code", "etat"}
KNOWN = {*NEEDED, "remarque"}
# What people write for each state, besides its code.
STATES: Mapping[str, str] = {
    **{one.value: one.value for one in SubscriptionStatus},
    **{one.label: one.value for one in SubscriptionStatus},
}
UNREADABLE = (
    "Ce fichier ne se lit pas : enregistrez-le en CSV, avec les colonnes « code », « etat » et « remarque »."
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line: the code of a collectivité, the state of its adhésion, a remark."""

    line: int
    code: str
    status: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """The lines that can be read, and a sentence for each that cannot."""

    rows: list[Told]
    problems: list[str]


def read_subscriptions(content: bytes) -> Table:
    """Read a CSV, with commas or semicolons, in UTF-8 or as older spreadsheets write it."""
    try:
        lines = list(csv.reader(io.StringIO(_text(content)), delimiter=_delimiter(content), strict=True))
    except (csv.Error, ValueError):
        return Table([], [UNREADABLE])
    names = [name.strip().lower() for name in lines[0]] if lines else []
    if not set(names) >= NEEDED or not set(names) <= KNOWN or len(names) != len(set(names)):
        return Table([], [UNREADABLE])
    return _judged(names, lines[1:])


def _judged(names: list[str], lines: Iterable[list[str]]) -> Table:
    rows, problems, seen = list[Told](), list[str](), dict[str, int]()
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        told = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        row = Told(number, told.get("code", "").upper(), told.get("etat", ""), told.get("remarque", ""))
        if sentence := _wrong(row, seen, is_long=len(cells) > len(names)):
            problems.append(f"Ligne {number} : {sentence}")
            continue
        seen[row.code] = number
        rows.append(Told(number, row.code, STATES[row.status.lower()], row.comment))
    if not rows and not problems:
        problems.append("Ce fichier n’a aucune ligne sous ses titres.")
    return Table(rows, problems)


def _wrong(row: Told, seen: Mapping[str, int], *, is_long: bool) -> str:
    if is_long:
        return "elle a plus de cellules que de titres."
    if not CODE.fullmatch(row.code):
        return f"« {row.code[:20]} » n’est ni un code INSEE ni un SIREN."
    if row.code in seen:
        return f"{row.code} est déjà à la ligne {seen[row.code]}."
    if row.status.lower() not in STATES:
        return (
            f"l’état « {row.status[:20]} » n’existe pas : écrivez à jour, en attente de paiement ou résiliée."
        )
    if len(row.comment) > LONGEST:
        return f"la remarque tient en {LONGEST} signes."
    return ""


def _text(content: bytes) -> str:
    """`ValueError` for what is no text."""
    if b"\x00" in content:
        raise ValueError("a NUL is in no text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _delimiter(content: bytes) -> str:
    first = content.partition(b"\n")[0]
    return ";" if first.count(b";") > first.count(b",") else ","
