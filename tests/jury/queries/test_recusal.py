import pytest
from django.utils import timezone

from jury.models import Juror
from jury.queries.recusal import counted_evaluations, ties_of, to_tie, with_brought
from tests.factories.atlaas import CommuneFactory
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import a_group, begun, closed_edition, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return closed_edition()


@pytest.mark.parametrize("total", [1, 3])
def test_ties_say_what_they_bring_in_one_query(edition, total, django_assert_num_queries):
    juror = a_juror(edition)
    for rank in range(total):
        home = CommuneFactory(name=f"Ici {rank}")
        a_group(home, CommuneFactory())
        RecusalFactory(juror=juror, collectivity=home)

    with django_assert_num_queries(1):
        lines = ties_of(juror)

    assert [line.brings for line in lines] == [
        f"et son EPCI, {line.recusal.collectivity.epci.name}" for line in lines
    ]
    assert len(lines) == total


def test_a_search_says_what_each_would_bring():
    commune = CommuneFactory(name="Trifouillis")
    group = a_group(commune, CommuneFactory())

    assert [(one.collectivity, one.brings) for one in to_tie("trifouillis")] == [
        (commune, f"et son EPCI, {group.name}")
    ]
    assert [one.brings for one in with_brought([group])] == ["et ses 2\u00a0communes"]


@pytest.mark.parametrize("declared", ["commune", "group"])
def test_an_evaluation_begun_counts_for_nobody_once_a_tie_is_known(edition, declared):
    commune = CommuneFactory()
    places = {"commune": commune, "group": a_group(commune)}
    juror, other = a_juror(edition), a_juror(edition)
    dossiers = [judged(edition, place) for place in places.values()]
    for dossier in dossiers:
        begun(juror, dossier)
    kept = {begun(other, dossiers[0]), begun(juror, judged(edition))}

    RecusalFactory(juror=juror, collectivity=places[declared])

    assert set(counted_evaluations(edition)) == kept


def test_who_left_counts_for_nothing(edition):
    juror = a_juror(edition)
    begun(juror, judged(edition))
    Juror.objects.update(left_at=timezone.now())

    assert list(counted_evaluations(edition)) == []
