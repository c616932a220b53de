"""What a line of a sealed palmarès may be corrected to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from atlaas.rules.refusal import Refused
from labels.rules.ten import TOP

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What a correction may change of an award; `mentions` holds slugs of the edition's themes."""

    level: int
    is_ten: bool
    mentions: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        return {"level": self.level, "is_ten": self.is_ten, "mentions": sorted(set(self.mentions))}


def check_correction(told: Told, *, before: dict[str, Any], themes: Collection[str], reason: str) -> None:
    """Raise `Refused` with the first thing to mend."""
    if not 1 <= told.level <= TOP:
        raise Refused("Un niveau va de 1 à 5 arobases : choisissez l’un des cinq.")
    if told.is_ten and told.level != TOP:
        raise Refused("Le titre TEN demande 5 arobases : retirez le titre, ou donnez ce niveau.")
    if unknown := set(told.mentions) - set(themes):
        raise Refused(f"Ce thème de mention n’est pas de cette édition : {min(unknown)}.")
    if told.facts() == before:
        raise Refused("Rien ne change : corrigez le niveau, le titre ou les mentions.")
    if not reason:
        raise Refused("Une correction dit pourquoi, en une ligne : elle est publiée avec le palmarès.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Cette raison est trop longue : {LONGEST_REASON} signes au plus, une ligne suffit.")


def worded(before: Mapping[str, Any], after: Mapping[str, Any], themes: Mapping[str, str]) -> str:
    """« Niveau : 3 @, au lieu de 2 @. » `themes` gives the name of a theme by its slug."""
    told = []
    if before["level"] != after["level"]:
        told.append(f"Niveau : {after['level']} @, au lieu de {before['level']} @.")
    if before["is_ten"] != after["is_ten"]:
        told.append("Titre TEN donné." if after["is_ten"] else "Titre TEN retiré.")
    for words, some, others in (("donnée", after, before), ("retirée", before, after)):
        told += [
            f"Mention {words} : {themes.get(slug, slug)}."
            for slug in some["mentions"]
            if slug not in others["mentions"]
        ]
    return " ".join(told)
