"""What a collectivité has to renew this year, and how many fiches were new, modified, renewed or ended in a year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.db.models.fields.json import KT
from django.utils.timezone import localdate

from atlaas.choices import SheetState
from atlaas.models import Collectivity, PublicSheet, Revision, Sheet
from atlaas.rules.text import fold
from labels.choices import RenewalStatus
from labels.rules.renewal import Trace, Window, is_old, status, told_since

ANSWERED = {RenewalStatus.MODIFIED, RenewalStatus.RENEWED, RenewalStatus.ENDED}


@dataclass(frozen=True, slots=True)
class Line:
    """A published fiche as renewal sees it; `told` is since when it tells what it tells, `last` its last revision."""

    public: PublicSheet
    number: int
    last: datetime
    told: datetime
    status: RenewalStatus
    is_old: bool

    @property
    def has_draft(self) -> bool:
        """Whether somebody has changed the working copy without publishing it."""
        return self.public.sheet.has_unpublished_changes

    @property
    def asks_reading(self) -> bool:
        """Whether « toujours en cours » is only taken once the fiche has been read again."""
        return self.is_old or self.has_draft

    @property
    def token(self) -> str:
        """What was read, so that an answer never covers what a colleague did in between."""
        return f"{self.public.pk}:{self.public.sheet.version}.{self.number}"


@dataclass(frozen=True)
class Board:
    """Every published fiche of a collectivité, and those archived within the window."""

    lines: Sequence[Line]
    retired: int

    @cached_property
    def waiting(self) -> list[Line]:
        """Running when the year began and without a word since: what is quick to answer first, then by title."""
        found = [line for line in self.lines if _waits(line)]
        return sorted(found, key=lambda line: (line.asks_reading, fold(line.public.title), line.public.pk))

    @cached_property
    def answered(self) -> list[Line]:
        found = [line for line in self.lines if line.status in ANSWERED]
        return sorted(found, key=lambda line: (line.status, fold(line.public.title), line.public.pk))

    @cached_property
    def over(self) -> list[Line]:
        """Ended before the year began: there is nothing to answer."""
        found = [line for line in self.lines if line.status == RenewalStatus.UNTOUCHED and not _waits(line)]
        return sorted(found, key=lambda line: (fold(line.public.title), line.public.pk))

    @property
    def new(self) -> int:
        return sum(line.status == RenewalStatus.NEW for line in self.lines)

    @property
    def done(self) -> int:
        return len(self.answered) + self.retired

    @property
    def total(self) -> int:
        return self.done + len(self.waiting)


def _waits(line: Line) -> bool:
    return line.status == RenewalStatus.UNTOUCHED and line.public.is_running


def renewal_board(collectivity: Collectivity, window: Window, today: date) -> Board:
    """The state of the renewal of a collectivité; 3 queries whatever the number of fiches."""
    sheets = PublicSheet.objects.filter(collectivity=collectivity, sheet__state=SheetState.PUBLISHED)
    public = list(sheets.select_related("sheet").defer("text", "search", "sheet__text"))
    traces = traces_of(one.pk for one in public)
    return Board(
        lines=[_line(one, traces[one.pk], window, today) for one in public],
        retired=_retired(collectivity, window),
    )


def _line(public: PublicSheet, revisions: Sequence[Trace], window: Window, today: date) -> Line:
    told = told_since(revisions)
    return Line(
        public=public,
        number=revisions[-1].number,
        last=revisions[-1].at,
        told=told,
        status=status(revisions, window),
        is_old=is_old(localdate(told), today),
    )


def _retired(collectivity: Collectivity, window: Window) -> int:
    """How many fiches published before the window were archived within it, and still are."""
    archived = Sheet.objects.filter(
        collectivity=collectivity,
        state=SheetState.ARCHIVED,
        revisions__at__lt=window.since,
        steps__step="archive",
    )
    last = archived.annotate(left_at=Max("steps__at"))
    return last.filter(left_at__gte=window.since, left_at__lt=window.until).count()


def traces_of(sheets: Iterable[UUID]) -> dict[UUID, list[Trace]]:
    """What renewal reads of the revisions of each fiche, in order; one query."""
    rows = (
        Revision.objects.filter(sheet__in=list(sheets))
        .order_by("sheet_id", "number")
        .values_list("sheet_id", "number", "at", "digest", KT("content__is_running"))
    )
    found: dict[UUID, list[Trace]] = defaultdict(list)
    for sheet, number, at, digest, running in rows:
        found[sheet].append(Trace(number, at, digest, running == "true"))
    return found


Counts = dict[RenewalStatus, int]

_COUNTS = """
    SELECT public.collectivity_id,
           CASE
               WHEN now.at < %(since)s THEN 'untouched'
               WHEN before.digest IS NULL THEN 'new'
               WHEN before.running AND NOT now.running THEN 'ended'
               WHEN before.digest = now.digest THEN 'renewed'
               ELSE 'modified'
           END AS status,
           count(*)
      FROM atlaas_publicsheet public
CROSS JOIN LATERAL (
           SELECT at, digest, (content->>'is_running')::boolean AS running
             FROM atlaas_revision
            WHERE sheet_id = public.sheet_id AND at < %(until)s
         ORDER BY number DESC LIMIT 1) now
 LEFT JOIN LATERAL (
           SELECT digest, (content->>'is_running')::boolean AS running
             FROM atlaas_revision
            WHERE sheet_id = public.sheet_id AND at < %(since)s
         ORDER BY number DESC LIMIT 1) before ON true
  GROUP BY 1, 2
"""


def renewal_counts(window: Window) -> dict[int, Counts]:
    """How many fiches of each status every collectivité has over a window, by its primary key; one query.

    Of the fiches that are public today and were published before the end of the window. The same decision as
    `rules.renewal.status`, taken by the database; a test holds the two together.
    """
    found: dict[int, Counts] = defaultdict(lambda: dict.fromkeys(RenewalStatus, 0))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"since": window.since, "until": window.until})
        for collectivity, name, count in cursor.fetchall():
            found[collectivity][RenewalStatus(name)] = count
    return dict(found)


def overall(counts: Iterable[Counts]) -> Counts:
    """The sum over collectivités."""
    total = dict.fromkeys(RenewalStatus, 0)
    for one in counts:
        for name, count in one.items():
            total[name] += count
    return total
