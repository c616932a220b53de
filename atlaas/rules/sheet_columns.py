"""The columns of a table of fiches: the header each is written with, and the other headers it is known by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from atlaas.rules.text import fold

IDENTIFIER, SERVICES = "identifier", "services"
# The column of each field, in the order of the form: the header of our own files first, then its aliases.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    IDENTIFIER: ("Identifiant", "id", "uuid", "identifiant de la fiche"),
    "title": (
        "Titre",
        "intitulé",
        "nom",
        "nom de l’action",
        "titre de la fiche",
        "titre de l’action",
        "action",
    ),
    "summary": ("Résumé", "en une phrase", "chapô", "accroche", "description courte", "présentation"),
    "text": ("Récit", "texte", "description", "contenu", "détail", "description longue", "corps"),
    "kind": ("Nature", "type", "type de fiche", "type d’action"),
    SERVICES: (
        "Services",
        "service",
        "codes des services",
        "code service",
        "service du référentiel",
        "référentiel",
    ),
    "operator": ("Qui la conduit", "opérateur", "mode de gestion", "gestion", "porteur"),
    "operator_name": ("Nom de l’opérateur", "nom du porteur", "nom du délégataire", "nom de l’association"),
    "started_on": ("Début", "date de début", "depuis", "depuis le", "lancement", "date de lancement"),
    "ended_on": ("Fin", "date de fin", "jusqu’au", "terminée le"),
    "is_running": ("Toujours en cours", "en cours", "en cours ?", "active"),
    "audience": ("Publics", "public", "public visé", "public touché", "cible", "bénéficiaires"),
    "partners": ("Partenaires", "partenaire", "avec", "en partenariat avec"),
    "address": ("Lieu", "adresse", "localisation", "où"),
    "lon": ("Longitude", "lon", "lng", "x"),
    "lat": ("Latitude", "lat", "y"),
    "precision": ("Précision du lieu", "précision"),
    "links": ("Liens", "lien", "site", "site web", "url", "adresse web"),
    "contact_function": ("Fonction à contacter", "contact", "fonction", "service à contacter"),
    "contact_email": ("Boîte générique", "courriel", "e-mail", "email", "mail", "adresse électronique"),
}
# Columns that our export adds for who reads it; an import passes them over.
INFORMATIVE = (
    "État",
    "Noms des services",
    "Version",
    "Modifications non publiées",
    "Enregistrée le",
    "À corriger",
)
NEAR = 75.0

_FIELDS = {fold(name): one for one, names in COLUMNS.items() for name in names}
_INFORMATIVE = {fold(name) for name in INFORMATIVE}


@dataclass(frozen=True)
class Headers:
    """Which cell holds which field; `problems` refuse the file, `remarks` only tell."""

    places: Mapping[str, int]
    problems: Sequence[str] = field(default_factory=list)
    remarks: Sequence[str] = field(default_factory=list)


def label(name: str) -> str:
    """The header of a field in our own files."""
    return COLUMNS[name][0]


def read_headers(cells: Sequence[str]) -> Headers:
    """Meet each header whatever its case, accents and punctuation; the first problem hides no other."""
    places: dict[str, int] = {}
    problems, remarks = [], []
    for place, cell in enumerate(cells):
        name = _FIELDS.get(fold(cell))
        if name is None:
            remarks += _ignored(cell)
        elif name in places:
            first = cells[places[name]]
            problems.append(f"Les colonnes « {first} » et « {cell} » disent la même chose : gardez-en une.")
        else:
            places[name] = place
    if "title" not in places and IDENTIFIER not in places:
        problems.append("La colonne « Titre » manque : ajoutez-la, ou partez du modèle.")
    return Headers(places, problems, remarks)


def _ignored(cell: str) -> list[str]:
    if not cell or fold(cell) in _INFORMATIVE:
        return []
    near = process.extractOne(fold(cell), _FIELDS.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    hint = f" Vouliez-vous écrire « {label(_FIELDS[near[0]])} » ?" if near else ""
    return [f"La colonne « {cell:.60} » n’est pas reconnue : elle est ignorée.{hint}"]
