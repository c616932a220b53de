"""What changed between two texts, word by word; what did not change is folded."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED, FOLDED = "same", "added", "removed", "folded"
KEPT_AROUND = 25  # words left in sight beside a change
COSTLIEST = 2_000_000  # pairs of equal words; beyond, the texts are told apart whole
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of text: `same`, `added`, `removed`, or `folded` (unchanged, out of sight until asked)."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces that turn `before` into `after`, in reading order; one that is removed comes before what replaces it."""
    if before == after:
        return [Piece(FOLDED, before)] if before else []
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    return list(_folded(_joined(_steps(old, new))))


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    head, tail = _shared_ends(old, new)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    yield Piece(SAME, "".join(old[:head]))
    yield from _compared(inner_old, inner_new)
    yield Piece(SAME, "".join(old[len(old) - tail :]))


def _shared_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    shortest = min(len(old), len(new))
    head = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    left = shortest - head
    tail = next((at for at in range(left) if old[-1 - at] != new[-1 - at]), left)
    return head, tail


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    counts = Counter(new)
    if sum(number * counts[word] for word, number in Counter(old).items()) > COSTLIEST:
        yield Piece(REMOVED, "".join(old))
        yield Piece(ADDED, "".join(new))
        return
    # Spaces and very frequent words are no landmarks in a long text: difflib leaves them aside by itself.
    matcher = SequenceMatcher(a=old, b=new)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[old_from:old_to]))
        else:
            yield Piece(REMOVED, "".join(old[old_from:old_to]))
            yield Piece(ADDED, "".join(new[new_from:new_to]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Changes with nothing but a space between them are one: « le bus » for « un car », not two times a word."""
    removed = added = ""
    gap = ""
    for piece in pieces:
        if piece.kind == SAME and not piece.text.strip() and (removed or added):
            gap += piece.text
        elif piece.kind == SAME:
            if piece.text or gap:
                yield from _change(removed, added)
                removed = added = ""
                yield Piece(SAME, gap + piece.text)
                gap = ""
        elif piece.text:
            is_removed = piece.kind == REMOVED
            removed += gap + piece.text if is_removed else gap
            added += gap if is_removed else gap + piece.text
            gap = ""
    yield from _change(removed, added)
    if gap:
        yield Piece(SAME, gap)


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(REMOVED, removed)
    if added:
        yield Piece(ADDED, added)


def _folded(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Long unchanged runs keep a few words beside each change."""
    run = list(pieces)
    for at, piece in enumerate(run):
        if piece.kind != SAME:
            yield piece
            continue
        before = 0 if at == 0 else KEPT_AROUND
        after = 0 if at == len(run) - 1 else KEPT_AROUND
        yield from _with_fold(piece.text, before, after)


def _with_fold(text: str, before: int, after: int) -> Iterator[Piece]:
    words = re.findall(r"\s*\S+\s*", text)
    if len(words) <= before + after + KEPT_AROUND:
        yield Piece(SAME, text)
        return
    end = len(words) - after
    for kind, part in (
        (SAME, words[:before]),
        (FOLDED, words[before:end]),
        (SAME, words[end:]),
    ):
        if part:
            yield Piece(kind, "".join(part))
