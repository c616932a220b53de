import pytest

from tests.factories.jury import JuryMemberFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_a_name_stands_once_in_a_jury():
    member = JuryMemberFactory()

    with refused_by("jury_member_once"):
        JuryMemberFactory(edition=member.edition, name=member.name)


def test_a_jury_has_one_president():
    member = JuryMemberFactory(is_president=True)

    with refused_by("jury_member_one_president"):
        JuryMemberFactory(edition=member.edition, is_president=True)
