"""Parameters and pages of the resources that list fiches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from atlaas.api.base import origin
from atlaas.models import PublicSheet
from atlaas.rules.text import french
from labels.queries import sheet_vocabulary
from labels.queries.sheet_page import page
from labels.queries.sheet_services import with_services
from labels.rules import sheet_cursor
from labels.rules.sheet_cursor import Cursor

SIZE, LARGEST, LARGEST_MAP = 50, 100, 500
PAGING = {"apres": "Page suivante : suivez `next`.", "avant": "Page précédente : suivez `previous`."}
HELP = {
    "q": "Texte cherché, sans accents ni pluriels ; « expression exacte », -mot.",
    "famille": "Famille du référentiel, par son adresse.",
    "enjeu": "Enjeu du référentiel, par son adresse.",
    "service": "Code du service.",
    "region": "Région, par son adresse.",
    "departement": "Code INSEE du département.",
    "categorie": "ville, village ou territoire.",
    "taille": "Classe d’habitants, par exemple 3500-9999.",
    "nature": "initiative, evenement ou lieu.",
    "encours": "oui ou non.",
    "annee": "Année de la dernière mise à jour.",
    "collectivite": "Code INSEE ou SIREN.",
    "tri": "pertinence ou date.",
}
LIMIT = f"Fiches par page : {SIZE} par défaut, {LARGEST} au plus ({LARGEST_MAP} en GeoJSON)."
KNOWN = {**HELP, **PAGING, "limite": LIMIT}
PARAMETERS = [
    OpenApiParameter(name, int if name == "limite" else str, description=french(text))
    for name, text in KNOWN.items()
]


@dataclass(frozen=True, slots=True)
class Found:
    """The fiches of a page with their services, and the addresses of the pages around (`next`, `previous`)."""

    sheets: Sequence[PublicSheet]
    links: Mapping[str, str | None]


def paged(request: Request, largest: int) -> Found:
    """What the address asks; a parameter or a value that is not known is refused with a sentence, never ignored."""
    given = request.query_params.dict()
    if unknown := sorted(set(given) - KNOWN.keys()):
        names = ", ".join(name[:40].replace("\x00", "") for name in unknown[:5])
        raise ValidationError(
            {"detail": french(f"Paramètre inconnu : {names}. Paramètres possibles : {', '.join(KNOWN)}.")}
        )
    asked = sheet_vocabulary.read(given)
    wrong = {one.name: [french(one.sentence)] for one in asked.unread}
    size = _size(given.get("limite", ""), largest, wrong)
    cursors = {name: _cursor(name, given.get(name, ""), wrong) for name in PAGING}
    if wrong:
        raise ValidationError({"detail": french("Un paramètre ne peut pas être lu."), "parametres": wrong})
    found = page(
        asked.filters,
        request.user,
        after=cursors["apres"],
        before=cursors["avant"],
        size=size,
        is_marked=False,
    )
    with_services(found.sheets)
    kept = {"limite": given.get("limite", "")}

    def address(**cursor: str) -> str:
        return f"{origin(request)}{request.path}{asked.filters.query(**kept, **cursor)}"

    following = address(apres=str(found.next)) if found.next else None
    preceding = address(avant=str(found.previous)) if found.previous else None
    return Found(found.sheets, {"next": following, "previous": preceding})


def _size(given: str, largest: int, wrong: dict[str, list[str]]) -> int:
    if not given:
        return SIZE
    if given.isascii() and given.isdecimal() and len(given) < 5 and 1 <= int(given) <= largest:
        return int(given)
    wrong["limite"] = [french(f"Un nombre de 1 à {largest}.")]
    return SIZE


def _cursor(name: str, given: str, wrong: dict[str, list[str]]) -> Cursor | None:
    cursor = sheet_cursor.read(given) if given else None
    if given and cursor is None:
        wrong[name] = [french("Cette page n’existe pas : suivez les adresses que donne la réponse.")]
    return cursor
