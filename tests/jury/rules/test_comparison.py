"""What changed since the dossier judged before, word by word, at a bounded cost."""

import time

import pytest

from atlaas.rules.difference import ADDED, FOLDED, REMOVED
from jury.rules.comparison import ONE_PAGE, Allowance, Fate, between, compared, settled, sheet_change
from jury.rules.dossier import read
from labels.rules.snapshot import canonical
from labels.templatetags.differences import pieces
from tests.factories.dossier import SERVICE, a_document, a_sheet, sheet_key


def dossier(year=2030, sheets=(), answers=(), **facts):
    return read(canonical(a_document(year, sheets, answers, **facts)))


def fates(before, after):
    found = compared(dossier(2029, before), dossier(2030, after))
    return [(one.fate, one.sheet.title) for one in found.sheets]


def text_of(found):
    """The pieces as « kind text » for those that changed."""
    return [(one.kind, one.text) for one in found if one.kind in (ADDED, REMOVED)]


def test_a_fiche_has_one_fate():
    before = [a_sheet("a"), a_sheet("b"), a_sheet("c"), a_sheet("d")]
    after = [
        a_sheet("a"),
        a_sheet("b", summary="La commune dessert huit hameaux."),
        a_sheet("c", is_running=False, ended_on="2029-05-01"),
        a_sheet("e"),
    ]

    assert fates(before, after) == [
        (Fate.MODIFIED, "Fiche b"),
        (Fate.NEW, "Fiche e"),
        (Fate.ENDED, "Fiche c"),
        (Fate.GONE, "Fiche d"),
        (Fate.SAME, "Fiche a"),
    ]


def test_a_modification_is_told_by_its_words():
    before, after = [a_sheet("a")], [a_sheet("a", summary="La commune dessert huit hameaux.")]

    (change,) = compared(dossier(2029, before), dossier(2030, after)).told[0].changes

    assert change.label == "En une phrase"
    assert text_of(change.pieces) == [(REMOVED, "deux"), (ADDED, "huit")]


def test_services_are_told_by_their_names():
    before, after = [a_sheet("a")], [a_sheet("a", services=[SERVICE, "ESS-02"])]

    (change,) = compared(dossier(2029, before), dossier(2030, after)).told[0].changes

    assert (change.label, text_of(change.pieces)) == ("Services", [(ADDED, "Le second service")])


def test_a_fiche_that_is_credited_is_told_by_no_title():
    after = [a_sheet("a", inspired_by=sheet_key("z"))]

    (change,) = compared(dossier(2029, [a_sheet("a")]), dossier(2030, after)).told[0].changes

    assert text_of(change.pieces) == [(ADDED, "une autre fiche")]


@pytest.mark.parametrize(
    "facts",
    [
        {"contact_email": "autre@exemple.test"},
        {"lon": "2.6", "precision": "point"},
        {"summary": "La commune\u00a0dessert  deux\u202fhameaux."},
        {"ended_on": "2031-01-01"},
    ],
)
def test_what_no_juror_reads_is_no_change(facts):
    assert fates([a_sheet("a")], [a_sheet("a", **facts)]) == [(Fate.SAME, "Fiche a")]


def test_an_action_that_goes_on_again_says_so():
    before, after = [a_sheet("a", is_running=False, ended_on="2028-05-01")], [a_sheet("a")]

    (one,) = compared(dossier(2029, before), dossier(2030, after)).told

    assert (one.fate, one.changes[0].label) == (Fate.MODIFIED, "Toujours en cours")


def test_why_a_fiche_is_gone():
    before = [a_sheet("a"), a_sheet("b", is_running=False, ended_on="2027-05-01")]

    found = compared(dossier(2029, before), dossier(2030, taken_out=[sheet_key("a")]))

    assert [one.why for one in found.sheets] == [
        "la collectivité l’a retirée de son dossier",
        "terminée le 1er\u00a0mai 2027, ne compte plus",
    ]


def test_figures_are_those_of_the_lists():
    before = [a_sheet("a"), a_sheet("b"), a_sheet("d")]
    after = [a_sheet("a"), a_sheet("b", summary="Autre."), a_sheet("e")]

    found = compared(dossier(2029, before), dossier(2030, after))

    assert (found.new, found.gone, found.modified, found.kept, len(found.same)) == (1, 1, 1, 2, 1)


def test_fiches_put_forward_come_first():
    after = dossier(2030, [a_sheet("a"), a_sheet("b")], flagships=[sheet_key("b")])

    assert [one.sheet.title for one in compared(dossier(2029), after).sheets] == ["Fiche b", "Fiche a"]


def test_answers_are_compared_by_their_code():
    before = dossier(2029, answers={"un": "Une adjointe.", "deux": ["a", "b"], "trois": "Parti."})
    after = dossier(2030, answers={"un": "Un agent.", "deux": ["a", "b"], "quatre": "Venu.", "cinq": None})

    found = compared(before, after)

    assert [(one.label, text_of(one.pieces)) for one in found.answers] == [
        ("Question un", [(REMOVED, "Une adjointe"), (ADDED, "Un agent")]),
        ("Question quatre", [(ADDED, "Venu.")]),
    ]
    assert [(one.text, one.told) for one in found.same_answers] == [("Question deux", "a · b")]


def test_the_word_of_the_mayor_is_an_answer():
    found = compared(dossier(2029, mayor_word="Bonjour."), dossier(2030, mayor_word="Bonsoir."))

    assert [one.label for one in found.answers] == ["Le mot du maire"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "Un mot.", [(ADDED, "Un mot.")]),
        ("Un mot.", "", [(REMOVED, "Un mot.")]),
        ("un\u00a0bus\u202f!", "un bus !", []),
        ("a\nb\nc", "a\nx\nc", [(REMOVED, "b"), (ADDED, "x")]),
        ("a\nb", "a", [(REMOVED, "b")]),
        ("a", "a\nb", [(ADDED, "b")]),
        ("\x00", "\x00\x01", [(ADDED, "\x01")]),
    ],
)
def test_texts_are_told_apart(before, after, expected):
    assert text_of(between(settled(before), settled(after), Allowance())) == expected


def test_nothing_is_lost_between_two_texts():
    before, after = "un\ndeux\n\ntrois", "zéro\nun\n\n\ntrois quatre"

    found = between(before, after, Allowance())

    assert "".join(one.text for one in found if one.kind != REMOVED).replace("\n", "") == "zérountrois quatre"
    assert [one.kind for one in found if one.kind == FOLDED] == [FOLDED]


def test_html_is_text():
    found = between("", '<script>alert("x")</script> & <b>gras</b>', Allowance())

    told = pieces(found)

    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;b&gt;gras&lt;/b&gt;</ins>" in told
    assert "<script" not in told


def test_a_change_is_announced():
    told = pieces(between("deux", "huit", Allowance()))

    assert told == (
        '<del><span class="hidden">supprimé\u00a0: </span>deux</del>'
        '<ins><span class="hidden">ajouté\u00a0: </span>huit</ins>'
    )


def test_spaces_are_settled():
    assert settled(" a\u00a0\u202f b \n\t c ") == "a b\nc"


def test_a_very_long_text_is_not_told_word_by_word():
    before = " ".join(f"mot{n % 700}" for n in range(20_000))
    after = before.replace("mot3 ", "neuf ")

    started = time.perf_counter()
    found = between(before, after, Allowance())

    assert found == ()
    assert time.perf_counter() - started < 0.5


def test_very_many_lines_cost_little():
    before, after = "a\nb\n" * 5_000, "a\nc\nb\n" * 3_000

    started = time.perf_counter()
    between(before, after, Allowance(left=10**6, one=10**6))

    assert time.perf_counter() - started < 0.5


def test_a_word_in_a_very_long_text_of_paragraphs_is_found():
    before = "\n".join(" ".join(f"mot{n}" for n in range(200)) for _ in range(100))
    after = before + " fin"

    assert text_of(between(settled(before), settled(after), Allowance())) == [(ADDED, " fin")]


def test_one_page_compares_so_much_and_no_more():
    old, new = ("\n".join(f"{word} {n}" for n in range(200)) for word in ("avant", "après"))
    before = [a_sheet(f"{n:03}", text=old) for n in range(60)]
    after = [a_sheet(f"{n:03}", text=new) for n in range(60)]

    told = [bool(one.changes[0].pieces) for one in compared(dossier(2029, before), dossier(2030, after)).told]

    assert 0 < told.count(True) < 60
    assert told.count(True) <= ONE_PAGE // len(old + new)
    assert told == sorted(told, reverse=True)


def test_a_fiche_alone_is_compared_further():
    old, new = ("\n".join(f"{word} {n}" for n in range(900)) for word in ("avant", "après"))
    before, after = dossier(2029, [a_sheet("a", text=old)]), dossier(2030, [a_sheet("a", text=new)])

    together = compared(before, after).told[0].changes[0]
    alone = sheet_change(before, after, after.sheets[sheet_key("a")]).changes[0]

    assert (bool(together.pieces), bool(alone.pieces)) == (False, True)


def test_a_fiche_without_a_past_is_new():
    after = dossier(2030, [a_sheet("a")])

    assert sheet_change(None, after, after.sheets[sheet_key("a")]).fate == Fate.NEW
