"""What PostgreSQL refuses of a seat and of a tie."""

import datetime as dt

import pytest
from django.utils import timezone

from jury.models import Juror, Recusal
from tests.factories.atlaas import UserFactory
from tests.factories.jury import JurorFactory, JuryMemberFactory, RecusalFactory, a_juror
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_an_address_has_one_seat_an_edition():
    juror = JurorFactory()

    with refused_by("juror_email_once"):
        a_juror(juror.edition, email=juror.email)


def test_a_person_has_one_seat_an_edition():
    juror = JurorFactory()

    with refused_by("juror_user_once"):
        a_juror(juror.edition, user=juror.user, email="autre@exemple.test")


def test_addresses_are_lower_case():
    with refused_by("juror_email_lower_case"):
        JurorFactory(email="A@exemple.test")


@pytest.mark.parametrize("facts", [{"user": None}, {"joined_at": None}, {"user": None, "joined_at": None}])
def test_who_joined_or_declared_is_someone(facts):
    with refused_by("juror_joined_by_someone"):
        Juror.objects.filter(pk=JurorFactory().pk).update(**facts)


def test_a_seat_that_nobody_took_stands():
    member = JuryMemberFactory()

    assert Juror.objects.create(edition=member.edition, member=member, email="a@exemple.test").pk


def test_a_tie_is_declared_once():
    tie = RecusalFactory()

    with refused_by("recusal_once_a_tie"):
        RecusalFactory(juror=tie.juror, collectivity=tie.collectivity)


def test_a_tie_dismissed_may_be_declared_again():
    tie = RecusalFactory()
    facts = {"dismissed_at": timezone.now(), "dismissed_by": UserFactory(), "dismissal": "Homonyme"}
    Recusal.objects.filter(pk=tie.pk).update(**facts)

    assert RecusalFactory(juror=tie.juror, collectivity=tie.collectivity).pk


@pytest.mark.parametrize("missing", ["dismissed_at", "dismissed_by", "dismissal", "early"])
def test_a_tie_is_dismissed_by_someone_with_a_reason(missing):
    facts = {"dismissed_at": timezone.now(), "dismissed_by": UserFactory(), "dismissal": "Homonyme"}
    empty = {"dismissed_at": None, "dismissed_by": None, "dismissal": ""}
    facts |= {key: value for key, value in empty.items() if key == missing}
    if missing == "early":
        facts["dismissed_at"] = timezone.now() - dt.timedelta(days=1)

    with refused_by("recusal_dismissed_with_reason"):
        Recusal.objects.filter(pk=RecusalFactory().pk).update(**facts)


def test_a_tie_is_of_a_known_kind():
    with refused_by("recusal_tie_known"):
        RecusalFactory(tie="friend")


@pytest.mark.parametrize("since", [20, 1939, 2200])
def test_a_tie_has_a_plausible_year(since):
    with refused_by("recusal_since_plausible"):
        RecusalFactory(since=since)
