import pytest

from atlaas.models import Job
from atlaas.rules.refusal import Conflict, Refused
from labels.models import Award
from labels.operations import award as operations
from tests.factories.atlaas import UserFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def organiser():
    return UserFactory(is_organiser=True)


def waiting():
    return list(Job.objects.order_by("pk").values_list("kind", "key"))


def confirm(award, **changes):
    facts = {"level": 5, "version": award.version, "reason": "Diplôme vu", "by": organiser()}
    return operations.confirm_level(award, **facts | changes)


def test_confirm_level_makes_it_certain_and_asks_for_the_figures():
    award = AwardFactory(level=4, level_is_certain=False, level_as_printed=4)

    confirm(award, level=5)

    award.refresh_from_db()
    assert (award.level, award.level_is_certain, award.level_as_printed, award.version) == (5, True, 4, 2)
    assert waiting() == [("statistics", "2025")]


def test_confirm_level_keeps_who_and_why_in_the_history():
    award = AwardFactory(level=4, level_is_certain=False)
    by = organiser()

    confirm(award, level=4, reason="  Diplôme vu à la mairie ", by=by)

    last = award.events.order_by("pgh_id").last()
    assert (last.pgh_label, last.level_is_certain, last.version) == ("update", True, 2)
    assert last.pgh_context.metadata == {"reason": "Diplôme vu à la mairie", "user": by.pk}


@pytest.mark.parametrize("level", [0, 6, -3, 10**12])
def test_confirm_level_that_cannot_be_writes_nothing(level):
    award = AwardFactory(level=4, level_is_certain=False)

    with pytest.raises(Refused, match="de 1 à 5"):
        confirm(award, level=level)

    award.refresh_from_db()
    assert (award.level, award.level_is_certain, award.version, waiting()) == (4, False, 1, [])


def test_confirm_level_of_a_ten_stays_five():
    award = AwardFactory(level=5, is_ten=True)

    with pytest.raises(Refused, match="TEN"):
        confirm(award, level=4)


def test_confirm_level_owes_a_reason():
    with pytest.raises(Refused, match="raison"):
        confirm(AwardFactory(), reason="  ")


def test_confirm_level_read_before_another_change_is_a_conflict_with_both():
    award = AwardFactory(level=4, level_is_certain=False)
    confirm(award, level=5)

    with pytest.raises(Conflict) as conflict:
        confirm(award, level=4, version=1)

    assert (conflict.value.current, conflict.value.current.level, conflict.value.proposed) == (award, 5, 4)
    award.refresh_from_db()
    assert (award.level, award.version) == (5, 2)


@pytest.mark.parametrize("facts", [{}, {"is_staff": True}, {"is_organiser": True, "is_active": False}])
def test_confirm_level_is_for_active_organisers(facts):
    with pytest.raises(Refused, match="équipe"):
        confirm(AwardFactory(), by=UserFactory(**facts))


def test_save_of_a_new_award_asks_for_the_figures_of_its_edition():
    award = AwardFactory.build(
        edition=EditionFactory(), collectivity=AwardFactory(edition__year=2024).collectivity
    )

    operations.save(award, by=organiser())

    assert (Award.objects.filter(edition__year=2025).count(), award.version, waiting()) == (
        1,
        1,
        [("statistics", "2025")],
    )


def test_save_that_moves_an_award_asks_for_both_editions():
    award = AwardFactory()
    award.edition = EditionFactory(year=2024)

    operations.save(award, by=organiser())

    assert (award.version, waiting()) == (2, [("statistics", "2024"), ("statistics", "2025")])


def test_save_counts_the_version_from_what_is_stored():
    award = AwardFactory()
    Award.objects.update(version=7)

    operations.save(award, by=organiser())

    assert Award.objects.get().version == 8
