"""What a laureate may print, and the words of it.

The règlement says nothing of pictures and the association has its own logo: these are proposed by the platform, drawn from
its own arobase, and imitate nothing.
"""

from dataclasses import dataclass
from datetime import date

from atlaas.rules.text import french, listed

TOP = 5
_BEARERS = {"ville": "La ville", "village": "Le village", "territoire": "Le territoire"}

LABEL = (
    "Décerné chaque année par un jury, le label « Territoires, Villes et Villages Internet » distingue les collectivités qui "
    "mettent le numérique au service de leurs habitants."
)
UNTOLD = french(
    "La source de cette ligne ne donne pas de niveau entier : il n’y a donc rien à afficher. Si vous avez un document qui le "
    "prouve, envoyez-le à l’association."
)
ATTESTED = french(
    "Ce niveau vient d’une source publique, et non d’un palmarès connu en entier : l’association ne peut pas en garantir un "
    "affichage. Si vous avez le diplôme ou le palmarès de cette année-là, envoyez-les-lui."
)
UNCONFIRMED = french(
    "Ce niveau se lit « 4 ou 5 @ » et reste à confirmer : un panneau ne peut pas l’afficher à moitié. Écrivez à l’association "
    "avec le diplôme reçu à la cérémonie ; dès qu’elle confirme le niveau, le kit paraît ici, sans autre démarche."
)


def why_none(*, level: int | None, is_certain: bool, is_complete: bool) -> str:
    """Why an award has no kit yet, and what to do; empty when it has one."""
    if level is None:
        return UNTOLD
    if not is_complete:
        return ATTESTED
    return "" if is_certain else UNCONFIRMED


@dataclass(frozen=True, slots=True)
class Kit:
    """All that the documents print: plain facts, which nothing in a template reads as markup."""

    name: str
    place: str
    category: str
    year: int
    number: int
    level: int
    ten_years: tuple[int, ...]
    mentions: tuple[str, ...]
    ceremony: date | None
    is_demo: bool
    url: str

    @property
    def label(self) -> str:
        """« Ville Internet »: the label as its holder bears it."""
        return f"{self.category.capitalize()} Internet"

    @property
    def level_words(self) -> str:
        return french(f"{self.level} arobase{'s' if self.level > 1 else ''} sur {TOP}")

    @property
    def mention_words(self) -> tuple[str, ...]:
        return tuple(french(f"Mention « {one} »") for one in self.mentions)

    @property
    def alt(self) -> str:
        """The picture in words, for who does not see it."""
        demo = " (démonstration)" if self.is_demo else ""
        return french(f"{self.name}, {self.label} {self.year} : {self.level_words}{demo}")

    @property
    def bulletin(self) -> str:
        """A text for the town's bulletin, ready to be pasted."""
        parts = [f"{self.name} est « {self.label} » {self.year}, avec {self.level_words}.", LABEL]
        if self.ten_years:
            parts.append(
                f"{_BEARERS[self.category]} porte aussi le titre « Territoire d’excellence numérique » pour {listed(self.ten_years)}."
            )
        if self.mentions:
            quoted = [f"« {one} »" for one in self.mentions]
            word = "la mention" if len(quoted) == 1 else "les mentions"
            parts.append(f"Le jury lui a décerné {word} {listed(quoted)}.")
        text = french(" ".join(parts)) + "\n\n" + french("Vérifier ce niveau :") + f" {self.url}\n"
        return (
            french("DÉMONSTRATION : édition inventée, à ne pas publier.") + "\n\n" if self.is_demo else ""
        ) + text
