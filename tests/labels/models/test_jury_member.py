import pytest

from labels.models import JuryMember
from tests.factories.campaign import open_edition
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_a_name_is_once_in_a_jury():
    edition = open_edition()
    JuryMember.objects.create(edition=edition, name="Camille Exemple")

    with refused_by("jury_member_once"):
        JuryMember.objects.create(edition=edition, name="Camille Exemple")


def test_a_jury_has_one_president():
    edition = open_edition()
    JuryMember.objects.create(edition=edition, name="Camille Exemple", is_president=True)

    with refused_by("jury_member_one_president"):
        JuryMember.objects.create(edition=edition, name="Sacha Exemple", is_president=True)
