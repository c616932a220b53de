"""The versions of a fiche, and what changed from one to another, field by field, in words people read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from atlaas.models import Revision, Service, Sheet
from atlaas.rules.difference import FOLDED, Piece, difference
from atlaas.rules.sheet import Content
from labels.rules.revision import LABELS, words_of


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
                words_of(field, before.get(field), names | titles),
                words_of(field, after.get(field), names | titles),
            ),
        )
        for field, label in LABELS.items()
    ]
    return sorted((one for one in listed if one.pieces), key=lambda one: one.is_same)


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
