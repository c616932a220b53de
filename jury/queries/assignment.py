"""What a share of the dossiers starts from: who may read, what there is to read, what stands and what has begun."""

from dataclasses import dataclass

from django.db.models import Q

from jury.models import Assignment, AssignmentRun, Evaluation, Juror, Sitting
from jury.queries.door import candidates, ties_by_juror
from jury.rules.assignment import Dossier, Pair, Reader, Task
from labels.models import Edition


@dataclass(frozen=True, slots=True)
class Ground:
    """The state of things in six queries; `begun` readings and those set `by_hand` do not move.

    What someone who left had begun to read stays as it is: it is in no plan, and in no `today`.
    """

    readers: tuple[Reader, ...]
    away: tuple[Reader, ...]
    dossiers: tuple[Dossier, ...]
    recused: frozenset[Pair]
    begun: frozenset[Pair]
    by_hand: frozenset[Pair]
    today: frozenset[Pair]
    last_year: frozenset[Pair]

    def task(self, *, needed: int, seed: int) -> Task:
        return Task(
            needed,
            seed,
            self.readers,
            self.dossiers,
            recused=self.recused,
            fixed=self.begun | self.by_hand,
            today=self.today,
            last_year=self.last_year,
            away=len(self.away),
        )


def asked_of(edition: Edition) -> tuple[int, int]:
    """Readers a dossier and seed, as they were last applied; those of the sitting and the year before that."""
    run = (
        AssignmentRun.objects.filter(edition=edition, applied_at__isnull=False)
        .order_by("-applied_at")
        .first()
    )
    if run is not None:
        return run.readers, run.seed
    sitting = Sitting.objects.filter(edition=edition).first() or Sitting(edition=edition)
    return sitting.readers, edition.year


def ground_of(edition: Edition) -> Ground:
    seats = list(Juror.objects.seated().filter(edition=edition).select_related("member", "user"))
    able = [one for one in seats if one.has_declared and one.user.is_active]
    places = list(
        candidates(edition)
        .order_by("collectivity__sort_key", "collectivity__code")
        .values_list("pk", "collectivity", "collectivity__name", "category", "collectivity__region__name")
    )
    where = {collectivity: str(pk) for pk, collectivity, *_ in places}
    recused = _placed(ties_by_juror(edition), where)
    begun = _begun(edition) - recused
    known = {(one.pk, key) for one in able for key in where.values()}
    rows = _rows(edition)
    return Ground(
        readers=tuple(Reader(one.pk, one.member.name) for one in able),
        away=tuple(Reader(one.pk, one.member.name) for one in seats if one not in able),
        dossiers=tuple(Dossier(str(pk), name, category, region) for pk, _, name, category, region in places),
        recused=recused,
        begun=begun,
        by_hand=frozenset(pair for pair, run in rows.items() if run is None),
        today=frozenset(pair for pair in rows if pair in known or pair not in begun),
        last_year=_placed(_read_last_year(edition, {one.user_id: one.pk for one in able}), where),
    )


def _placed(pairs: set[tuple[int, int]], where: dict[int, str]) -> frozenset[Pair]:
    """Pairs of a juror and a collectivité, as pairs of a juror and a dossier."""
    return frozenset((juror, where[place]) for juror, place in pairs if place in where)


def _begun(edition: Edition) -> frozenset[Pair]:
    rows = Evaluation.objects.filter(juror__edition=edition).order_by().values_list("juror", "candidacy")
    return frozenset((juror, str(candidacy)) for juror, candidacy in rows)


def _rows(edition: Edition) -> dict[Pair, int | None]:
    """What is assigned, with the run that wrote it: none when it was set by hand."""
    rows = Assignment.objects.filter(juror__edition=edition).order_by()
    return {
        (juror, str(candidacy)): run
        for juror, candidacy, run in rows.values_list("juror", "candidacy", "run")
    }


def _read_last_year(edition: Edition, seats: dict[int, int]) -> set[tuple[int, int]]:
    """Who was asked, for the edition before, to read which collectivité; by the seat they have now."""
    before = Edition.objects.with_campaign().filter(year__lt=edition.year).order_by("-year").values("pk")[:1]
    rows = Assignment.objects.filter(Q(juror__edition__in=before), juror__user__in=seats).order_by()
    found = rows.values_list("juror__user", "candidacy__collectivity")
    return {(seats[user], collectivity) for user, collectivity in found}
