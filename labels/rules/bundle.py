"""What is sealed of a palmarès: its inputs, what they give, and the digest of each row. Anyone with the code computes it again.

A document is plain JSON: `format`, `salt`, `code` (the version of the rules), `inputs`, `outputs`, and `rows`: by path, the SHA-256 of
each row of the others, so that a row that was altered is named. The digest of a document is that of its canonical JSON.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from labels.rules.snapshot import canonical, plain, sha256

FORMAT = 1
DEPTH = 3  # a row is told by at most so many names: inputs.awards.14118
ROWS = "rows"
PARTS = {"format", "salt", "code", "inputs", "outputs", ROWS}

Facts = dict[str, Any]
Rule = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def closed(inputs: Mapping[str, Any], *, salt: str, code: str, rule: Rule) -> Facts:
    """The document of these inputs, `outputs` being what the rule makes of them."""
    read = _plain(inputs)
    document = {
        "format": FORMAT,
        "salt": salt,
        "code": code,
        "inputs": read,
        "outputs": _plain(rule(read)),
    }
    return document | {ROWS: _digests(document)}


def digest(document: Mapping[str, Any]) -> str:
    return sha256(canonical(document))


def first_difference(document: object, rule: Rule) -> str:
    """In words, the first row that is not what was sealed, or not what the rule makes of the inputs; empty when all hold."""
    if not isinstance(document, Mapping) or set(document) != PARTS or document["format"] != FORMAT:
        return "this is no document of a seal"
    if row := _altered(document):
        return row
    try:
        computed = _plain(rule(document["inputs"]))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        return f"inputs: the rules cannot read them ({type(error).__name__}: {error})"
    return difference(document["outputs"], computed, "outputs")


def difference(told: object, computed: object, path: str) -> str:
    """In words, the path at which both first part; empty when they are the same."""
    if isinstance(told, Mapping) and isinstance(computed, Mapping):
        for key in sorted({*told, *computed}):
            if key not in told or key not in computed:
                return f"{path}.{key}: {'told' if key in told else 'computed'} alone"
            if found := difference(told[key], computed[key], f"{path}.{key}"):
                return found
        return ""
    return "" if _same(told, computed) else f"{path}: told {_word(told)}, computed {_word(computed)}"


def _altered(document: Mapping[str, Any]) -> str:
    told, computed = document[ROWS], _digests({key: document[key] for key in document if key != ROWS})
    if not isinstance(told, Mapping):
        return f"{ROWS}: no table of digests"
    for path in sorted({*told, *computed}):
        if told.get(path) != computed.get(path):
            return f"{path}: not the row that was sealed"
    return ""


def _digests(document: Mapping[str, Any]) -> dict[str, str]:
    return {path: sha256(canonical({path: value})) for path, value in _rows(document, DEPTH)}


def _rows(document: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    """Each row with its path; an empty table is a row, so that what is added to it shows."""
    for key, value in document.items():
        if depth > 1 and isinstance(value, Mapping) and value:
            for path, row in _rows(value, depth - 1):
                yield f"{key}.{path}", row
        else:
            yield key, value


def _same(one: object, other: object) -> bool:
    """JSON knows `true` from `1`; Python does not."""
    return canonical({"": one}) == canonical({"": other})


def _plain(facts: Mapping[str, Any]) -> Facts:
    """As it is read back from a file."""
    told: Facts = json.loads(canonical(facts))
    return told


def _word(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False)
