"""The readings of the demonstration's jury, written at once: scores, levels, remarks, some of them not handed in yet."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from atlaas.models import Enjeu
from jury.choices import EvaluationState, RemarkKind
from jury.models import Assignment, Evaluation, Juror, Remark, Score, ScoreChange
from jury.rules.demo import (
    NOTE,
    PEOPLE,
    REASON,
    Dossier,
    Fate,
    Opinion,
    discusses,
    divides,
    fate_of,
    leanings,
    opinion,
    read,
)
from labels.models import Candidacy, Criterion, Edition
from labels.rules.mosaic import from_json


@dataclass(frozen=True)
class Reading:
    """What one juror wrote of one dossier, to be stored."""

    evaluation: Evaluation
    opinion: Opinion
    criteria: Sequence[Criterion]
    is_discussed: bool


def add_readings(edition: Edition) -> int:
    """Store what every reader wrote of what was entrusted to them; answers how many readings have begun."""
    readings = list(_readings(edition))
    Evaluation.objects.bulk_create(one.evaluation for one in readings)
    Score.objects.bulk_create(score for one in readings for score in _scores(one))
    enjeux = Enjeu.objects.in_bulk(field_name="code")
    Remark.objects.bulk_create(remark for one in readings for remark in _remarks(one, enjeux))
    ScoreChange.objects.bulk_create(_change(one) for one in readings if one.is_discussed)
    return len(readings)


def _readings(edition: Edition) -> Iterator[Reading]:
    """In the order of the collectivités, then of the addresses of the jurors."""
    people, grids = {one.email: one for one in PEOPLE}, _grids(edition)
    until, number = timezone.now(), 0
    for place, (candidacy, readers) in enumerate(_entrusted(edition)):
        dossier = _dossier(candidacy)
        grid, is_divided = grids[candidacy.category], divides(place)
        sides = leanings([people[one.email] for one in readers]) if is_divided else {}
        for rank, juror in enumerate(readers):
            number += 1
            fate = fate_of(number, is_divided=is_divided)
            if fate == Fate.UNREAD:
                continue
            told = opinion(
                dossier, people[juror.email], [one.code for one in grid], leaning=sides.get(juror.email)
            )
            evaluation = _evaluation(juror, candidacy, told, fate, _moment(edition, until, number))
            yield Reading(evaluation, told, grid, is_discussed=discusses(place) and rank == 0)


def _grids(edition: Edition) -> Mapping[str, Sequence[Criterion]]:
    found: dict[str, list[Criterion]] = defaultdict(list)
    for one in Criterion.objects.filter(edition=edition).order_by("category", "position"):
        found[one.category].append(one)
    return found


def _entrusted(edition: Edition) -> Iterator[tuple[Candidacy, list[Juror]]]:
    rows = Assignment.objects.filter(juror__edition=edition).select_related(
        "juror", "candidacy__filed", "candidacy__collectivity"
    )
    found: dict[str, list[Assignment]] = defaultdict(list)
    for one in rows.order_by("juror__email"):
        found[one.candidacy.collectivity.code].append(one)
    for code in sorted(found):
        yield found[code][0].candidacy, [one.juror for one in found[code]]


def _dossier(candidacy: Candidacy) -> Dossier:
    """What the snapshot tells: nothing that lives on is read."""
    document = json.loads(candidacy.filed.document) if candidacy.filed else {}
    return read(candidacy.collectivity.code, from_json(document["mosaic"]), document["rulebook"])


def _moment(edition: Edition, until: datetime, number: int) -> datetime:
    """Between the end of the window and now, later for who comes later."""
    since = edition.closes_at or until
    return since + (until - since) * (number % 97 + 1) / 100


def _evaluation(juror: Juror, candidacy: Candidacy, told: Opinion, fate: Fate, at: datetime) -> Evaluation:
    is_submitted = fate == Fate.SUBMITTED
    return Evaluation(
        juror=juror,
        candidacy=candidacy,
        snapshot=candidacy.filed,
        state=EvaluationState.SUBMITTED if is_submitted else EvaluationState.DRAFT,
        level=told.level if is_submitted else None,
        note=NOTE,
        saved_at=at,
        submitted_at=at if is_submitted else None,
    )


def _scores(one: Reading) -> Iterator[Score]:
    """All of the grid, or the first half of a draft."""
    is_draft = one.evaluation.state == EvaluationState.DRAFT
    shown = one.criteria[: len(one.criteria) // 2] if is_draft else one.criteria
    for criterion in shown:
        value = one.opinion.values[criterion.code]
        yield Score(evaluation=one.evaluation, criterion=criterion, value=value)


def _remarks(one: Reading, enjeux: Mapping[str, Enjeu]) -> Iterator[Remark]:
    """Of who handed in, each with a criterion of the grid in turn."""
    if one.evaluation.state == EvaluationState.DRAFT:
        return
    told = [(code, RemarkKind.STRENGTH) for code in one.opinion.strengths]
    told += [(code, RemarkKind.NEXT_STEP) for code in one.opinion.next_steps]
    for place, (code, kind) in enumerate(told):
        criterion = one.criteria[place % len(one.criteria)]
        yield Remark(evaluation=one.evaluation, enjeu=enjeux[code], criterion=criterion, kind=kind)


def _change(one: Reading) -> ScoreChange:
    """The first criterion, which stood one value beside."""
    criterion = one.criteria[0]
    after = one.opinion.values[criterion.code]
    before = after - 1 if after else after + 1
    return ScoreChange(
        evaluation=one.evaluation, criterion=criterion, before=before, after=after, reason=REASON
    )
