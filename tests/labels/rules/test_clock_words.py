"""Both clocks in words."""

import datetime as dt

from labels.rules.clock import zone_of
from labels.rules.clock_words import told

CLOSING = dt.datetime(2028, 11, 15, 22, 59, 58, tzinfo=dt.UTC)


def test_told_in_paris_says_one_clock():
    words = told(CLOSING, zone_of("59"))

    assert (words.paris, words.local) == (
        "mercredi 15\u00a0novembre 2028 à 23\u00a0h\u00a059 (heure de Paris)",
        "",
    )
    assert (str(words), words.iso) == (words.paris, "2028-11-15T22:59:58+00:00")


def test_told_overseas_says_both():
    words = told(CLOSING, zone_of("972"), seconds=True)

    assert (
        words.local
        == "mercredi 15\u00a0novembre 2028 à 18\u00a0h\u00a059\u00a0min\u00a058\u00a0s (heure locale)"
    )
    assert str(words) == f"{words.paris}, soit {words.local}"


def test_told_on_the_other_side_of_the_world_says_the_other_day():
    words = told(dt.datetime(2028, 11, 30, 22, 59, tzinfo=dt.UTC), zone_of("988"))

    assert words.local == "vendredi 1er\u00a0décembre 2028 à 9\u00a0h\u00a059 (heure locale)"
