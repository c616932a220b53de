import pytest

from atlaas.rules.uploaded_table import Unreadable, table


def test_text_shared_by_many_cells_is_counted_each_time():
    shared = "x" * 20_000

    with pytest.raises(Unreadable, match="trop de texte"):
        table([(1, ["a"]), *((number, [shared] * 10) for number in range(2, 200))], [])


def test_table_without_a_cell_is_refused():
    with pytest.raises(Unreadable, match="est vide"):
        table([(1, []), (2, [" "])], [])
