"""How the demonstration's edition at the jury stands, in figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median_low
from uuid import UUID

from jury.choices import EvaluationState
from jury.models import Juror, Recusal
from jury.queries.door import candidates
from jury.queries.recusal import counted_evaluations
from jury.rules.fragile import fragility
from labels.models import Edition
from labels.queries.demo_corpus import filed_again


def figures(edition: Edition) -> dict[str, int]:
    """Candidacies, those that the jury reads, of which how many had filed the year before; who judges, and how far they are.

    `fragile` counts the dossiers whose median level hangs on one juror.
    """
    before = Edition.objects.filter(year=edition.year - 1).first()
    read = counted_evaluations(edition)
    handed_in = read.filter(state=EvaluationState.SUBMITTED)
    return {
        "candidacies": edition.candidacies.count(),
        "at the jury": candidates(edition).count(),
        "with the year before": filed_again(edition, before).count() if before else 0,
        "jurors": Juror.objects.seated().filter(edition=edition).count(),
        "ties": Recusal.objects.filter(juror__edition=edition, dismissed_at=None).count(),
        "handed in": handed_in.count(),
        "in progress": read.exclude(state=EvaluationState.SUBMITTED).count(),
        "fragile": _fragile(handed_in.values_list("candidacy", "juror", "level")),
    }


def _fragile(rows: Iterable[tuple[UUID, int, int | None]]) -> int:
    levels: dict[UUID, dict[int, int]] = defaultdict(dict)
    for candidacy, juror, level in rows:
        levels[candidacy][juror] = level or 0
    return sum(fragility(told, told, _median).is_fragile for told in levels.values())


def _median(levels: Mapping[int, int]) -> int:
    return median_low(levels.values())
