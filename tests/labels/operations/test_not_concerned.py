import pytest

from atlaas.rules.refusal import Refused
from labels.models import NotConcerned
from labels.operations.not_concerned import answer_not_concerned
from tests.factories.atlaas import CommuneFactory, ServiceFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return open_edition()


@pytest.fixture
def town():
    return CommuneFactory()


def said():
    return set(NotConcerned.objects.values_list("service__code", "reason", "by"))


def test_answers_are_written_taken_back_and_the_others_stand(edition, town):
    first, second = agent_of(town, "contributeur"), agent_of(town)
    one, other, third = (ServiceFactory().code for _ in range(3))
    answer_not_concerned(edition, town, {one: " Pas de port. ", other: ""}, by=first)
    at = NotConcerned.objects.get(service__code=one).at

    for _ in range(2):
        answer_not_concerned(edition, town, {one: "Aucun port.", third: None, other: None}, by=second)

    assert said() == {(one, "Aucun port.", second.pk)}
    assert NotConcerned.objects.get().at == at  # when it was first said: a closed mosaic reads it


def test_nothing_to_answer_writes_nothing(edition, town):
    answer_not_concerned(edition, town, {}, by=agent_of(town))

    assert said() == set()


def test_a_service_of_another_referentiel_is_refused_and_nothing_is_written(edition, town):
    known, other = ServiceFactory().code, ServiceFactory(first_year=2027).code

    with pytest.raises(Refused, match="n’est pas du référentiel"):
        answer_not_concerned(edition, town, {known: "", other: ""}, by=agent_of(town))

    assert said() == set()


def test_nobody_answers_for_another_collectivity(edition, town):
    service = ServiceFactory().code
    for person in (UserFactory(), agent_of(CommuneFactory()), UserFactory(is_organiser=True)):
        with pytest.raises(Refused):
            answer_not_concerned(edition, town, {service: ""}, by=person)

    assert said() == set()
