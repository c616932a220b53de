"""Evaluations of an invented grid, as their operations write them."""

from atlaas.models import Enjeu
from jury.models import Evaluation
from jury.operations.evaluation import save, submit
from jury.rules.evaluation import Comment, Facts
from labels.models import Criterion
from tests.factories.atlaas import an_enjeu

CODES = ("etendue", "utilite")


def a_grid(edition, category="ville", codes=CODES):
    """The criteria of a category, the second one twice as heavy; the enjeu of the tests."""
    an_enjeu()
    return [
        Criterion.objects.create(
            edition=edition,
            category=category,
            code=code,
            name=f"Critère {code}",
            anchors=[f"repère {value}" for value in range(5)],
            weight=rank,
            position=rank,
        )
        for rank, code in enumerate(codes, 1)
    ]


def some_facts(edition, *values, level=3, note="", remark=None):
    """A value for each criterion of the grid, in its order; `remark` is a nature, told of the first criterion."""
    grid = list(edition.criteria.filter(category="ville").order_by("position"))
    scores = {one.pk: value for one, value in zip(grid, values, strict=False)}
    remarks = {Enjeu.objects.get().pk: Comment(remark, grid[0].pk)} if remark else {}
    return Facts(scores, level, remarks, note)


def written(juror, candidacy, *values, **facts):
    found = Evaluation.objects.filter(juror=juror, candidacy=candidacy).first()
    told = some_facts(candidacy.edition, *values, **facts)
    return save(juror, candidacy, told, found.version if found else 0, juror.user)


def handed(juror, candidacy, *values, **facts):
    saved = written(juror, candidacy, *values, **facts)
    return submit(juror, candidacy, saved.version, juror.user)
