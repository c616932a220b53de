"""PostgreSQL refuses what must never be true of teams, invitations, claims and mandates."""

import datetime as dt

import pytest
from django.utils import timezone

from atlaas.models import Affiliation, Claim, Invitation
from tests.factories.atlaas import AffiliationFactory, CommuneFactory, GroupFactory, UserFactory
from tests.people import days, mandate_for
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def invitation(**changes):
    facts = {
        "email": "a@exemple.test",
        "role": "valideur",
        "secret_hash": f"{Invitation.objects.count():064}",
        "expires_at": days(14),
    }
    people = {name: CommuneFactory() for name in ("collectivity",) if name not in changes}
    return Invitation.objects.create(invited_by=UserFactory(), **people | facts | changes)


def test_a_person_is_in_a_team_once():
    one = AffiliationFactory()

    with refused_by("affiliation_once"):
        AffiliationFactory(user=one.user, collectivity=one.collectivity)


def test_a_role_is_one_of_three():
    with refused_by("affiliation_role_known"):
        AffiliationFactory(role="maire")


def test_one_invitation_waits_at_an_address():
    first = invitation()
    with refused_by("invitation_open_once"):
        invitation(collectivity=first.collectivity)

    Invitation.objects.update(revoked_at=timezone.now())

    assert invitation(collectivity=first.collectivity).pk != first.pk


def test_invited_address_is_lower_case():
    with refused_by("invitation_email_lower_case"):
        invitation(email="A@exemple.test")


@pytest.mark.parametrize(
    "facts", [("accepted_at",), ("accepted_by",), ("accepted_at", "accepted_by", "revoked_at")]
)
def test_an_invitation_is_accepted_by_someone_and_not_revoked(facts):
    values = {"accepted_at": timezone.now(), "accepted_by": UserFactory(), "revoked_at": timezone.now()}

    with refused_by("invitation_accepted_by_someone"):
        invitation(**{name: values[name] for name in facts})


def test_a_secret_is_stored_once():
    invitation(secret_hash="0" * 64)

    with refused_by("atlaas_invitation_secret_hash_key"):
        invitation(secret_hash="0" * 64)


def test_an_invitation_knows_that_it_expired():
    assert [invitation(expires_at=days(number)).is_expired for number in (-1, 1)] == [True, False]


def claim(**changes):
    facts = {"collectivity": CommuneFactory(), "user": UserFactory(), "function": "Maire"}
    return Claim.objects.create(**facts | changes)


def test_a_claim_waits_once():
    first = claim()

    with refused_by("claim_waits_once"):
        claim(collectivity=first.collectivity, user=first.user)


@pytest.mark.parametrize("state", ["approved", "refused"])
@pytest.mark.parametrize("facts", [(), ("decided_at",), ("decided_by",)])
def test_a_claim_is_decided_by_someone(state, facts):
    values = {"decided_at": timezone.now(), "decided_by": UserFactory()}

    with refused_by("claim_decided_by_someone"):
        claim(state=state, **{name: values[name] for name in facts})


def test_a_claim_that_waits_is_not_decided():
    with refused_by("claim_decided_by_someone"):
        claim(decided_at=timezone.now(), decided_by=UserFactory())


def test_a_mandate_names_one_holder():
    group = GroupFactory()
    place = CommuneFactory()

    for facts in (
        {"operator": group, "holder": UserFactory(), "holder_body": "x"},
        {"operator": group, "holder_body": "x"},
        {"operator": group, "holder_email": "x@exemple.test"},
        {"holder_body": ""},
    ):
        with refused_by("mandate_names_one_holder"):
            mandate_for(place, **facts)


def test_a_mandate_is_given_to_another():
    place = CommuneFactory()

    with refused_by("mandate_to_another"):
        mandate_for(place, operator=place)


def test_a_mandate_ends_after_it_starts():
    with refused_by("mandate_ends_after_start"):
        mandate_for(CommuneFactory(), starts_at=days(2), until=days(1))


def test_last_day_of_a_mandate_is_the_one_before_its_midnight():
    midnight = dt.datetime(2026, 12, 31, 23, tzinfo=dt.UTC)

    assert mandate_for(CommuneFactory(), until=midnight).last_day == dt.date(2026, 12, 31)


def test_rows_are_named():
    one = AffiliationFactory(user__name="Camille Exemple", role="valideur")
    place = CommuneFactory(name="Exempleville")

    assert str(one) == "Camille Exemple, valideur"
    assert str(invitation(collectivity=place)) == "a@exemple.test → Exempleville"
    assert str(claim(collectivity=place, user=one.user)) == "Camille Exemple → Exempleville"
    assert str(mandate_for(place, holder=one.user)) == "Camille Exemple pour Exempleville"
    assert Affiliation.objects.filter(collectivity=place).count() == 1
