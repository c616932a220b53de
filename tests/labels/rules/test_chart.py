import pytest

from labels.rules.chart import Chart, Part, signed


def chart(*rows, **facts):
    return Chart("c", "Titre", "Phrase.", "Définition.", ("Nom", "Un", "Deux"), rows, **facts)


def test_longest_bar_leaves_room_for_its_figure():
    bars = chart(("a", 10, 0), ("b", 5, 0)).bars

    assert [(bar.label, bar.words, bar.end, bar.parts) for bar in bars] == [
        ("a", "10", "72.00", [Part(0, "0.00", "72.00")]),
        ("b", "5", "36.00", [Part(0, "0.00", "36.00")]),
    ]
    assert [(bar.label_y, bar.y, bar.words_y) for bar in bars] == [(14, 20, 32), (58, 64, 76)]


def test_parts_of_a_bar_stand_side_by_side_and_none_is_drawn_of_zero():
    [one, other] = chart(("a", 1, 3), ("b", 0, 2), drawn=(1, 2)).bars

    assert one.parts == [Part(0, "0.00", "18.00"), Part(1, "18.00", "54.00")]
    assert other.parts == [Part(1, "0.00", "36.00")]
    assert chart(drawn=(1, 2)).series == ["Un", "Deux"]
    assert chart().series == ()


def test_what_is_not_known_is_said_and_not_drawn():
    [bar] = chart(("a", None, 3)).bars

    assert (bar.words, bar.parts) == ("non connu ici", [])


def test_nothing_at_all_is_drawn_as_zero():
    assert [bar.words for bar in chart(("a", 0, 0)).bars] == ["0"]


def test_only_the_first_rows_are_drawn():
    cut = chart(("a", 1, 0), ("b", 1, 0), most=1)

    assert (len(cut.bars), cut.is_cut, cut.height) == (1, True, 44)


def test_long_label_is_cut_in_the_drawing_only():
    [bar] = chart(("a" * 50, 1, 0)).bars

    assert bar.label == "a" * 43 + "…"


def test_change_stands_after_the_figure():
    bars = chart(("a", 1, -2), ("b", 1, None), change=2).bars

    assert [bar.words for bar in bars] == ["1 (−\u202f2)", "1"]


@pytest.mark.parametrize(("number", "words"), [(3, "+\u202f3"), (-2, "−\u202f2"), (0, "=")])
def test_signed(number, words):
    assert signed(number) == words
