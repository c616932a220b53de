"""What people typed, kept to what our fonts draw: PDF/UA-1 refuses a whole document for one sign that none of them has."""

import json
import unicodedata
from functools import lru_cache
from typing import Any

import typst

from atlaas.rules.picture import fonts

ABSENT = "□"  # stands for a letter that no font draws
LETTERS = {"L", "N"}  # classes of Unicode whose absence must show; a picture or a control sign just goes
_COMMON = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))} | set("\u202f’‘“”«»–—…•·→€@\n")
_SOURCE = b"""
#set document(title: "x")
#set text(font: "Source Sans Pro", lang: "fr")
#json(bytes(sys.inputs.signs))
"""


def drawable(facts: Any) -> Any:
    """The same facts, every text in them kept to what is drawn."""
    unusual = {sign for text in _texts(facts) for sign in set(text)} - _COMMON
    if not unusual or _is_drawn("".join(sorted(unusual))):
        return facts
    return _without(facts, {ord(sign): _instead(sign) for sign in unusual if not _is_drawn(sign)})


def _texts(facts: Any) -> list[str]:
    if isinstance(facts, str):
        return [facts]
    if isinstance(facts, dict):
        return [text for one in facts.values() for text in _texts(one)]
    return [text for one in facts for text in _texts(one)] if isinstance(facts, list | tuple) else []


def _without(facts: Any, table: dict[int, str]) -> Any:
    if isinstance(facts, str):
        return facts.translate(table)
    if isinstance(facts, dict):
        return {name: _without(one, table) for name, one in facts.items()}
    return [_without(one, table) for one in facts] if isinstance(facts, list | tuple) else facts


def _instead(sign: str) -> str:
    return ABSENT if unicodedata.category(sign)[0] in LETTERS else ""


@lru_cache(maxsize=4096)
def _is_drawn(signs: str) -> bool:
    try:
        typst.compile(
            _SOURCE,
            font_paths=fonts(),
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"signs": json.dumps(signs, ensure_ascii=False)},
        )
    except typst.TypstError:
        return False
    return True
