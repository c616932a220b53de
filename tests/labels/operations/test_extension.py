"""More time for one candidacy."""

import datetime as dt

import pytest

from atlaas.models import Job, Notice
from atlaas.rules.refusal import Refused
from labels.models import Edition, Extension
from labels.operations.extension import end, grant
from labels.queries.clock import now, window_of
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


@pytest.fixture
def candidacy():
    return CandidacyFactory(edition=open_edition(closes_at=now() - DAY))


def test_grant_is_named_dated_reasoned_and_told(candidacy, organiser):
    agent, until = agent_of(candidacy.collectivity), now() + DAY

    extension = grant(candidacy, until, "  Panne de la fibre.  ", organiser)

    assert (extension.until, extension.reason, extension.by) == (until, "Panne de la fibre.", organiser)
    step = candidacy.steps.get()
    assert (step.step, step.by, step.detail["reason"]) == ("extend", organiser, "Panne de la fibre.")
    assert Notice.objects.get(user=agent).title.startswith("Un délai vous est accordé jusqu’au ")
    assert Job.objects.get(kind="candidacy-mail").key == f"extension:{extension.pk}"


def test_grant_again_replaces_what_was_given(candidacy, organiser):
    grant(candidacy, now() + 3 * DAY, "Panne.", organiser)
    shorter = now() + DAY

    grant(candidacy, shorter, "Finalement un jour.", organiser)

    assert window_of(candidacy).told_end == shorter
    assert Extension.objects.filter(ended_at=None).count() == 1


def test_grant_without_a_reason_is_refused(candidacy, organiser):
    with pytest.raises(Refused, match="Dites pourquoi"):
        grant(candidacy, now() + DAY, " ", organiser)


def test_grant_into_the_past_is_refused_and_keeps_what_stands(candidacy, organiser):
    extension = grant(candidacy, now() + DAY, "Panne.", organiser)

    with pytest.raises(Refused, match="dans l’avenir"):
        grant(candidacy, now() - DAY / 2, "Panne.", organiser)

    extension.refresh_from_db()
    assert extension.ended_at is None


def test_grant_before_the_closing_is_refused(organiser):
    candidacy = CandidacyFactory(edition=open_edition())

    with pytest.raises(Refused, match="après la clôture"):
        grant(candidacy, now() + DAY, "Panne.", organiser)


def test_grant_in_a_published_edition_is_refused(organiser):
    candidacy = CandidacyFactory(edition=open_edition(closes_at=now() - DAY))
    type(candidacy.edition).objects.update(published_at=now() - DAY / 2)

    with pytest.raises(Refused, match="est public"):
        grant(candidacy, now() + DAY, "Panne.", organiser)


def test_grant_and_end_ask_for_an_organiser(candidacy, organiser):
    extension = grant(candidacy, now() + DAY, "Panne.", organiser)
    agent = agent_of(candidacy.collectivity)

    with pytest.raises(Refused, match="équipe de l’association"):
        grant(candidacy, now() + DAY, "Panne.", agent)
    with pytest.raises(Refused, match="équipe de l’association"):
        end(extension, agent)


def test_end_twice_is_written_once(candidacy, organiser):
    extension = grant(candidacy, now() + DAY, "Panne.", organiser)
    first = end(extension, organiser).ended_at

    again = end(extension, organiser)

    assert again.ended_at == first
    assert candidacy.steps.filter(step="end_extension").count() == 1


def test_extension_without_a_reason_is_refused_by_the_database(candidacy):
    with refused_by("extension_has_reason_and_future"):
        Extension.objects.create(candidacy=candidacy, until=now() + DAY, reason="")


def test_end_in_a_published_edition_is_refused(candidacy, organiser):
    extension = grant(candidacy, now() + DAY, "Panne.", organiser)
    Edition.objects.filter(pk=candidacy.edition_id).update(published_at=now())

    with pytest.raises(Refused, match="est public"):
        end(extension, organiser)


def test_an_extension_ends_before_the_jury(organiser):
    at = now()
    edition = open_edition(closes_at=at - DAY, jury_on=(at + 5 * DAY).date())
    candidacy = CandidacyFactory(edition=edition)

    with pytest.raises(Refused, match="avant le jour du jury"):
        grant(candidacy, at + 9 * DAY, "Panne.", organiser)
    assert grant(candidacy, at + 2 * DAY, "Panne.", organiser).candidacy == candidacy


def test_one_extension_runs_at_a_time(candidacy):
    facts = {"candidacy": candidacy, "until": now() + DAY, "reason": "Panne."}
    Extension.objects.create(**facts)

    with refused_by("extension_one_live"):
        Extension.objects.create(**facts)
