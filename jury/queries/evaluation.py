"""One evaluation as it is written and read: the grid of the dossier, one's own, and those of others once one's own is handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.crypto import salted_hmac

from atlaas.models import Enjeu
from jury.choices import EvaluationState, RemarkKind, SittingState
from jury.models import Evaluation, Juror, Remark, Score, ScoreChange, Sitting
from jury.queries.handed_in import seen_by
from jury.queries.scores import Mean, Means, normalised_for
from jury.rules.evaluation import BLANK, LEVELS, Comment, Facts, missing, sees_others, signature, state_words
from labels.models import Candidacy, Criterion, Edition

SALT = "jury.evaluation.order"


@dataclass(frozen=True)
class Grid:
    """What a dossier is scored on: the criteria of its edition and category, the enjeux that a remark may be about."""

    criteria: Sequence[Criterion]
    enjeux: Sequence[Enjeu]

    @property
    def names(self) -> dict[int, str]:
        return {one.pk: one.name for one in self.criteria}

    @property
    def places(self) -> set[int]:
        return {one.pk for one in self.enjeux}


@dataclass(frozen=True)
class Told:
    """An evaluation handed in, as another juror sees it: never the private note."""

    who: str
    facts: Facts
    mean: Mean | None


@dataclass(frozen=True)
class Change:
    name: str
    before: int
    after: int
    reason: str


@dataclass(frozen=True)
class Mark:
    """A criterion and what was given to it, by oneself and by each of the others, in their order."""

    criterion: Criterion
    own: int | None
    others: list[int | None]

    @property
    def anchored(self) -> list[tuple[int, str]]:
        return list(enumerate(self.criterion.anchors))


@dataclass(frozen=True)
class Place:
    """An enjeu, what is told of it, and what others told: « point fort : … »."""

    enjeu: Enjeu
    own: str
    words: str
    others: list[tuple[str, str]]


@dataclass(frozen=True)
class Panel:
    """All that the panel of one juror on one dossier shows; `unkept` and `facts` are what was sent when it is shown again."""

    seat: Juror
    candidacy: Candidacy
    grid: Grid
    evaluation: Evaluation | None
    facts: Facts
    is_closed: bool
    names_open: bool
    others: list[Told] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    mean: Mean | None = None
    unkept: dict[str, str] = field(default_factory=dict)
    change: dict[str, str] = field(default_factory=dict)

    @property
    def version(self) -> int:
        return self.evaluation.version if self.evaluation else 0

    @property
    def is_handed_in(self) -> bool:
        return self.evaluation is not None and self.evaluation.state == EvaluationState.SUBMITTED

    @property
    def sees_others(self) -> bool:
        return sees_others(self.evaluation.state if self.evaluation else None)

    @property
    def is_of_a_former_filing(self) -> bool:
        """The collectivité filed anew, in a prolongation, since this evaluation began."""
        return self.evaluation is not None and self.evaluation.snapshot_id != self.candidacy.filed_id

    @property
    def missing(self) -> list[str]:
        return missing(self.facts, self.grid.names)

    @property
    def state_words(self) -> str:
        return state_words(self.missing)

    @property
    def levels(self) -> list[int]:
        return list(LEVELS)

    @cached_property
    def marks(self) -> list[Mark]:
        return [
            Mark(one, self.facts.scores.get(one.pk), [told.facts.scores.get(one.pk) for told in self.others])
            for one in self.grid.criteria
        ]

    @cached_property
    def places(self) -> list[Place]:
        return [
            Place(one, self._key(one), self._words(self.facts, one), self._told_of(one))
            for one in self.grid.enjeux
        ]

    @property
    def remarks(self) -> list[Place]:
        """The enjeux of which something is told, by oneself or by others."""
        return [one for one in self.places if one.words or one.others]

    @property
    def chosen(self) -> int:
        return len(self.facts.remarks)

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What may be told of an enjeu, by nature: [(« Point fort », [(value, criterion)])]."""
        return [
            (kind.label, [(f"{kind.value}:{one.code}", one.name) for one in self.grid.criteria])
            for kind in RemarkKind
        ]

    def _key(self, enjeu: Enjeu) -> str:
        told = self.facts.remarks.get(enjeu.pk)
        codes = {one.pk: one.code for one in self.grid.criteria}
        return f"{told.kind}:{codes.get(told.criterion, '')}" if told else ""

    def _words(self, facts: Facts, enjeu: Enjeu) -> str:
        told = facts.remarks.get(enjeu.pk)
        if told is None:
            return ""
        return f"{RemarkKind(told.kind).label} : {self.grid.names.get(told.criterion, '')}"

    def _told_of(self, enjeu: Enjeu) -> list[tuple[str, str]]:
        return [(one.who, words) for one in self.others if (words := self._words(one.facts, enjeu))]


def grid_of(candidacy: Candidacy) -> Grid:
    """Two queries."""
    lines = Criterion.objects.filter(edition=candidacy.edition_id, category=candidacy.category)
    return Grid(list(lines.order_by("position", "pk")), list(Enjeu.objects.order_by("position", "pk")))


def sitting_of(edition: Edition) -> Sitting:
    """The sitting, or one not prepared yet; no query when the seat was fetched with it."""
    return getattr(edition, "sitting", None) or Sitting(edition_id=edition.pk)


def own_evaluation(seat: Juror, candidacy: Candidacy) -> Evaluation | None:
    return Evaluation.objects.filter(juror=seat, candidacy=candidacy).first()


def facts_of(evaluation: Evaluation | None) -> Facts:
    """What is stored of an evaluation (one query when it did not come `with_told`)."""
    if evaluation is None:
        return BLANK
    if "told_scores" not in vars(evaluation):
        evaluation = with_told(Evaluation.objects.filter(pk=evaluation.pk)).get()
    told = vars(evaluation)
    return Facts(
        {one["criterion"]: one["value"] for one in told["told_scores"]},
        evaluation.level,
        {one["enjeu"]: Comment(one["kind"], one["criterion"]) for one in told["told_remarks"]},
        evaluation.note,
    )


def with_told(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Evaluations with their scores, remarks and changes, in the same query."""
    one = {"evaluation": OuterRef("pk")}
    scores = Score.objects.filter(**one).order_by("pk")
    remarks = Remark.objects.filter(**one).order_by("pk")
    changes = ScoreChange.objects.filter(**one).order_by("at", "pk")
    return rows.annotate(
        told_scores=ArraySubquery(scores.values(json=JSONObject(criterion="criterion_id", value="value"))),
        told_remarks=ArraySubquery(
            remarks.values(json=JSONObject(enjeu="enjeu_id", criterion="criterion_id", kind="kind"))
        ),
        told_changes=ArraySubquery(
            changes.values(
                json=JSONObject(criterion="criterion_id", before="before", after="after", reason="reason")
            )
        ),
    )


def panel_of(seat: Juror, candidacy: Candidacy) -> Panel:
    """The panel of a juror on a dossier that came through `judged_by` (four queries at most)."""
    sitting, grid = sitting_of(seat.edition), grid_of(candidacy)
    rows = Evaluation.objects.filter(Q(juror=seat) | Q(pk__in=seen_by(seat)), candidacy=candidacy)
    found = list(with_told(rows.select_related("juror__member")))
    own = next((one for one in found if one.juror_id == seat.pk), None)
    means = normalised_for(seat) if own and own.state == EvaluationState.SUBMITTED else {}
    names_open = sitting.names_open_at is not None
    return Panel(
        seat,
        candidacy,
        grid,
        own,
        facts_of(own),
        is_closed=sitting.state == SittingState.CLOSED,
        names_open=names_open,
        others=_others([one for one in found if one is not own], means, names_open=names_open),
        changes=_changes(own, grid),
        mean=means.get((seat.pk, candidacy.pk)),
    )


def _others(found: Iterable[Evaluation], means: Means, *, names_open: bool) -> list[Told]:
    """In an order that tells nothing of who they are; in that of the roster once the names are open."""
    ordered = sorted(found, key=_roster if names_open else _shuffled)
    return [
        Told(
            signature(rank, one.juror.member.name, names_open=names_open),
            facts_of(one),
            means.get((one.juror_id, one.candidacy_id)),
        )
        for rank, one in enumerate(ordered)
    ]


def _roster(one: Evaluation) -> tuple[object, ...]:
    member = one.juror.member
    return (not member.is_president, member.position, member.name)


def _shuffled(one: Evaluation) -> tuple[object, ...]:
    return (salted_hmac(SALT, str(one.pk), algorithm="sha256").hexdigest(),)


def _changes(own: Evaluation | None, grid: Grid) -> list[Change]:
    told = vars(own)["told_changes"] if own else []
    names = grid.names
    return [
        Change(names.get(one["criterion"], "niveau envisagé"), one["before"], one["after"], one["reason"])
        for one in told
    ]
