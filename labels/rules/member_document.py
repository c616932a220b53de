"""What a person chooses of a document: chapters, edition, years; settled the same way however it was written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from labels.choices import DocumentKind

FIRST_YEAR = 2000
MANDATE_YEARS = (
    6  # of a municipal council (Code électoral, L. 227): what is proposed, people choose otherwise
)
MOST_YEARS = 15  # of a report: what a page still shows

# By document, the chapters in their order: code → what people tick.
CHAPTERS: Mapping[str, Mapping[str, str]] = {
    DocumentKind.NOTE: {
        "mosaique": "La mosaïque",
        "situation": "Points forts et marges de progrès",
        "comparaison": "La comparaison avec des collectivités semblables",
        "phares": "Les actions phares",
    },
    DocumentKind.CITIZENS: {
        "label": "Le label, en deux phrases",
        "actions": "Ce qui existe",
        "suite": "En savoir plus, avec un code QR",
    },
    DocumentKind.MANDATE: {
        "niveaux": "Les niveaux, édition par édition",
        "nouveautes": "Ce qui a été nouveau, année par année",
        "enjeux": "Les fiches par enjeu",
    },
    DocumentKind.HANDOVER: {
        "droits": "Qui détient quels droits",
        "attente": "Ce qui attend",
        "niveaux": "Les niveaux, édition par édition",
        "fiches": "Les fiches par enjeu, avec leur état",
    },
}
ABOUT: Mapping[str, str] = {
    DocumentKind.NOTE: "Deux pages pour les élus : la mosaïque, ce qui est solide, ce qui manque, et où vous en êtes parmi des collectivités semblables.",
    DocumentKind.CITIZENS: "Une page ou deux, sans jargon : ce que la collectivité propose, et où en savoir plus.",
    DocumentKind.MANDATE: "D’une année à l’autre : les niveaux obtenus, ce qui a été nouveau chaque année, les fiches par enjeu.",
    DocumentKind.HANDOVER: "Pour qui prend la suite : les droits, ce qui attend, les niveaux et toutes les fiches. Aucun nom, aucune adresse.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as it was chosen; None where the document has no such choice."""

    kind: str
    chapters: tuple[str, ...]
    year: int | None = None
    since: int | None = None
    until: int | None = None

    def facts(self) -> dict[str, Any]:
        """Plain JSON, the same for the same choices: what makes one row of a document."""
        told = asdict(self)
        del told["kind"]
        return {name: value for name, value in told.items() if value is not None} | {
            "chapters": list(self.chapters)
        }


def asked_from(kind: str, facts: Mapping[str, Any]) -> Asked:
    """What `facts` wrote."""
    return Asked(kind, tuple(facts["chapters"]), facts.get("year"), facts.get("since"), facts.get("until"))


def in_order(chapters: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """Those of the document, in its order; all of them when none is left."""
    kept = tuple(one for one in known if one in chapters)
    return kept or tuple(known)


def mandate_of(today: int) -> tuple[int, int]:
    """The years proposed for a report: the last six, the current one counted."""
    return today - MANDATE_YEARS + 1, today


def years_problem(since: int, until: int) -> str:
    """Why these years make no report; nothing when they do."""
    if since > until:
        return "La première année suit la dernière : inversez-les."
    if until - since >= MOST_YEARS:
        return f"Un bilan couvre au plus {MOST_YEARS} années : rapprochez les deux."
    return ""


def years_words(years: Sequence[int]) -> str:
    """« 2021–2026 », « 2026 »."""
    return f"{years[0]}–{years[-1]}" if years[0] != years[-1] else str(years[0])
