import pytest

from labels.operations.award import confirm_level, save
from labels.queries.level_review import decided, unconfirmed
from tests.factories.atlaas import UserFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True, name="Odile")


def test_unconfirmed_are_laureates_of_the_edition_in_doubt():
    award = AwardFactory(level=4, level_is_certain=False)
    AwardFactory(level=4)
    AwardFactory(edition=EditionFactory(year=2024), level=4, level_is_certain=False)
    AwardFactory(level=None, level_is_certain=False, source="essai")

    assert unconfirmed(award.edition, None) == [award]


def test_decision_is_the_last_change_of_level(organiser):
    award = AwardFactory(level=4, level_is_certain=False)
    award = confirm_level(award, level=5, version=1, reason="une affiche", by=organiser)
    award.note = "note sans rapport"
    save(award, by=UserFactory(), reason="autre chose")

    (found,) = decided(award.edition, None)

    assert (found.award, found.by, found.reason) == (award, "Odile", "une affiche")
    assert (found.before.level, found.before.level_is_certain) == (4, False)


def test_change_without_a_person_names_nobody():
    award = AwardFactory(level=3)
    award.level = 2
    award.save()

    (found,) = decided(award.edition, None)

    assert (found.by, found.reason) == ("", "")


def test_change_of_something_else_is_no_decision(organiser):
    award = AwardFactory(level=3)
    award.note = "note"
    save(award, by=organiser)

    assert decided(award.edition, None) == []
