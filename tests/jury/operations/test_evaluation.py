"""Verbs of an evaluation: by every role, from every state, and what each leaves behind."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Conflict, Refused
from jury.models import Evaluation, Remark, Score, ScoreChange, Sitting
from jury.operations.evaluation import change_level, change_score, reread, save, submit
from jury.queries.evaluation import facts_of
from jury.rules.evaluation import BLANK, Facts
from labels.models import Candidacy, Snapshot
from tests.factories.atlaas import UserFactory
from tests.factories.evaluation import a_grid, handed, some_facts, written
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import close_sitting, closed_edition, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    return edition


@pytest.fixture
def juror(edition):
    return a_juror(edition)


@pytest.fixture
def dossier(edition):
    return judged(edition)


def criteria(edition):
    return list(edition.criteria.filter(category="ville").order_by("position"))


def filed_anew(candidacy):
    snapshot = Snapshot.objects.create(
        candidacy=candidacy,
        rank=2,
        number=uuid4().hex[:20],
        document="{}",
        sha256="1" * 64,
        by=UserFactory(),
        arrived_at=timezone.now(),
    )
    Candidacy.objects.filter(pk=candidacy.pk).update(filed=snapshot)
    return snapshot


# The five verbs, on an evaluation at its version 1 (draft) or 2 (submitted).
VERBS = {
    "save": lambda juror, dossier, version, by: save(
        juror, dossier, some_facts(dossier.edition, 1, 1, level=1, note="Autre"), version, by
    ),
    "remark": lambda juror, dossier, version, by: save(
        juror, dossier, replace(facts_of(Evaluation.objects.get(juror=juror)), note="Autre"), version, by
    ),
    "submit": submit,
    "change score": lambda juror, dossier, version, by: change_score(
        juror, dossier, criteria(dossier.edition)[0], 0, reason="Discuté", version=version, by=by
    ),
    "change level": lambda juror, dossier, version, by: change_level(
        juror, dossier, 5, reason="Discuté", version=version, by=by
    ),
    "reread": reread,
}
ALLOWED = {
    "draft": {"save", "remark", "submit", "reread"},
    "submitted": {"remark", "change score", "change level"},
}


def put(state, juror, dossier):
    act = handed if state == "submitted" else written
    return act(juror, dossier, 4, 4, level=4, note="Une note", remark="strength")


@pytest.mark.parametrize("state", list(ALLOWED))
@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_from_every_state(juror, dossier, state, verb):
    row = put(state, juror, dossier)
    filed_anew(dossier)

    if verb in ALLOWED[state]:
        assert VERBS[verb](juror, dossier, row.version, juror.user).version == row.version + 1
        return
    with pytest.raises(Refused):
        VERBS[verb](juror, dossier, row.version, juror.user)

    assert facts_of(Evaluation.objects.get()) == some_facts(
        dossier.edition, 4, 4, level=4, note="Une note", remark="strength"
    )
    assert (Evaluation.objects.get().version, ScoreChange.objects.count()) == (row.version, 0)


@pytest.mark.parametrize("role", ["nobody", "organiser", "another juror", "president", "inactive"])
@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("state", list(ALLOWED))
def test_nobody_writes_for_another(edition, juror, dossier, state, verb, role):
    row = put(state, juror, dossier)
    by = {
        "nobody": UserFactory,
        "organiser": lambda: UserFactory(is_organiser=True),
        "another juror": lambda: a_juror(edition).user,
        "president": lambda: a_juror(edition, president=True).user,
        "inactive": lambda: inactive(juror.user),
    }[role]()

    with pytest.raises(Refused, match="Chacun évalue pour soi"):
        VERBS[verb](juror, dossier, row.version, by)

    assert Evaluation.objects.get().version == row.version


def inactive(user):
    user.is_active = False
    user.save()
    return user


def hinder(why, juror, dossier):
    """What stands between a juror and a dossier they had begun."""
    if why == "recused":
        RecusalFactory(juror=juror, collectivity=dossier.collectivity)
    elif why == "withdrawn":
        Candidacy.objects.filter(pk=dossier.pk).update(state="withdrawn", filed=None)
    elif why == "gone":
        juror.left_at = timezone.now()
        juror.save()
    else:
        close_sitting(juror.edition)


@pytest.mark.parametrize("why", ["recused", "withdrawn", "gone", "closed"])
@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("state", list(ALLOWED))
def test_what_a_juror_may_not_know_of_is_not_written(juror, dossier, state, verb, why):
    row = put(state, juror, dossier)
    hinder(why, juror, dossier)

    with pytest.raises(Refused) as refusal:
        VERBS[verb](juror, dossier, row.version, juror.user)

    sentence = "Ce dossier n’est pas de ceux que vous lisez."
    if why == "closed":
        sentence = "La séance est close : les évaluations ne changent plus."
    assert str(refusal.value) == sentence
    assert (Evaluation.objects.get().version, ScoreChange.objects.count()) == (row.version, 0)


@pytest.mark.parametrize("verb", ["submit", "change score", "change level", "reread"])
def test_what_was_not_begun_is_not_handed_in_nor_changed(juror, dossier, verb):
    with pytest.raises(Refused, match="Vous n’avez rien écrit"):
        VERBS[verb](juror, dossier, 0, juror.user)

    assert Evaluation.objects.count() == 0


@pytest.mark.parametrize("verb", list(VERBS))
def test_a_stale_version_is_a_conflict(juror, dossier, verb):
    state = next(one for one, verbs in ALLOWED.items() if verb in verbs)
    row = put(state, juror, dossier)

    with pytest.raises(Conflict) as conflict:
        VERBS[verb](juror, dossier, row.version - 1, juror.user)

    assert conflict.value.current == row
    assert Evaluation.objects.get().version == row.version


def test_the_first_save_opens_it_on_the_filing_that_stands(juror, dossier, edition):
    row = save(juror, dossier, some_facts(edition, 3, level=None, note="Vu"), 0, juror.user)

    assert (row.version, row.state, row.snapshot, row.level) == (1, "draft", dossier.filed, None)
    assert facts_of(Evaluation.objects.get()) == some_facts(edition, 3, level=None, note="Vu")


def test_nothing_written_opens_nothing(juror, dossier):
    assert save(juror, dossier, BLANK, 0, juror.user).version == 0
    assert Evaluation.objects.count() == 0


def test_the_whole_working_copy_is_written(juror, dossier, edition):
    row = written(juror, dossier, 4, 4, level=4, note="Une note", remark="strength")

    save(juror, dossier, some_facts(edition, 2, level=None, note=""), row.version, juror.user)

    assert facts_of(Evaluation.objects.get()) == some_facts(edition, 2, level=None)
    assert (Score.objects.count(), Remark.objects.count()) == (1, 0)


def test_the_same_again_is_no_conflict_and_no_version(juror, dossier, edition):
    written(juror, dossier, 4, 4)
    written(juror, dossier, 4, 3)

    again = save(juror, dossier, some_facts(edition, 4, 3), 1, juror.user)

    assert again.version == 2


def test_a_conflict_holds_both(juror, dossier, edition):
    written(juror, dossier, 4, 4)
    mine = some_facts(edition, 1, 1)

    with pytest.raises(Conflict) as conflict:
        save(juror, dossier, mine, 0, juror.user)

    assert (facts_of(conflict.value.current), conflict.value.proposed) == (some_facts(edition, 4, 4), mine)


def test_a_criterion_of_another_category_is_refused(juror, dossier, edition):
    (stranger,) = a_grid(edition, "village", ("autre",))

    with pytest.raises(Refused, match="n’est pas de la grille"):
        save(juror, dossier, Facts({stranger.pk: 3}), 0, juror.user)

    assert Evaluation.objects.count() == 0


def test_handing_in_needs_the_whole_grid(juror, dossier):
    row = written(juror, dossier, 4, level=None)

    with pytest.raises(Refused, match="Critère utilite, le niveau envisagé"):
        submit(juror, dossier, row.version, juror.user)

    assert Evaluation.objects.get().state == "draft"


def test_handing_in_is_dated(juror, dossier):
    row = handed(juror, dossier, 0, 0, level=1)

    assert (row.state, row.submitted_at is not None, row.version) == ("submitted", True, 2)


def test_a_score_changed_keeps_both_values_and_the_reason(juror, dossier, edition):
    row = handed(juror, dossier, 4, 4, level=4)
    first = criteria(edition)[0]

    row = change_score(
        juror, dossier, first, 2, reason="Vu en d'autres lieux", version=row.version, by=juror.user
    )
    change_level(juror, dossier, 3, reason="Discuté", version=row.version, by=juror.user)

    assert list(ScoreChange.objects.values_list("criterion", "before", "after", "reason")) == [
        (first.pk, 4, 2, "Vu en d’autres lieux"),
        (None, 4, 3, "Discuté"),
    ]
    assert facts_of(Evaluation.objects.get()) == some_facts(edition, 2, 4, level=3)


@pytest.mark.parametrize(
    ("value", "reason", "sentence"),
    [
        (4, "Discuté", "C’est déjà"),
        (7, "Discuté", "de 0 à 4"),
        (2, " ", "pourquoi"),
        (2, "x" * 301, "300 signes"),
    ],
)
def test_a_change_refused_changes_nothing(juror, dossier, edition, value, reason, sentence):
    row = handed(juror, dossier, 4, 4, level=4)

    with pytest.raises(Refused, match=sentence):
        change_score(
            juror, dossier, criteria(edition)[0], value, reason=reason, version=row.version, by=juror.user
        )

    assert facts_of(Evaluation.objects.get()) == some_facts(edition, 4, 4, level=4)
    assert ScoreChange.objects.count() == 0


@pytest.mark.parametrize("level", [0, 6, 4])
def test_a_level_changes_to_another_one(juror, dossier, level):
    row = handed(juror, dossier, 4, 4, level=4)

    with pytest.raises(Refused, match=r"de 1 à 5|C’est déjà"):
        change_level(juror, dossier, level, reason="Discuté", version=row.version, by=juror.user)

    assert Evaluation.objects.get().level == 4


def test_a_criterion_without_a_score_is_not_changed(juror, dossier, edition):
    row = handed(juror, dossier, 4, 4)
    (stranger,) = a_grid(edition, "village", ("autre",))

    with pytest.raises(Refused, match="n’est pas de ceux"):
        change_score(juror, dossier, stranger, 2, reason="Discuté", version=row.version, by=juror.user)


def test_a_new_filing_is_read_when_the_juror_says_so(juror, dossier):
    row = written(juror, dossier, 4)
    fresh = filed_anew(dossier)
    row = written(juror, dossier, 3)
    assert row.snapshot == dossier.filed

    moved = reread(juror, dossier, row.version, juror.user)
    again = reread(juror, dossier, moved.version, juror.user)

    assert (moved.snapshot, again.version, again.scores.count()) == (fresh, moved.version, 1)


def test_an_open_sitting_still_takes_changes(juror, dossier):
    Sitting.objects.create(edition=juror.edition, state="open", opened_at=timezone.now())

    row = handed(juror, dossier, 4, 4, level=4)

    assert change_level(juror, dossier, 3, reason="Discuté", version=row.version, by=juror.user).level == 3
