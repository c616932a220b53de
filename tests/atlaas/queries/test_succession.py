import pytest

from atlaas.models import Succession
from atlaas.queries.succession import former_codes, successor_of
from tests.factories.atlaas import CommuneFactory

pytestmark = pytest.mark.django_db


def succeed(old_code, successor):
    Succession.objects.create(old_code=old_code, successor=successor, date="2019-01-01", source="essai")


def test_successor_of_is_the_final_one():
    middle = CommuneFactory(code="01002", is_current=False)
    final = CommuneFactory(code="01003")
    succeed("01001", middle)
    succeed("01002", final)

    assert successor_of("01001") == final


def test_successor_of_an_unknown_code_is_none():
    assert successor_of("01001") is None


def test_former_codes_go_back_by_steps():
    middle = CommuneFactory(code="01002", is_current=False)
    final = CommuneFactory(code="01003")
    succeed("01001", middle)
    succeed("01002", final)
    succeed("01004", final)

    assert former_codes(final) == ["01001", "01002", "01004"]


def test_ring_ends():
    one, other = CommuneFactory(code="01001"), CommuneFactory(code="01002")
    succeed("01001", other)
    succeed("01002", one)

    assert (former_codes(one), successor_of("01001")) == (["01002"], other)
