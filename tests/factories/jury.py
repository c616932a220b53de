"""Jurors, their ties and what they are asked to read; every one is invented."""

import datetime as dt

import factory
from django.utils import timezone

from jury.models import Assignment, Evaluation, Juror, Recusal
from labels.models import JuryMember
from labels.operations.filing import file
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of


class JuryMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JuryMember

    edition = factory.LazyFunction(open_edition)
    name = factory.Sequence(lambda n: f"Membre {n}")
    function = "Chercheuse (invention)"


class JurorFactory(factory.django.DjangoModelFactory):
    """A juror who has an account and has declared their ties; `declared_at=None` for one who has not."""

    class Meta:
        model = Juror

    member = factory.SubFactory(JuryMemberFactory)
    edition = factory.LazyAttribute(lambda juror: juror.member.edition)
    user = factory.SubFactory(UserFactory)
    email = factory.LazyAttribute(lambda juror: juror.user.email)
    joined_at = factory.LazyFunction(timezone.now)
    declared_at = factory.LazyFunction(timezone.now)


class RecusalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recusal

    juror = factory.SubFactory(JurorFactory)
    collectivity = factory.SubFactory(CommuneFactory)
    tie = "elected"
    by = factory.LazyAttribute(lambda recusal: recusal.juror.user)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    juror = factory.SubFactory(JurorFactory)


def a_juror(edition, *, president=False, **facts):
    """A seat in the jury of that edition, ties declared."""
    member = JuryMemberFactory(edition=edition, is_president=president)
    return JurorFactory(member=member, **facts)


def a_filed_candidacy(edition, collectivity=None, *, sheets=1):
    """A dossier that the jury judges, once `close(edition)` was called."""
    candidacy = a_complete_candidacy(collectivity, edition=edition, sheets=sheets)
    file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=timezone.now())
    candidacy.refresh_from_db()
    return candidacy


def close(edition):
    """The window ends: from here on the jury reads."""
    edition.closes_at = timezone.now() - dt.timedelta(minutes=5)
    edition.save()
    return edition


def a_jury(edition, *, jurors=3, dossiers=2):
    """Jurors whose ties are declared and dossiers that they judge, the edition closed: both in the order of their making."""
    filed = [a_filed_candidacy(edition) for _ in range(dossiers)]
    close(edition)
    return [a_juror(edition) for _ in range(jurors)], filed


def a_reading(juror, candidacy):
    """A juror has begun to read."""
    return Evaluation.objects.create(juror=juror, candidacy=candidacy, snapshot=candidacy.filed)
