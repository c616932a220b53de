import pytest

from atlaas.models import PublicSheet
from atlaas.operations.sheet import archive
from atlaas.queries import diffusion
from atlaas.queries.diffusion import diffusion_of
from tests.factories.atlaas import agent_of, published_sheet

pytestmark = pytest.mark.django_db


def inspired_by(source):
    """A published fiche that credits another."""
    sheet = published_sheet()
    PublicSheet.objects.filter(pk=sheet.pk).update(inspired_by=source)
    return sheet


def drawn(sheet):
    found = diffusion_of(PublicSheet.objects.get(pk=sheet.pk), None)
    return [(node.sheet.pk, node.leaf.depth) for node in found.nodes]


def test_whole_line_is_drawn_from_any_of_its_fiches():
    first = published_sheet()
    second = inspired_by(first)
    third = inspired_by(second)
    published_sheet()
    line = [(first.pk, 0), (second.pk, 1), (third.pk, 2)]

    assert [drawn(sheet) for sheet in (first, second, third)] == [line] * 3


def test_each_names_the_collectivity_it_took_from():
    first = published_sheet()
    second = inspired_by(first)

    found = diffusion_of(PublicSheet.objects.get(pk=second.pk), None)

    assert [node.source for node in found.nodes] == ["", first.collectivity.name]


def test_fiche_that_is_not_public_cuts_the_line():
    first = published_sheet()
    second = inspired_by(first)
    third = inspired_by(second)
    archive(second, by=agent_of(second.collectivity))

    assert (drawn(first), drawn(third)) == ([(first.pk, 0)], [(third.pk, 0)])


def test_credits_that_turn_round_come_to_an_end():
    first = published_sheet()
    second = inspired_by(first)
    PublicSheet.objects.filter(pk=first.pk).update(inspired_by=second)

    assert {pk for pk, _depth in drawn(first)} == {first.pk, second.pk}


def test_long_line_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(diffusion, "MOST", 2)
    first = published_sheet()
    inspired_by(first)
    inspired_by(first)

    found = diffusion_of(PublicSheet.objects.get(pk=first.pk), None)

    assert (len(found.nodes), found.is_cut) == (2, True)


@pytest.mark.parametrize("number", [1, 3])
def test_three_queries_whatever_the_size(number, django_assert_num_queries):
    first = published_sheet()
    for _ in range(number):
        inspired_by(first)

    row = PublicSheet.objects.get(pk=first.pk)
    with django_assert_num_queries(3):
        diffusion_of(row, None)
