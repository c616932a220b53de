"""The fields of a fiche in words people read, so that two versions can be compared field by field."""

from collections.abc import Callable, Mapping
from datetime import date

from atlaas.choices import OperatorKind, Precision, SheetKind
from atlaas.rules.text import decimal
from labels.rules.clock_words import day_words

LABELS = {
    "title": "Titre",
    "summary": "En une phrase",
    "text": "Récit",
    "kind": "Nature",
    "operator": "Qui la conduit",
    "operator_name": "Nom de l’opérateur",
    "started_on": "Début",
    "ended_on": "Fin",
    "is_running": "Toujours en cours",
    "audience": "Publics",
    "partners": "Avec",
    "address": "Lieu",
    "lon": "Longitude",
    "lat": "Latitude",
    "precision": "Précision du lieu",
    "links": "Liens",
    "contact_function": "Fonction à contacter",
    "contact_email": "Boîte générique",
    "services": "Services",
    "attachments": "Images et documents",
    "inspired_by": "Inspirée de",
}


def words_of(field: str, value: object, names: Mapping[str, str]) -> str:
    """A field of a content as text; `names`: by code or identifier, what a service or another fiche is called."""
    if value is None or value in ("", []):
        return ""
    if field in _READERS:
        return _READERS[field](value)
    if isinstance(value, list):
        return "\n".join(_item(one, names) for one in value)
    return names.get(str(value), str(value))


def _chosen(labels: Mapping[str, str]) -> Callable[[object], str]:
    return lambda value: labels.get(str(value), str(value))


def _day(value: object) -> str:
    return day_words(date.fromisoformat(str(value)))


def _degrees(value: object) -> str:
    return decimal(float(str(value)), 5)


def _item(one: object, names: Mapping[str, str]) -> str:
    if isinstance(one, dict):
        return f"{one['name']} : {one['alt']}" if one["alt"] else str(one["name"])
    return names.get(str(one), str(one))


_READERS: Mapping[str, Callable[[object], str]] = {
    "kind": _chosen(dict(SheetKind.choices)),
    "operator": _chosen(dict(OperatorKind.choices)),
    "precision": _chosen(dict(Precision.choices)),
    "started_on": _day,
    "ended_on": _day,
    "is_running": lambda value: "oui" if value else "non",
    "lon": _degrees,
    "lat": _degrees,
}
