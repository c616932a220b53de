"""What changed in a dossier since the one that was judged before: fiches and answers, word by word, at a bounded cost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from atlaas.rules.difference import FOLDED, SAME, Piece, difference
from jury.rules.dossier import Asked, Content, Dossier, FiledSheet
from labels.rules.revision import LABELS, words_of

ONE_TEXT = 8_000  # signs of the paragraphs that changed in one text, before and after; beyond, it is not told word by word
ONE_PAGE = 48_000  # the same for everything that one page compares
MOST_LINES = 2_000  # before and after; beyond, a text is one block
# Told by the state of the fiche, or no matter of a jury: no change of these makes a fiche « modifiée ».
ASIDE = ("is_running", "ended_on", "lon", "lat", "precision", "contact_function", "contact_email")
MAYOR = Asked("", "", "Le mot du maire", "")
ANOTHER = "une autre fiche"
Block = tuple[str, int, int, int, int]


class Fate(StrEnum):
    """What became of a fiche since the dossier judged before; in the order of reading."""

    MODIFIED = "modifiée"
    NEW = "nouvelle"
    ENDED = "terminée"
    GONE = "sortie"
    SAME = "inchangée"


@dataclass(slots=True)
class Allowance:
    """How many signs may still be compared word by word."""

    left: int = ONE_PAGE
    one: int = ONE_TEXT

    def takes(self, signs: int) -> bool:
        if signs > min(self.left, self.one):
            return False
        self.left -= signs
        return True


@dataclass(frozen=True, slots=True)
class Change:
    """One field or answer; no piece: it changed, and is too long to be told here word by word."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class SheetChange:
    fate: Fate
    sheet: FiledSheet
    changes: Sequence[Change] = ()
    why: str = ""

    @property
    def is_new(self) -> bool:
        return self.fate is Fate.NEW

    @property
    def is_gone(self) -> bool:
        return self.fate is Fate.GONE


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two dossiers side by side; `sheets` in the order of `Fate`, then put forward ones first, then by title."""

    sheets: Sequence[SheetChange]
    answers: Sequence[Change]
    same_answers: Sequence[Asked]

    def of(self, *fates: Fate) -> list[SheetChange]:
        return [one for one in self.sheets if one.fate in fates]

    @property
    def new(self) -> int:
        return len(self.of(Fate.NEW))

    @property
    def gone(self) -> int:
        return len(self.of(Fate.GONE))

    @property
    def modified(self) -> int:
        return len(self.of(Fate.MODIFIED))

    @property
    def kept(self) -> int:
        """Those that both dossiers hold."""
        return len(self.sheets) - self.new - self.gone

    @property
    def told(self) -> list[SheetChange]:
        return [one for one in self.sheets if one.fate is not Fate.SAME]

    @property
    def same(self) -> list[SheetChange]:
        return self.of(Fate.SAME)


def compared(before: Dossier, after: Dossier) -> Comparison:
    """Everything that changed; what one page may compare word by word is spent on fiches first, then on answers."""
    allowance = Allowance()
    names = before.service_names | after.service_names
    now = [_now(before.sheets.get(one.id), one, names, allowance) for one in after.in_order()]
    gone = [_gone(one, after) for one in before.in_order() if one.id not in after.sheets]
    order = list(Fate)
    sheets = sorted([*now, *gone], key=lambda one: order.index(one.fate))
    changed, same = _answers(before, after, allowance)
    return Comparison(sheets, changed, same)


def sheet_change(before: Dossier | None, after: Dossier, sheet: FiledSheet) -> SheetChange:
    """One fiche alone: all that a page may compare is for it."""
    old = before.sheets.get(sheet.id) if before else None
    names = (before.service_names if before else {}) | after.service_names
    return _now(old, sheet, names, Allowance(one=ONE_PAGE))


def between(before: str, after: str, allowance: Allowance) -> Sequence[Piece]:
    """The pieces that turn one settled text into another: paragraphs meet first, then words within those that changed.

    No piece when the allowance does not hold it.
    """
    old, new = before.split("\n"), after.split("\n")
    blocks = _blocks(old, new)
    moved = ["\n".join(old[a:b]) + "\n".join(new[c:d]) for tag, a, b, c, d in blocks if tag != "equal"]
    if not allowance.takes(sum(map(len, moved))):
        return ()
    return list(_merged(_joined(blocks, old, new)))


def _merged(found: Iterable[Piece]) -> Iterator[Piece]:
    """A line end beside what is folded is folded with it."""
    held: Piece | None = None
    for piece in found:
        if held and (piece.kind == FOLDED or (piece.kind == SAME and not piece.text.strip())):
            held = Piece(FOLDED, held.text + piece.text)
            continue
        if held:
            yield held
        held = piece if piece.kind == FOLDED else None
        if not held:
            yield piece
    if held:
        yield held


def _blocks(old: Sequence[str], new: Sequence[str]) -> Sequence[Block]:
    """Which paragraphs stand for which, as `difflib` tells them."""
    if len(old) + len(new) > MOST_LINES:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(a=old, b=new).get_opcodes()


def settled(text: str) -> str:
    """A text whose spaces are plain and single, lines apart: a typographic space is no change."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _joined(blocks: Iterable[Block], old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, old_from, old_to, new_from, new_to in blocks:
        lead = "\n" if new_from or old_from else ""
        was, now = "\n".join(old[old_from:old_to]), "\n".join(new[new_from:new_to])
        if tag == "equal":
            yield Piece(FOLDED, lead + now) if now.strip() else Piece(SAME, lead)
        else:
            if lead:
                yield Piece(SAME, lead)
            yield from difference(was, now)


def _now(
    old: FiledSheet | None, sheet: FiledSheet, names: Mapping[str, str], allowance: Allowance
) -> SheetChange:
    if old is None:
        return SheetChange(Fate.NEW, sheet)
    changes = [] if old.digest == sheet.digest else _fields(old.content, sheet.content, names, allowance)
    if old.is_running and not sheet.is_running:
        return SheetChange(Fate.ENDED, sheet, changes, _end_of(sheet))
    if sheet.is_running and not old.is_running:
        changes.append(Change(LABELS["is_running"], difference("non", "oui")))
    return SheetChange(Fate.MODIFIED if changes else Fate.SAME, sheet, changes)


def _gone(sheet: FiledSheet, after: Dossier) -> SheetChange:
    why = "la collectivité l’a retirée de son dossier" if sheet.id in after.taken_out else "ne compte plus"
    return SheetChange(Fate.GONE, sheet, why=", ".join(filter(None, (_end_of(sheet), why))))


def _end_of(sheet: FiledSheet) -> str:
    told = words_of("ended_on", sheet.content.get("ended_on"), {})
    return "" if sheet.is_running else f"terminée le {told}" if told else "terminée"


def _fields(before: Content, after: Content, names: Mapping[str, str], allowance: Allowance) -> list[Change]:
    found = []
    for field, label in LABELS.items():
        if before.get(field) == after.get(field) or field in ASIDE:
            continue
        was, now = (settled(_words(field, one.get(field), names)) for one in (before, after))
        if was != now:
            found.append(Change(label, between(was, now, allowance)))
    return found


def _words(field: str, value: object, names: Mapping[str, str]) -> str:
    """A fiche that is credited is told by no title: it may have changed since."""
    if field == "inspired_by":
        return ANOTHER if value else ""
    return words_of(field, value, names)


def _answers(before: Dossier, after: Dossier, allowance: Allowance) -> tuple[list[Change], list[Asked]]:
    was = {one.code: one.told for one in before.answers} | {MAYOR.code: before.mayor_word}
    mayor = Asked(MAYOR.code, MAYOR.section, MAYOR.text, after.mayor_word)
    changed, same = [], []
    for one in (*after.answers, mayor):
        then, told = settled(was.get(one.code, "")), settled(one.told)
        if then == told:
            same.append(one)
        else:
            changed.append(Change(one.text, between(then, told, allowance)))
    return changed, [one for one in same if one.told]


def whole(kind: str, text: str) -> list[Piece]:
    """A text that is told as new, or as gone, from end to end."""
    return [Piece(kind, text)] if text else []
