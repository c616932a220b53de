from dataclasses import replace

import pytest

from jury.choices import EntryKind
from jury.rules.journal import BEGINNING, Break, Line, Standing, first_break, replay, written
from labels.rules.snapshot import canonical, sha256


def chain(*facts, kind=EntryKind.NAMES):
    """A journal: one line for each (kind, facts), or for each facts."""
    lines, previous = [], BEGINNING
    for rank, one in enumerate(facts, 1):
        told = one if isinstance(one, tuple) else (kind, one)
        line = written(rank=rank, kind=told[0], previous=previous, facts=told[1])
        lines.append(line)
        previous = line.sha256
    return lines


@pytest.fixture
def lines():
    return chain(*({"number": number} for number in range(5)))


def rehashed(line, document):
    return Line(line.rank, line.kind, document, sha256(document))


def test_a_line_holds_the_digest_of_the_line_before(lines):
    first, second, *_ = lines

    assert f'"previous":"{BEGINNING}"' in first.document
    assert f'"previous":"{first.sha256}"' in second.document
    assert second == written(rank=2, kind="names", previous=first.sha256, facts={"number": 1})


def test_a_whole_journal_holds(lines):
    assert first_break(lines) is None
    assert first_break([]) is None


@pytest.mark.parametrize("at", range(5))
def test_a_changed_document_is_named(lines, at):
    lines[at] = replace(lines[at], document=lines[at].document.replace('"number":', '"number":1'))

    assert first_break(lines) == Break(at + 1, "its document is not the one that was hashed")


@pytest.mark.parametrize("at", range(5))
def test_a_changed_digest_is_named(lines, at):
    lines[at] = replace(lines[at], sha256="f" * 64)

    assert first_break(lines) == Break(at + 1, "its document is not the one that was hashed")


@pytest.mark.parametrize("at", range(4))
def test_a_document_changed_with_its_digest_is_named_by_the_line_that_follows(lines, at):
    lines[at] = rehashed(lines[at], lines[at].document.replace('"number":', '"number":1'))

    assert first_break(lines) == Break(at + 2, "it does not follow the line before")


@pytest.mark.parametrize("at", range(4))
def test_a_line_taken_out_is_named(lines, at):
    del lines[at]

    assert first_break(lines) == Break(at + 2, f"rank {at + 1} is missing")


@pytest.mark.parametrize("at", range(4))
def test_a_line_taken_out_and_the_next_ones_renumbered_is_named(lines, at):
    del lines[at]
    lines[at:] = [replace(one, rank=one.rank - 1) for one in lines[at:]]

    assert first_break(lines) == Break(at + 1, "its columns do not say what its document says")


@pytest.mark.parametrize("at", range(4))
def test_two_lines_swapped_with_their_ranks_are_named(lines, at):
    one, other = lines[at : at + 2]
    lines[at : at + 2] = [replace(other, rank=one.rank), replace(one, rank=other.rank)]

    assert first_break(lines) == Break(at + 1, "its columns do not say what its document says")


def test_two_lines_swapped_are_named(lines):
    lines[1:3] = reversed(lines[1:3])

    assert first_break(lines) == Break(3, "rank 2 is missing")


def test_a_line_twice_is_named(lines):
    lines.insert(2, lines[1])

    assert first_break(lines) == Break(2, "rank 3 is missing")


@pytest.mark.parametrize("at", range(5))
def test_a_changed_kind_is_named(lines, at):
    lines[at] = replace(lines[at], kind="decided")

    assert first_break(lines) == Break(at + 1, "its columns do not say what its document says")


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        canonical({"format": 1, "rank": 1, "kind": "names", "facts": {}}),
        canonical({"format": 2, "rank": 1, "kind": "names", "previous": BEGINNING, "facts": {}}),
    ],
)
def test_a_document_that_is_no_line_is_named(lines, at, document):
    lines[at] = rehashed(lines[at], document)

    assert first_break(lines) == Break(at + 1, "its document is no line of a journal")


def test_a_line_written_in_another_chain_is_named(lines):
    lines[3] = written(rank=4, kind="names", previous="a" * 64, facts={"number": 3})

    assert first_break(lines) == Break(4, "it does not follow the line before")


OPENED = {
    "agenda": [{"dossier": "a"}, {"dossier": "b"}],
    "present": [{"juror": 1}, {"juror": 2}],
    "habits": {"common": ["2", "1"]},
}


def decided(dossier, level, **facts):
    votes = {"for": 2, "against": 0, "abstentions": 1}
    words = {
        "dossier": dossier,
        "level": level,
        "is_ten": False,
        "mentions": [],
        "votes": votes,
        "reason": "",
    }
    evidence = {"proposed": 3, "fragile": {"is_fragile": True}}
    return words | {"evidence": evidence} | facts


def replayed(*facts):
    return replay(chain(("opened", OPENED), *facts))


def test_nothing_is_replayed_of_nothing():
    told = replay([])

    assert (told.state, told.items, told.present, told.deputy) == ("preparing", {}, set(), None)


def test_an_opening_is_replayed():
    told = replay(chain(("deputy", {"juror": 2}), ("opened", OPENED)))

    assert (told.state, told.present, told.deputy) == ("open", {1, 2}, 2)
    assert (told.items, told.habits) == ({"a": Standing(), "b": Standing()}, OPENED["habits"])


def test_presences_are_replayed_until_the_closing():
    came = (("left", {"juror": 1}), ("arrived", {"juror": 3}), ("left", {"juror": 9}))

    assert replayed(*came).present == {2, 3}
    closed = replayed(*came, ("closed", {}))
    assert (closed.state, closed.present) == ("closed", set())


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ([("called", {"dossier": "a"})], Standing("called")),
        ([("called", {"dossier": "a"}), ("postponed", {"dossier": "a"})], Standing("waiting")),
        ([("decided", decided("a", 4))], Standing("decided", 4, False, (), (2, 0, 1), "", 3, True)),
        (
            [("decided", decided("a", 4, reason="Oui")), ("undone", {"dossier": "a"})],
            Standing("called", proposed=3, is_fragile=True),
        ),
        (
            [
                ("decided", decided("a", 4, evidence={"proposed": 2, "fragile": None})),
                ("ended", {"dossier": "a"}),
                ("moved", {"moves": [{"dossier": "a", "before": 4, "after": 5}]}),
            ],
            Standing("ended", 5, False, (), (2, 0, 1), "", 2, False),
        ),
        (
            [
                ("decided", decided("a", 4)),
                ("ended", {"dossier": "a"}),
                ("corrected", decided("a", 5, is_ten=True, mentions=["m"], reason="Erreur", evidence={})),
            ],
            Standing("ended", 5, True, ("m",), (2, 0, 1), "Erreur", 3, True),
        ),
        (
            [
                ("decided", decided("a", 4)),
                ("set_aside", {"dossier": "a", "reason": "retirée"}),
            ],
            Standing("aside", reason="retirée", proposed=3, is_fragile=True),
        ),
        ([("set_aside", {"dossier": "a", "reason": "retirée"}), ("added", {"dossier": "a"})], Standing()),
    ],
)
def test_a_dossier_is_replayed(steps, standing):
    told = replayed(*steps)

    assert told.items == {"a": standing, "b": Standing()}


def test_a_late_dossier_is_replayed():
    told = replayed(("added", {"dossier": "c"}), ("called", {"dossier": "c"}))

    assert told.items == {"a": Standing(), "b": Standing(), "c": Standing("called")}


def test_signatures_are_replayed_and_what_is_no_act_is_passed_over():
    told = replayed(("names", {"by": 1}), ("later", {"dossier": "a"}), ("signed", {"by": 7, "sha256": "e"}))

    assert (told.signatures, told.state) == ({(7, "e")}, "open")
    assert told.items == {"a": Standing(), "b": Standing()}
