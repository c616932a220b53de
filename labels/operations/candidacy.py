"""Verbs of a dossier while it is written: start, save, choose its fiches. Filing is in `filing.py`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from atlaas.choices import Role
from atlaas.models import Collectivity, User
from atlaas.permissions import require
from atlaas.queries.right import Right
from atlaas.rules.refusal import Conflict, Refused
from labels.choices import RequestState, SheetChoice
from labels.models import Candidacy, CandidacySheet, CandidacyStep, Edition
from labels.operations.alive import require_alive
from labels.queries.clock import now
from labels.queries.counting import counting
from labels.rules.candidacy import next_state
from labels.rules.category import category_of

PEOPLE = ("elected_name", "elected_function", "agent_name", "agent_function", "contact_email")
FACTS = (*PEOPLE, "mayor_word")
ANSWERS = ("answers", "feedback")
BLANK: tuple[object, ...] = ("", None, [])
ONE_SITTING = timedelta(minutes=30)  # saves of one person within it are one line of « who did what »


@transaction.atomic
def start(edition: Edition, collectivity: Collectivity, *, by: User, key: UUID | None = None) -> Candidacy:
    """Begin the dossier; a second click, or a colleague's, finds the one that stands. `key` is for who chooses its identifier."""
    right = require(by, collectivity, Role.CONTRIBUTOR)
    require_alive(edition)
    if edition.opens_at is None or now() < edition.opens_at:
        raise Refused("Les candidatures de cette édition ne sont pas encore ouvertes.")
    category = category_of(
        collectivity.kind, collectivity.population, village_below=edition.rulebook.village_below
    )
    if category is None:
        raise Refused(
            "La population de cette commune n’est pas connue, donc sa catégorie non plus : écrivez à l’association."
        )
    fresh = Candidacy(
        pk=key or uuid4(),
        edition=edition,
        collectivity=collectivity,
        category=category,
        created_by=by,
        saved_by=by,
    )
    Candidacy.objects.bulk_create([fresh], ignore_conflicts=True)
    candidacy = Candidacy.objects.get(edition=edition, collectivity=collectivity)
    if candidacy.pk == fresh.pk:
        CandidacyStep.objects.create(candidacy=candidacy, step="start", by=by, mandate=right.mandate)
    return candidacy


@transaction.atomic
def save(candidacy: Candidacy, *, by: User, version: int, facts: Mapping[str, object]) -> Candidacy:
    """Write the working copy over the version that was read; `Conflict` when another has been saved since.

    `facts` holds names of `FACTS`, `wanted_category` with `category_reason`, and `answers` and `feedback` (by code; those
    absent stay). Saving what is already there changes nothing, not even the version, and is no conflict.
    """
    right = require(by, candidacy.collectivity, Role.CONTRIBUTOR)
    locked = _locked(candidacy)
    changed = _changed(locked, facts)
    if not changed:
        return locked
    _require_writable(locked, version, facts)
    if "wanted_category" in changed or "category_reason" in changed:
        _ask_category(locked, str(facts["wanted_category"]), str(facts["category_reason"]))
    for name in changed & {*FACTS, *ANSWERS}:
        setattr(locked, name, _new(locked, name, facts[name]))
    return _written(locked, by, right, sorted(changed))


@transaction.atomic
def choose(
    candidacy: Candidacy, *, by: User, version: int, out: Sequence[UUID], flagships: Sequence[UUID]
) -> Candidacy:
    """Say which fiches are taken out, and which are put forward, in that order; the others follow the rule."""
    right = require(by, candidacy.collectivity, Role.CONTRIBUTOR)
    locked = _locked(candidacy)
    wanted = _choices(locked, out, flagships)
    if wanted == list(
        locked.choices.order_by("choice", "position").values_list("sheet", "choice", "position")
    ):
        return locked
    _require_writable(locked, version, {"out": list(out), "flagships": list(flagships)})
    locked.choices.all().delete()
    CandidacySheet.objects.bulk_create(
        CandidacySheet(candidacy=locked, sheet_id=sheet, choice=choice, position=position)
        for sheet, choice, position in wanted
    )
    return _written(locked, by, right, ["sheets"])


def _choices(
    locked: Candidacy, out: Sequence[UUID], flagships: Sequence[UUID]
) -> list[tuple[UUID, str, int]]:
    """The rows to write, in the order of `choice` then `position`; `Refused` for a fiche that is not one of the dossier's."""
    most = locked.edition.rulebook.most_flagships
    if set(out) & set(flagships):
        raise Refused("Une fiche retirée du dossier ne peut pas être aussi une action phare.")
    if len(set(flagships)) > most:
        raise Refused(f"Mettez en avant {most} fiches au plus : décochez-en.")
    counted = set(
        counting(locked.edition, timezone.localdate())
        .filter(collectivity=locked.collectivity)
        .values_list("pk", flat=True)
    )
    if not {*out, *flagships} <= counted:
        raise Refused("Une des fiches choisies ne compte plus pour cette édition : relisez la liste.")
    put_forward = [(one, SheetChoice.FLAGSHIP, rank) for rank, one in enumerate(dict.fromkeys(flagships), 1)]
    return [*put_forward, *((one, SheetChoice.OUT, rank) for rank, one in enumerate(sorted(set(out)), 1))]


def _changed(locked: Candidacy, facts: Mapping[str, object]) -> set[str]:
    names = (*FACTS, *ANSWERS, "wanted_category", "category_reason")
    return {
        name for name in names if name in facts and _new(locked, name, facts[name]) != getattr(locked, name)
    }


def _new(locked: Candidacy, name: str, value: object) -> object:
    """What the column would hold: answers by code are added to those that stand, and a blank one is none."""
    if name in ANSWERS and isinstance(value, Mapping):
        both = {**getattr(locked, name), **value}
        return {code: told for code, told in both.items() if told not in BLANK}
    return value


def _ask_category(locked: Candidacy, wanted: str, reason: str) -> None:
    """Contest the category, with a reason; giving up is asking for the one that stands."""
    if locked.category_answer not in {"", RequestState.ASKED}:
        raise Refused("L’association a déjà répondu sur la catégorie : écrivez-lui si les faits ont changé.")
    if wanted in {"", locked.category}:
        wanted = reason = ""
    if wanted and not reason:
        raise Refused("Dites pourquoi une autre catégorie conviendrait mieux.")
    locked.wanted_category, locked.category_reason = wanted, reason
    locked.category_answer = RequestState.ASKED if wanted else ""


def _written(locked: Candidacy, by: User, right: Right, fields: Sequence[str]) -> Candidacy:
    locked.version += 1
    locked.saved_by, locked.saved_at = by, timezone.now()
    locked.save()
    _note(locked, by, right, fields)
    return locked


def _note(locked: Candidacy, by: User, right: Right, fields: Sequence[str]) -> None:
    """One line a sitting: who goes on writing adds to their last line."""
    last = locked.steps.order_by("-at", "-pk").first()
    if last and (last.step, last.by_id) == ("write", by.pk) and last.at > locked.saved_at - ONE_SITTING:
        last.detail = {"fields": sorted({*last.detail["fields"], *fields})}
        last.save(update_fields=["detail"])
        return
    CandidacyStep.objects.create(
        candidacy=locked, step="write", by=by, mandate=right.mandate, detail={"fields": list(fields)}
    )


def _require_writable(locked: Candidacy, version: int, proposed: Mapping[str, object]) -> None:
    require_alive(locked.edition)
    next_state(locked.state, "write")
    if locked.version != version:
        raise Conflict(
            "Ce dossier a été enregistré par quelqu’un d’autre entre-temps : voici les deux textes.",
            current=locked,
            proposed=proposed,
        )


def _locked(candidacy: Candidacy) -> Candidacy:
    rows = Candidacy.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("edition__rulebook", "collectivity", "saved_by").get(pk=candidacy.pk)
