"""French text as people expect it: folded names for sorting and meeting, typography, numbers."""

import re
import unicodedata
from collections.abc import Iterable

NARROW = "\u202f"
WIDE = "\u00a0"
SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_OF_NO_WORD = re.compile(r"[^a-z0-9 ]+")


def fold(name: str) -> str:
    """Lower case without accents, ligatures, apostrophes nor hyphens: the `sort_key` of a name, and what names meet by."""
    lower = name.lower()
    for ligature, letters in _LIGATURES.items():
        lower = lower.replace(ligature, letters)
    # Whole texts of dossiers are folded: only the few signs that are no plain letter are looked at one by one.
    kept = _BEYOND_ASCII.sub(_bare, unicodedata.normalize("NFKD", lower))
    return " ".join(_OF_NO_WORD.sub(" ", kept).split())


def _bare(found: re.Match[str]) -> str:
    """Nothing for an accent, a space for any other sign."""
    return "" if unicodedata.combining(found[0]) else " "


def expanded(name: str) -> str:
    """The folded name with its saints in full, as official names have them: « St-Étienne » → « saint etienne »."""
    return " ".join(SAINTS.get(word, word) for word in fold(name).split())


def slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def typographic(name: str) -> str:
    """Turn straight apostrophes into typographic ones and settle spaces: how names and labels are stored."""
    return re.sub(r"\s+", " ", name.replace("'", "’")).strip()


def french(sentence: str) -> str:
    """Put the no-break spaces and apostrophes of French typography in a sentence written plainly."""
    run = re.sub(r" ([;!?])", NARROW + r"\1", typographic(sentence))
    run = run.replace(" :", WIDE + ":").replace("« ", "«" + WIDE).replace(" »", WIDE + "»")
    run = re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, run)
    return re.sub(r"(?<=\d) (?=(km|h|min)\b|[@%€])", WIDE, run)


def grouped(number: int) -> str:
    """Write a whole number with its thousands apart: 62 868."""
    return f"{number:,}".replace(",", NARROW)


def decimal(number: float, places: int = 1) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def listed(items: Iterable[object]) -> str:
    """« 2023 », « 2023 et 2024 », « 2022, 2023 et 2024 »."""
    *first, last = [str(one) for one in items] or [""]
    return f"{', '.join(first)} et {last}" if first else last


def plural(number: int, singular: str, several: str = "") -> str:
    """Write « 0 lauréat », « 1 lauréat », « 2 lauréats »: French counts from two."""
    return f"{grouped(number)}{WIDE}{singular if number < 2 else several or singular + 's'}"


def shortened(text: str, most: int) -> str:
    """The text, or its first whole words and « … » within `most` signs."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
