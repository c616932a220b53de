"""A share of the dossiers: previewed, applied whole or not at all, mended by hand."""

import pytest

from atlaas.rules.refusal import Refused
from jury.models import Assignment, AssignmentRun, Juror, Sitting
from jury.operations.assignment import add, apply, preview, remove
from jury.rules.assignment import Plan
from labels.models import Candidacy
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.jury import (
    AssignmentFactory,
    RecusalFactory,
    a_filed_candidacy,
    a_juror,
    a_jury,
    a_reading,
)
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
LEFT = "2030-01-01T00:00Z"


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


@pytest.fixture
def edition():
    return open_edition()


@pytest.fixture
def jury(edition):
    return a_jury(edition)


def rows():
    return {
        (juror, str(candidacy)) for juror, candidacy in Assignment.objects.values_list("juror", "candidacy")
    }


def closed(edition):
    return Sitting.objects.create(edition=edition, state="closed", opened_at=LEFT, closed_at=LEFT)


def test_preview_keeps_the_plan_and_assigns_nothing(jury, edition, organiser):
    run = preview(edition, readers=2, seed=7, by=organiser)

    plan = Plan.read(run.plan)
    assert (run.readers, run.seed, run.by, run.applied_at) == (2, 7, organiser, None)
    assert (len(plan.pairs), run.plan["problems"]) == (4, [])
    assert rows() == set()


def test_preview_says_what_it_cannot_give(jury, edition, organiser):
    (one, two, three), (north, _) = jury
    Juror.objects.filter(pk=three.pk).update(declared_at=None)
    RecusalFactory(juror=one, collectivity=north.collectivity)

    run = preview(edition, readers=2, seed=1, by=organiser)

    assert run.plan["problems"] == [
        {
            "dossier": str(north.pk),
            "sentence": f"{north.collectivity}\u00a0: 1 lecteur possible sur 2 demandés (1 déport, 1 absent)",
        }
    ]
    assert (two.pk, str(north.pk)) in Plan.read(run.plan).pairs


def test_preview_needs_dossiers_and_readers(edition, organiser):
    with pytest.raises(Refused, match="Aucun dossier à répartir"):
        preview(edition, readers=2, seed=1, by=organiser)
    a_jury(edition, jurors=0)
    with pytest.raises(Refused, match="aucun membre du jury"):
        preview(edition, readers=2, seed=1, by=organiser)


def test_apply_writes_the_plan_once(jury, edition, organiser):
    run = preview(edition, readers=2, seed=1, by=organiser)

    first = apply(run, organiser)
    written = list(Assignment.objects.order_by("pk").values_list("pk", "at"))
    again = apply(run, organiser)

    assert rows() == Plan.read(run.plan).pairs
    assert first.applied_at == again.applied_at
    assert first.applied_at is not None
    assert list(Assignment.objects.order_by("pk").values_list("pk", "at")) == written


def test_apply_again_moves_only_what_has_not_begun(jury, edition, organiser):
    _, (north, south) = jury
    apply(preview(edition, readers=1, seed=1, by=organiser), organiser)
    begun = Assignment.objects.get(candidacy=north)
    a_reading(begun.juror, north)
    other = Assignment.objects.get(candidacy=south)
    RecusalFactory(juror=other.juror, collectivity=south.collectivity)

    apply(preview(edition, readers=1, seed=1, by=organiser), organiser)

    assert Assignment.objects.get(candidacy=north) == begun
    assert Assignment.objects.get(candidacy=south).juror not in (begun.juror, other.juror)


def test_reader_set_by_hand_stays(jury, edition, organiser):
    (one, _, _), (north, south) = jury
    for candidacy in (north, south):
        add(one, candidacy, organiser)

    apply(preview(edition, readers=1, seed=1, by=organiser), organiser)

    assert rows() == {(one.pk, str(north.pk)), (one.pk, str(south.pk))}


def test_apply_refuses_a_new_juror(jury, edition, organiser):
    run = preview(edition, readers=2, seed=1, by=organiser)
    a_juror(edition)

    with pytest.raises(Refused, match=r"Le jury a changé depuis cet aperçu.* Demandez un nouvel aperçu"):
        apply(run, organiser)


def test_apply_refuses_a_new_dossier(jury, edition, organiser):
    run = preview(edition, readers=2, seed=1, by=organiser)
    late = CandidacyFactory(edition=edition)
    Candidacy.objects.filter(pk=late.pk).update(state="filed", filed=jury[1][0].filed)

    with pytest.raises(Refused, match="Les dossiers ont changé"):
        apply(run, organiser)


def test_apply_refuses_a_new_recusal(jury, edition, organiser):
    run = preview(edition, readers=3, seed=1, by=organiser)
    RecusalFactory(juror=jury[0][0], collectivity=jury[1][0].collectivity)

    with pytest.raises(Refused, match="Un déport a été déclaré"):
        apply(run, organiser)
    assert rows() == set()


def test_apply_refuses_a_reading_begun_elsewhere(jury, edition, organiser):
    run = preview(edition, readers=1, seed=1, by=organiser)
    north = jury[1][0]
    planned = {juror for juror, dossier in Plan.read(run.plan).pairs if dossier == str(north.pk)}
    a_reading(next(one for one in jury[0] if one.pk not in planned), north)

    with pytest.raises(Refused, match="Une lecture a commencé"):
        apply(run, organiser)


def test_apply_of_the_second_of_two_previews_is_refused(jury, edition, organiser):
    first, second = (preview(edition, readers=2, seed=seed, by=organiser) for seed in (1, 2))
    apply(first, organiser)

    with pytest.raises(Refused, match="La répartition a changé"):
        apply(second, organiser)
    assert rows() == Plan.read(first.plan).pairs


def test_add_and_remove_one_reader(jury, organiser):
    (one, _, _), (north, _) = jury

    made = add(one, north, organiser)
    assert add(one, north, organiser) == made
    assert (made.run, rows()) == (None, {(one.pk, str(north.pk))})

    for _ in range(2):
        remove(one, north, organiser)
    assert rows() == set()


@pytest.mark.parametrize("facts", [{"declared_at": None}, {"left_at": LEFT}])
def test_add_refuses_who_cannot_read(jury, organiser, facts):
    (one, _, _), (north, _) = jury
    Juror.objects.filter(pk=one.pk).update(**facts)

    with pytest.raises(Refused, match="ne peut rien lire"):
        add(one, north, organiser)


def test_add_refuses_a_recused_juror_and_a_dossier_of_elsewhere(jury, edition, organiser):
    (one, _, _), (north, _) = jury
    RecusalFactory(juror=one, collectivity=north.collectivity)

    with pytest.raises(Refused, match=f"est en déport pour {north.collectivity}"):
        add(one, north, organiser)
    with pytest.raises(Refused, match="pas de ceux que le jury lit"):
        add(one, CandidacyFactory(edition=edition), organiser)
    with pytest.raises(Refused, match="pas de ceux que le jury lit"):
        add(one, a_filed_candidacy(open_edition(2031)), organiser)


def test_remove_refuses_what_has_begun_unless_it_is_recused(jury, organiser):
    (one, _, _), (north, _) = jury
    add(one, north, organiser)
    a_reading(one, north)

    with pytest.raises(Refused, match="ce qui est commencé ne bouge pas"):
        remove(one, north, organiser)
    RecusalFactory(juror=one, collectivity=north.collectivity)
    remove(one, north, organiser)

    assert rows() == set()


def test_nothing_moves_once_the_sitting_is_closed(jury, edition, organiser):
    (one, _, _), (north, south) = jury
    run = preview(edition, readers=2, seed=1, by=organiser)
    AssignmentFactory(juror=one, candidacy=south)
    closed(edition)

    for act in (
        lambda: apply(run, organiser),
        lambda: add(one, north, organiser),
        lambda: remove(one, south, organiser),
    ):
        with pytest.raises(Refused, match="La séance est close"):
            act()


def test_everything_asks_for_an_organiser(jury, edition, organiser):
    (one, _, _), (north, _) = jury
    run = preview(edition, readers=2, seed=1, by=organiser)

    for act in (
        lambda: preview(edition, readers=2, seed=1, by=one.user),
        lambda: apply(run, one.user),
        lambda: add(one, north, one.user),
        lambda: remove(one, north, one.user),
    ):
        with pytest.raises(Refused, match="équipe de l’association"):
            act()


def test_the_database_refuses_a_run_without_readers_and_an_assignment_twice(jury, edition, organiser):
    (one, _, _), (north, _) = jury
    AssignmentFactory(juror=one, candidacy=north)

    with refused_by("assignment_run_has_readers"):
        AssignmentRun.objects.create(edition=edition, seed=1, readers=0, by=organiser)
    with refused_by("assignment_once"):
        AssignmentFactory(juror=one, candidacy=north)
