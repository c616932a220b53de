import datetime as dt
from dataclasses import dataclass

import pytest

from atlaas.choices import NoticeKind
from atlaas.rules.mailing import EVERYTHING, by_kind, digest_closes_at, is_dropped, silenced_by, typeset


@dataclass
class Message:
    kind: str
    title: str = ""


@pytest.mark.parametrize(("day", "hour"), [(dt.date(2026, 1, 15), 6), (dt.date(2026, 7, 15), 5)])
def test_a_digest_closes_at_seven_in_paris(day, hour):
    expected = dt.datetime.combine(day, dt.time(hour), dt.UTC)

    assert digest_closes_at(day) == expected


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_stopped_type_is_dropped_but_what_asks_for_an_action(kind):
    assert is_dropped(kind, [kind]) is (kind != NoticeKind.ACTION)
    assert is_dropped(kind, []) is False


def test_messages_are_grouped_actions_first():
    rows = [Message("fiche", "a"), Message("action", "b"), Message("fiche", "c")]

    groups = [(kind, [one.title for one in found]) for kind, found in by_kind(rows)]

    assert groups == [(NoticeKind.ACTION, ["b"]), (NoticeKind.SHEET, ["a", "c"])]


def test_a_link_stops_one_type_or_all_that_may_be():
    assert list(silenced_by("fiche")) == [NoticeKind.SHEET]
    assert set(silenced_by(EVERYTHING)) == set(NoticeKind) - {NoticeKind.ACTION}


def test_a_plain_mail_keeps_its_lines():
    assert (
        typeset("\n\nBonjour !\n\n\n\nC'est : « ici »\n")
        == "Bonjour\u202f!\n\nC’est\u00a0: «\u00a0ici\u00a0»\n"
    )
