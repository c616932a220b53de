"""Meet what a person writes in a cell with the services of the référentiel: by code, or by name once folded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from atlaas.rules.text import fold

NEAR = 55.0
_CODE = re.compile(r"\s*([A-Za-z]{2,4}-[0-9]{1,3})\b.*", re.DOTALL)


@dataclass(frozen=True)
class Services:
    """The services that may be named: code → name, in the order of the référentiel."""

    names: Mapping[str, str]

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        return {fold(name): code for code, name in self.names.items()}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        return {code: rank for rank, code in enumerate(self.names)}

    def read(self, cell: str) -> list[str]:
        """The codes, in the order of the référentiel; ValueError with a sentence a service that is unknown."""
        found, unknown = [], []
        for written in _apart(cell):
            codes = self._codes(written)
            found += codes
            if not codes:
                unknown.append(self._sentence(written))
        if unknown:
            raise ValueError(" ".join(unknown))
        return sorted(dict.fromkeys(found), key=self.ranks.__getitem__)

    def _codes(self, written: str) -> list[str]:
        """One service, or several apart by commas when no name of the référentiel has these commas."""
        if one := self._code(written):
            return [one]
        several = [self._code(part) for part in written.split(",") if part.strip()]
        return [code for code in several if code] if all(several) else []

    def _code(self, written: str) -> str | None:
        text = written.strip()
        if text.upper() in self.names:
            return text.upper()
        if named := self.by_name.get(fold(text)):
            return named
        met = _CODE.fullmatch(text)
        return met[1].upper() if met and met[1].upper() in self.names and "," not in text else None

    def _sentence(self, written: str) -> str:
        near = process.extractOne(fold(written), self.by_name.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR)
        code = self.by_name[near[0]] if near else ""
        hint = (
            f"le plus proche est « {code} – {self.names[code]} »" if near else "voyez la liste des services"
        )
        return f"Le service « {written:.80} » n’est pas dans le référentiel : {hint}."


def _apart(cell: str) -> Iterable[str]:
    return [part.strip() for part in re.split(r"[;|\n]", cell) if part.strip()]
