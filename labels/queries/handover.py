"""The hand-over dossier: who holds which right, what waits, the levels, every fiche with its state; nobody is named.

A right is told by its role, how many people hold it and since when: no name, no address, and no function either, which people
write freely and which would name them in a small town hall. A collectivité that holds a mandate is a body, and is named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from atlaas.choices import Role, SheetState
from atlaas.models import Affiliation, Mandate
from atlaas.rules.text import plural
from labels.queries.document_place import Reading, plate
from labels.queries.history import history_of
from labels.queries.mandate_report import levels
from labels.queries.told_sheet import ToldSheet, by_enjeu, told_sheets
from labels.rules import document_blocks as blocks
from labels.rules.clock_words import day_words
from labels.rules.document_blocks import Block
from labels.rules.member_document import Asked

MAY = {
    Role.MANAGER: "gère l’équipe et les mandats, publie, dépose",
    Role.PUBLISHER: "publie les fiches, dépose la candidature",
    Role.CONTRIBUTOR: "écrit les fiches et la candidature",
}
SPAN = 10  # editions shown at most, those of which something is known
NO_NAME = (
    "Aucun nom ni aucune adresse ici : la liste des personnes est dans l’espace de la collectivité, page « Équipe et mandats », "
    "où un responsable invite qui prend la suite."
)


def handover_of(reading: Reading, asked: Asked) -> Block:
    """At most seven queries, whatever the number of people, of editions and of fiches; `jury` adds its letters."""
    sheets = told_sheets(reading.place)
    history = history_of(reading.place, None, public=reading.public)
    span = [one.year for one in history.years if one.awards or one.is_complete][-SPAN:]
    head = plate(
        reading,
        title="Dossier de passation",
        heading="Pour qui prend la suite",
        eyebrow="Dossier de passation",
        award=history.latest,
    )
    return head | {
        "chapters": {
            "droits": _rights(reading),
            "attente": _waiting(reading, sheets),
            "niveaux": levels(history, span),
            "fiches": _sheets(sheets),
        }
    }


def _rights(reading: Reading) -> Block:
    rows = [*_roles(reading), *_mandates(reading)]
    columns = ("Droit", "Ce qu’il permet", "Combien", "Depuis")
    if not rows:
        alone = "Personne n’a de droit sur cette collectivité : quelqu’un doit demander son rattachement."
        return blocks.chapter("Qui détient quels droits", blocks.prose(alone))
    return blocks.chapter(
        "Qui détient quels droits", blocks.table("Droits en vigueur", columns, rows), blocks.note(NO_NAME)
    )


def _roles(reading: Reading) -> list[tuple[str, ...]]:
    """One query; an account that is closed is told apart, for it can do nothing."""
    rows = Affiliation.objects.filter(collectivity=reading.place).order_by().values("role")
    told = rows.annotate(
        all=Count("pk"),
        closed=Count("pk", filter=Q(user__is_active=False)),
        first=Min("created_at"),
        last=Max("created_at"),
    )
    found = {Role(one["role"]): one for one in told}
    return [
        (Role(role).label, MAY[role], _number(found[role]), _since(found[role]))
        for role in MAY
        if role in found
    ]


def _number(row: Mapping[str, Any]) -> str:
    closed = f", dont {plural(row['closed'], 'compte fermé', 'comptes fermés')}" if row["closed"] else ""
    return f"{plural(row['all'], 'personne')}{closed}"


def _since(row: Mapping[str, Any]) -> str:
    first, last = (day_words(timezone.localdate(row[name])) for name in ("first", "last"))
    return first if first == last else f"{first} ; la dernière, {last}"


def _mandates(reading: Reading) -> list[tuple[str, ...]]:
    rows = Mandate.objects.in_force().filter(collectivity=reading.place).select_related("operator")
    return [
        (
            "mandat",
            "écrit, publie et dépose pour la collectivité",
            one.operator.name if one.operator else "1\u00a0personne d’un autre organisme",
            f"{day_words(timezone.localdate(one.starts_at))}, jusqu’au {day_words(one.last_day)}",
        )
        for one in rows.order_by("starts_at", "pk")
    ]


def _waiting(reading: Reading, sheets: Sequence[ToldSheet]) -> Block:
    states = Counter(one.state for one in sheets)
    stale = sum(one.is_stale for one in sheets)
    told = [
        blocks.figure(states[SheetState.PUBLISHED], "fiche publiée", "fiches publiées"),
        blocks.figure(states[SheetState.DRAFT], "brouillon à finir", "brouillons à finir"),
        blocks.figure(stale, "fiche à relire", "fiches à relire", ", sans nouvelle depuis deux ans"),
    ]
    return blocks.chapter("Ce qui attend", blocks.figures(*told), *_campaign(reading))


def _campaign(reading: Reading) -> Iterable[Block]:
    edition = reading.current
    if edition is None or edition.closes_at is None:
        return []
    last = day_words(timezone.localdate(edition.closes_at))
    verb = "se clôt" if edition.closes_at > timezone.now() else "s’est close"
    return [blocks.prose(f"La campagne de l’édition {edition.year} {verb} le {last}.")]


def _sheets(sheets: Sequence[ToldSheet]) -> Block:
    found = [(name, [(one.title, _state(one)) for one in rows]) for name, rows in by_enjeu(sheets)]
    told = f"{plural(len(sheets), 'fiche')} en tout ; une fiche de plusieurs enjeux est sous chacun d’eux."
    return blocks.chapter(
        "Les fiches par enjeu, avec leur état",
        blocks.prose(told),
        blocks.groups(found, "La collectivité n’a pas encore de fiche."),
        own_page=True,
    )


def _state(one: ToldSheet) -> str:
    at = one.last or one.saved
    return f"{one.state_words}, {day_words(timezone.localdate(at))}"
