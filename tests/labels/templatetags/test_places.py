import pytest

from labels.templatetags.places import in_french, kilometres, label_name, some
from tests.factories.labels import AwardFactory


@pytest.mark.parametrize(
    ("category", "name"),
    [("ville", "Ville Internet"), ("village", "Village Internet"), ("territoire", "Territoire Internet")],
)
def test_label_is_named_by_category(category, name):
    assert label_name(AwardFactory.build(category=category, edition=None, collectivity=None)) == name


@pytest.mark.parametrize(
    ("years", "words"), [([2025], "2025"), ([2025, 2026], "2025 et 2026"), ([1, 2, 3], "1, 2 et 3")]
)
def test_list_is_written_in_french(years, words):
    assert in_french(years) == words


@pytest.mark.parametrize(
    ("km", "words"), [(0.42, "0,4\u00a0km"), (6.3, "6\u00a0km"), (1234, "1\u202f234\u00a0km")]
)
def test_distance_is_rounded(km, words):
    assert kilometres(km) == words


@pytest.mark.parametrize(("number", "words"), [(0, "–"), (1234, "1\u202f234")])
def test_cell_of_none_is_a_dash(number, words):
    assert some(number) == words
