"""The versions of a fiche, and what changed from one to another, field by field, in words people read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format

from atlaas.choices import OperatorKind, Precision, SheetKind
from atlaas.models import Revision, Service, Sheet
from atlaas.rules.difference import FOLDED, Piece, difference
from atlaas.rules.sheet import Content
from atlaas.rules.text import decimal

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


@dataclass(frozen=True)
class Change:
    """One field and the pieces of its text; `is_same` when nothing of it changed."""

    field: str
    label: str
    pieces: Sequence[Piece]

    @property
    def is_same(self) -> bool:
        return all(piece.kind == FOLDED for piece in self.pieces)


def revisions_of(sheet: Sheet) -> list[Revision]:
    """Every version, newest first, without its content; who published is a collectivité or a mandate, never a person."""
    rows = (
        sheet.revisions.defer("content").select_related("mandate__operator", "restored").order_by("-number")
    )
    return list(rows.defer("content", "restored__content"))


def changes(before: Content, after: Content) -> list[Change]:
    """Every field, those that changed first (two queries: names of services, titles of fiches)."""
    names = _service_names(before, after)
    titles = _sheet_titles(before, after)
    listed = [
        Change(
            field,
            label,
            difference(
                _words(field, before.get(field), names | titles),
                _words(field, after.get(field), names | titles),
            ),
        )
        for field, label in LABELS.items()
    ]
    return sorted((one for one in listed if one.pieces), key=lambda one: one.is_same)


def _words(field: str, value: object, names: Mapping[str, str]) -> str:
    if value is None or value in ("", []):
        return ""
    if field in _READERS:
        return _READERS[field](value)
    if isinstance(value, list):
        return "\n".join(_item(one, names) for one in value)
    return names.get(str(value), str(value))


def _chosen(choices: type[TextChoices]) -> Callable[[object], str]:
    labels = dict(choices.choices)
    return lambda value: str(labels.get(str(value), value))


def _day(value: object) -> str:
    return date_format(date.fromisoformat(str(value)), "j F Y")


def _degrees(value: object) -> str:
    return decimal(float(str(value)), 5)


_READERS: Mapping[str, Callable[[object], str]] = {
    "kind": _chosen(SheetKind),
    "operator": _chosen(OperatorKind),
    "precision": _chosen(Precision),
    "started_on": _day,
    "ended_on": _day,
    "is_running": lambda value: "oui" if value else "non",
    "lon": _degrees,
    "lat": _degrees,
}


def _item(one: object, names: Mapping[str, str]) -> str:
    if isinstance(one, dict):
        return f"{one['name']} : {one['alt']}" if one["alt"] else str(one["name"])
    return names.get(str(one), str(one))


def _service_names(*contents: Content) -> dict[str, str]:
    codes = {str(code) for content in contents for code in _listed(content["services"])}
    return dict(Service.objects.filter(code__in=codes).values_list("code", "name"))


def _sheet_titles(*contents: Content) -> dict[str, str]:
    """The public titles of the fiches that are credited; one that is not public is told by no title."""
    ids = {str(content["inspired_by"]) for content in contents if content["inspired_by"]}
    if not ids:
        return {}
    named = Sheet.objects.filter(pk__in=ids).values_list("pk", "public__title", "public__collectivity__name")
    return {
        str(pk): f"« {title} », {town}" if title else "une fiche qui n’est pas publique"
        for pk, title, town in named
    }


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else []
