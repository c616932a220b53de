"""Sharing the dossiers among the jurors: previewed, then applied whole or not at all; one reader added or removed by hand.

Whoever writes holds the sitting first (`operations.hold`), as a recusal and a reading do: they wait for one another.
"""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Refused
from jury.models import Assignment, AssignmentRun, Evaluation, Juror
from jury.operations.hold import hold_sitting
from jury.queries.assignment import ground_of
from jury.queries.door import candidates, judged_by
from jury.rules.assignment import Plan, misfit, shortages
from jury.rules.solver import solve
from labels.models import Candidacy, Edition


def preview(edition: Edition, *, readers: int, seed: int, by: User) -> AssignmentRun:
    """Find a plan and keep it with what it could not give; nothing is assigned yet."""
    require_organiser(by)
    task = ground_of(edition).task(needed=readers, seed=seed)
    if not task.dossiers:
        raise Refused(
            "Aucun dossier à répartir : le jury lit les dossiers déposés, une fois l’édition close."
        )
    if not task.readers:
        raise Refused("Personne ne peut lire : aucun membre du jury n’a encore déclaré ses liens.")
    plan = Plan.of(task, solve(task))
    problems = [{"dossier": one.dossier, "sentence": one.sentence} for one in shortages(task)]
    return AssignmentRun.objects.create(
        edition=edition, seed=seed, readers=readers, plan=plan.facts() | {"problems": problems}, by=by
    )


@transaction.atomic
def apply(run: AssignmentRun, by: User) -> AssignmentRun:
    """Write the plan as it was previewed; refused when it no longer fits. Twice does no more than once."""
    require_organiser(by)
    _hold(run.edition)
    locked = AssignmentRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.applied_at is not None:
        return locked
    plan = Plan.read(locked.plan)
    task = ground_of(run.edition).task(needed=locked.readers, seed=locked.seed)
    if why := misfit(plan, task):
        raise Refused(f"{why} Demandez un nouvel aperçu.")
    _write(plan, locked)
    locked.applied_at = Now()
    locked.save(update_fields=["applied_at"])
    locked.refresh_from_db(fields=["applied_at"])
    return locked


@transaction.atomic
def add(juror: Juror, candidacy: Candidacy, by: User) -> Assignment:
    """Ask one juror to read one dossier; it stays through every later share."""
    require_organiser(by)
    _hold(juror.edition)
    seat = Juror.objects.select_related("edition", "member").get(pk=juror.pk)
    if seat.left_at is not None or not seat.has_declared:
        raise Refused(f"{seat} ne peut rien lire : ses liens ne sont pas déclarés, ou son siège est rendu.")
    if not candidates(seat.edition).filter(pk=candidacy.pk).exists():
        raise Refused("Ce dossier n’est pas de ceux que le jury lit.")
    if not _may_read(seat, candidacy):
        raise Refused(f"{seat} est en déport pour {candidacy.collectivity}.")
    made, _ = Assignment.objects.get_or_create(juror=seat, candidacy=candidacy)
    return made


@transaction.atomic
def remove(juror: Juror, candidacy: Candidacy, by: User) -> None:
    """Take a dossier back from a juror who has not begun to read it."""
    require_organiser(by)
    _hold(juror.edition)
    seat = Juror.objects.select_related("edition", "member").get(pk=juror.pk)
    has_begun = Evaluation.objects.filter(juror=seat, candidacy=candidacy).exists()
    if has_begun and _may_read(seat, candidacy):
        raise Refused(
            f"{seat} a commencé à lire {candidacy.collectivity} : ce qui est commencé ne bouge pas."
        )
    Assignment.objects.filter(juror=seat, candidacy=candidacy).delete()


def _may_read(seat: Juror, candidacy: Candidacy) -> bool:
    return judged_by(seat).filter(pk=candidacy.pk).exists()


def _hold(edition: Edition) -> None:
    if hold_sitting(edition):
        raise Refused("La séance est close : la répartition ne change plus.")


def _write(plan: Plan, run: AssignmentRun) -> None:
    gone, fresh = plan.today - plan.pairs, sorted(plan.pairs - plan.today)
    rows = Assignment.objects.filter(juror__edition=run.edition_id).order_by()
    keys = [
        pk
        for pk, juror, dossier in rows.values_list("pk", "juror", "candidacy")
        if (juror, str(dossier)) in gone
    ]
    Assignment.objects.filter(pk__in=keys).delete()
    Assignment.objects.bulk_create(
        Assignment(juror_id=juror, candidacy_id=UUID(dossier), run=run) for juror, dossier in fresh
    )
