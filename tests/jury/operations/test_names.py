"""The president opens the names, once and for all."""

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Refused
from jury.models import Sitting
from jury.operations.names import open_names
from tests.factories.atlaas import UserFactory
from tests.factories.jury import a_juror
from tests.factories.recusal import close_sitting, closed_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def sitting(edition):
    return Sitting.objects.create(edition=edition)


@pytest.mark.parametrize("state", ["preparing", "open"])
def test_the_president_opens_them_once(edition, sitting, state):
    president = a_juror(edition, president=True)
    Sitting.objects.update(state=state, opened_at=timezone.now() if state == "open" else None)

    first = open_names(sitting, president.user)
    again = open_names(sitting, president.user)

    assert (first.names_open_at is not None, again.names_open_at) == (True, first.names_open_at)


@pytest.mark.parametrize(
    "role", ["nobody", "organiser", "juror", "president of another year", "gone", "inactive"]
)
def test_nobody_else_does(edition, sitting, role):
    one = a_juror(edition, president=role in {"gone", "inactive"})
    if role == "gone":
        one.left_at = timezone.now()
        one.save()
    one.user.is_active = role != "inactive"
    one.user.save()
    by = {
        "nobody": UserFactory,
        "organiser": lambda: UserFactory(is_organiser=True),
        "president of another year": lambda: a_juror(closed_edition(2031), president=True).user,
    }.get(role, lambda: one.user)()

    with pytest.raises(Refused, match="Seule la présidence"):
        open_names(sitting, by)

    assert Sitting.objects.get(edition=edition).names_open_at is None


def test_nothing_opens_after_the_close(edition, sitting):
    president = a_juror(edition, president=True)
    close_sitting(edition)

    with pytest.raises(Refused, match="close"):
        open_names(sitting, president.user)
