"""Verbs of a candidacy around its deadline: file, correct, keep, withdraw, resume.

Each locks the candidacy first, so that two of them never cross; what arrives while the window is open is taken, whatever
the time it then waits.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from atlaas.choices import NoticeKind, Role
from atlaas.models import Collectivity, User
from atlaas.operations import job
from atlaas.operations.notice import tell
from atlaas.permissions import require
from atlaas.queries.audience import people_of
from atlaas.queries.right import Right
from atlaas.rules.refusal import Refused
from labels.models import Candidacy, CandidacyStep, Snapshot
from labels.operations.alive import require_alive
from labels.operations.snapshot import store
from labels.queries.candidacy import checklist_of
from labels.queries.clock import window_of, zone_for
from labels.rules.candidacy import FILED, next_state
from labels.rules.clock import Moment, Window
from labels.rules.clock_words import told


class Incomplete(Refused):
    """The dossier cannot be filed yet; `missing` says, line by line, what to mend and where."""

    def __init__(self, missing: Sequence[object]) -> None:
        super().__init__(
            "Le dossier n’est pas encore complet : voici ce qu’il reste à faire, rien n’est perdu."
        )
        self.missing = missing


@transaction.atomic
def file(
    candidacy: Candidacy,
    *,
    by: User,
    arrived_at: datetime,
    rank: int | None = None,
    version: int | None = None,
) -> Snapshot:
    """File the dossier as it stands; `Incomplete` says what is missing, `Refused` why it is not taken.

    What is filed already makes no second snapshot: the answer to the same click may have been lost on its way. `rank` is
    the one that the form announced: a click that comes back after a colleague began to correct files nothing new. `version`
    is the one that was checked: what a colleague wrote since is not filed unread.
    """
    locked = _locked(candidacy)
    right = _right(by, locked.collectivity)
    if already := _already_filed(locked, rank):
        return already
    require_alive(locked.edition)
    if version is not None and version != locked.version:
        raise Refused(
            "Un collègue a modifié le dossier depuis que vous l’avez vérifié : relisez-le, puis déposez."
        )
    _require_open(window_of(locked), arrived_at, locked)
    state = next_state(locked.state, "file")
    if missing := checklist_of(locked, day=localdate(arrived_at)).missing:
        raise Incomplete(missing)
    snapshot = store(locked, by=by, mandate=right.mandate, arrived_at=arrived_at)
    locked.state, locked.filed = state, snapshot
    locked.save(update_fields=["state", "filed"])
    _note(locked, "file", by, right, {"rank": snapshot.rank, "number": snapshot.number})
    job.request("candidacy-mail", key=f"receipt:{snapshot.pk}")
    _tell_filed(locked, snapshot)
    return snapshot


@transaction.atomic
def correct(candidacy: Candidacy, *, by: User, arrived_at: datetime) -> Candidacy:
    """Open the dossier again; what was filed stays valid until it is filed anew."""
    return _step(candidacy, "correct", by, arrived_at)


@transaction.atomic
def keep(candidacy: Candidacy, *, by: User) -> Candidacy:
    """Give up a correction: what was filed is the dossier. No window closes on it, since nothing changes for the jury."""
    return _step(candidacy, "keep", by, None)


@transaction.atomic
def withdraw(candidacy: Candidacy, *, by: User, arrived_at: datetime) -> Candidacy:
    """No longer a candidate; the snapshots stay as proofs, and the dossier can be resumed while the window is open."""
    locked = _step(candidacy, "withdraw", by, arrived_at)
    step = locked.steps.filter(step="withdraw").latest("pk")
    job.request("candidacy-mail", key=f"withdrawn:{step.pk}")
    _tell(locked, f"withdraw:{step.pk}", f"La candidature {locked.edition.year} est retirée")
    return locked


@transaction.atomic
def resume(candidacy: Candidacy, *, by: User, arrived_at: datetime) -> Candidacy:
    """Take a withdrawn dossier up again, as a draft."""
    return _step(candidacy, "resume", by, arrived_at)


def _step(candidacy: Candidacy, step: str, by: User, arrived_at: datetime | None) -> Candidacy:
    locked = _locked(candidacy)
    right = _right(by, locked.collectivity)
    require_alive(locked.edition)
    if arrived_at is not None:
        _require_open(window_of(locked), arrived_at, locked)
    locked.state = next_state(locked.state, step)
    if step == "withdraw":
        locked.filed = None
    locked.save(update_fields=["state", "filed"])
    _note(locked, step, by, right, {})
    return locked


def _locked(candidacy: Candidacy) -> Candidacy:
    rows = Candidacy.objects.select_for_update(of=("self",), no_key=True)
    place = ("collectivity__departement", "collectivity__region", "collectivity__epci")
    # Not `filed`: who waited for the lock reads the row anew, and what is joined to it as it was before the wait.
    return rows.select_related("edition__rulebook", *place).get(pk=candidacy.pk)


def _right(by: User, collectivity: Collectivity) -> Right:
    try:
        return require(by, collectivity, Role.PUBLISHER)
    except Refused:
        raise Refused(
            "Seul un valideur ou un responsable dépose la candidature : le dossier est gardé, prévenez-en un."
        ) from None


def _already_filed(locked: Candidacy, rank: int | None) -> Snapshot | None:
    if locked.state == FILED:
        return locked.filed
    return locked.snapshots.filter(rank=rank).first() if rank else None


def _require_open(window: Window, at: datetime, candidacy: Candidacy) -> None:
    """`Refused` with the time told on both clocks; the grace is never named."""
    zone = zone_for(candidacy.collectivity)
    match window.moment(at):
        case Moment.BEFORE:
            raise Refused(f"Le dépôt n’est pas encore ouvert : il ouvre {_on(told(window.opens_at, zone))}.")
        case Moment.CLOSED:
            raise Refused(
                f"Le dépôt est clos depuis {_on(told(window.told_end, zone))}. "
                "Votre travail est gardé : écrivez à l’association si un délai vous est nécessaire."
            )


def _on(moment: object) -> str:
    return f"le {moment}"


def _note(candidacy: Candidacy, step: str, by: User, right: Right, detail: dict[str, object]) -> None:
    CandidacyStep.objects.create(candidacy=candidacy, step=step, by=by, mandate=right.mandate, detail=detail)


def _tell_filed(candidacy: Candidacy, snapshot: Snapshot) -> None:
    again = " de nouveau" if snapshot.rank > 1 else ""
    title = f"La candidature {candidacy.edition.year} est déposée{again} : n° {snapshot.number}"
    _tell(candidacy, f"filed:{snapshot.pk}", title, snapshot)


def _tell(candidacy: Candidacy, key: str, title: str, snapshot: Snapshot | None = None) -> None:
    collectivity = candidacy.collectivity
    place = [collectivity.code, candidacy.edition.year]
    tell(
        people_of(collectivity),
        NoticeKind.CAMPAIGN,
        key=key,
        title=title,
        url=reverse("receipt", args=[*place, snapshot.rank])
        if snapshot
        else reverse("candidacy", args=place),
        collectivity=collectivity,
    )
