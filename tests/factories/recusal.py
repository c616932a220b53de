"""Dossiers that a jury judges, made at once: what is in them matters to no test of a door."""

from uuid import uuid4

from django.utils import timezone

from jury.models import Assignment, AssignmentRun, Evaluation, Score, Sitting
from labels.models import Candidacy, Criterion, Snapshot
from tests.factories.atlaas import CommuneFactory, GroupFactory, UserFactory
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.jury import close


def closed_edition(year=2030):
    return close(open_edition(year))


def close_sitting(edition):
    now = timezone.now()
    facts = {"state": "closed", "opened_at": now, "closed_at": now}
    Sitting.objects.update_or_create(edition=edition, defaults=facts)


def judged(edition, collectivity=None):
    """A candidacy that was filed, with an empty snapshot."""
    candidacy = CandidacyFactory(edition=edition, collectivity=collectivity or CommuneFactory())
    snapshot = Snapshot.objects.create(
        candidacy=candidacy,
        rank=1,
        number=uuid4().hex[:20],
        document="{}",
        sha256="0" * 64,
        by=UserFactory(),
        arrived_at=timezone.now(),
    )
    Candidacy.objects.filter(pk=candidacy.pk).update(state="filed", filed=snapshot)
    candidacy.refresh_from_db()
    return candidacy


def a_group(*communes):
    """An EPCI with those communes."""
    group = GroupFactory()
    for commune in communes:
        commune.epci = group
        commune.save()
    return group


def entrusted(juror, candidacy):
    return Assignment.objects.create(juror=juror, candidacy=candidacy)


def begun(juror, candidacy, **facts):
    return Evaluation.objects.create(juror=juror, candidacy=candidacy, snapshot=candidacy.filed, **facts)


def criterion(edition, code="un"):
    facts = {"category": "ville", "name": "Un critère", "anchors": list("01234"), "position": 1}
    return Criterion.objects.create(edition=edition, code=code, **facts)


def scored(juror, candidacy, value=3):
    evaluation = begun(juror, candidacy)
    Score.objects.create(evaluation=evaluation, criterion=criterion(candidacy.edition), value=value)
    return evaluation


def a_run(edition, **facts):
    return AssignmentRun.objects.create(
        edition=edition, by=UserFactory(), **({"seed": 1, "readers": 3} | facts)
    )
