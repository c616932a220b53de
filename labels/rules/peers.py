"""The group of similar collectivités as people change it: the address of the page holds it, nothing is stored."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

# Working proposals, which no text gives: enough for quartiles, few enough to be read on a screen.
PROPOSED = 12  # similar collectivités that are proposed
MOST_ADDED = 12  # beside them, by hand
MOST_LEFT_OUT = 60  # what an address can carry


@dataclass(frozen=True, slots=True)
class Group:
    """How people change the group: within so many kilometres, codes added and left out (the latter wins)."""

    within: int | None = None
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def without(self, code: str) -> "Group":
        """One collectivité less, proposed or added by hand."""
        others = tuple(one for one in self.added if one != code)
        return replace(self, added=others, left_out=tuple(dict.fromkeys([*self.left_out, code])))

    def with_back(self, code: str) -> "Group":
        """One that was left out may be proposed again."""
        return replace(self, left_out=tuple(one for one in self.left_out if one != code))

    @property
    def words(self) -> dict[str, str]:
        """Its parameters in an address; none where nothing was changed."""
        told = {
            "km": str(self.within or ""),
            "avec": " ".join(self.added),
            "sans": " ".join(self.left_out),
        }
        return {name: value for name, value in told.items() if value}


def codes_in(text: str) -> tuple[str, ...]:
    """The codes somebody typed, each once, in their order; commas and semicolons part them too."""
    return tuple(dict.fromkeys(text.upper().replace(",", " ").replace(";", " ").split()))


def too_many(added: Sequence[str], left_out: Sequence[str]) -> list[str]:
    """Sentences on what goes beyond the limits, by the names of those set aside."""
    found = []
    if beyond := added[MOST_ADDED:]:
        found.append(
            f"{MOST_ADDED} collectivités s’ajoutent au plus. Laissées de côté : {', '.join(beyond)}."
        )
    if beyond := left_out[MOST_LEFT_OUT:]:
        found.append(
            f"{MOST_LEFT_OUT} collectivités s’ôtent au plus. Restées dans le groupe : {', '.join(beyond)}."
        )
    return found


def not_added(codes: Collection[str], names: Mapping[str, str], *, own: str) -> list[str]:
    """Why these codes are not in the group; `names` has, by code, the collectivités that exist."""
    found = []
    if own in codes:
        found.append("Votre collectivité ne s’ajoute pas : c’est elle que le groupe aide à situer.")
    if unknown := [code for code in codes if code not in names and code != own]:
        found.append(f"Aucune collectivité d’aujourd’hui n’a ce code : {', '.join(unknown)}. Vérifiez-le.")
    if bare := [f"{names[code]} ({code})" for code in codes if code in names and code != own]:
        found.append(f"Sans fiche qui compte, donc sans rien à comparer : {', '.join(bare)}.")
    return found
