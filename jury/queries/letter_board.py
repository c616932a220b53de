"""The letters of an edition as the association's screen lists them, and why they cannot leave yet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from atlaas.choices import JobState
from atlaas.models import Job, User
from atlaas.rules.text import fold
from jury.choices import LetterState
from jury.models import Juror, Letter
from jury.queries.letter import PLACE, drafts, is_public, readable_by, readable_from, to_send, unsettled
from jury.rules.letter import NOT_PUBLIC, reason_to_wait
from labels.models import Candidacy, Edition


@dataclass(frozen=True, slots=True)
class Criteria:
    """The filters of the address; empty ones ask nothing."""

    state: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many letters at each stage, and what became of their mails: `unsure` were taken and never confirmed."""

    letters: int
    to_settle: int
    to_prepare: int
    prepared: int
    sent: int
    waiting: int
    handed: int
    unsure: int
    without_address: int


def letters_of(edition: Edition, seats: Iterable[Juror], open_ones: Collection[UUID]) -> QuerySet[Candidacy]:
    """The dossiers whose letter a person with these seats may read, each with `stage`, a `LetterState`."""
    stages = Case(
        When(letter__sent_at__isnull=False, then=Value(LetterState.SENT.value)),
        When(pk__in=list(open_ones), then=Value(LetterState.TO_SETTLE.value)),
        When(letter=None, then=Value(LetterState.TO_PREPARE.value)),
        default=Value(LetterState.PREPARED.value),
        output_field=CharField(),
    )
    rows = readable_from(seats, edition).annotate(stage=stages).select_related("letter", *PLACE)
    return rows.order_by("collectivity__sort_key", "collectivity__code")


def chosen(rows: QuerySet[Candidacy], criteria: Criteria) -> QuerySet[Candidacy]:
    if criteria.state:
        rows = rows.filter(Q(("stage", criteria.state)))
    if criteria.category:
        rows = rows.filter(category=criteria.category)
    if criteria.text:
        rows = rows.filter(collectivity__sort_key__contains=fold(criteria.text))
    return rows


def figures_of(rows: QuerySet[Candidacy]) -> Figures:
    """Of the dossiers of `letters_of` (one query)."""
    copies = "letter__copies"
    taken, handed = f"{copies}__taken_at__isnull", f"{copies}__handed_at__isnull"
    told = rows.order_by().aggregate(
        letters=Count("pk", distinct=True),
        **{one.value: Count("pk", distinct=True, filter=Q(("stage", one))) for one in LetterState},
        waiting=Count(copies, filter=Q(**{taken: True})),
        handed=Count(copies, filter=Q(**{handed: False})),
        unsure=Count(copies, filter=Q(**{taken: False, handed: True})),
        without_address=Count("pk", distinct=True, filter=Q(("stage", LetterState.SENT), **{copies: None})),
    )
    return Figures(**told)


def at_work(edition: Edition, kinds: Collection[str]) -> Job | None:
    """The job of these kinds that waits or runs for the edition."""
    states = (JobState.PENDING, JobState.RUNNING)
    found = Job.objects.filter(kind__in=kinds, key=str(edition.year), state__in=states)
    return found.order_by("-pk").first()


def held_back(edition: Edition, open_ones: Collection[UUID]) -> str:
    """Why the letters that have not left cannot leave together, as a sentence; nothing when they can (two queries).

    `open_ones` are the dossiers of `unsettled`.
    """
    if not is_public(edition):
        return NOT_PUBLIC
    rows = to_send(edition)
    letters = {one.pk: letter_in(one) for one in rows}
    return reason_to_wait(
        number=len(rows),
        to_settle=[one.collectivity.name for one in rows if one.pk in open_ones],
        to_prepare=sum(one is None for one in letters.values()),
        without_level=[
            one.collectivity.name for one in rows if (letter := letters[one.pk]) and letter.level is None
        ],
    )


def changed(edition: Edition, rows: Sequence[Candidacy]) -> int:
    """How many of these letters would no longer say the same (`rows` come with their letter)."""
    now = drafts(edition, rows)
    return sum((letter := letter_in(one)) is None or letter.sha256 != now[one.pk].sha256 for one in rows)


def letter_in(candidacy: Candidacy) -> Letter | None:
    """The joined letter, without a query."""
    return getattr(candidacy, "letter", None)


def next_to_settle(edition: Edition, user: User, after: Candidacy) -> Candidacy | None:
    """The next dossier, in the order of the list and round again, where remarks still contradict each other."""
    waiting = unsettled(edition)
    waiting.pop(after.pk, None)
    rows = readable_by(user, edition).filter(pk__in=list(waiting)).select_related("collectivity")
    names = list(rows.order_by("collectivity__sort_key", "collectivity__code"))
    here = after.collectivity.sort_key
    return next((one for one in names if one.collectivity.sort_key >= here), names[0] if names else None)
