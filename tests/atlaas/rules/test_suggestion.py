import pytest

from atlaas.rules.suggestion import Entry, stem, suggest

SERVICES = (
    Entry("A-1", "Les dispositifs itinérants", "Médiation", ("bus", "hameau")),
    Entry("A-2", "Le prêt de matériel", "Solidarités", ("ordinateur",)),
    Entry("A-3", "Les logiciels", "Coopération", ("logiciel libre",)),
    Entry("A-4", "La cantine", "Vie quotidienne"),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("médiatrices", "médiation"),
        ("hameaux", "hameau"),
        ("locaux", "local"),
        ("vélos", "vélo"),
        ("Réparations", "réparer"),
        ("formatrice", "formateur"),
    ],
)
def test_words_of_one_family_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("médias", "médiation"), ("bus", "but"), ("cantine", "canton")])
def test_words_of_two_families_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_a_service_comes_with_the_words_that_point_to_it():
    assert suggest("Un bus numérique dans les huit hameaux", SERVICES) == [("A-1", ["bus", "hameaux"])]


def test_an_expression_is_said_once():
    assert suggest("Des logiciels libres à l’école", SERVICES) == [("A-3", ["logiciels libres"])]


def test_the_answer_does_not_depend_on_the_order_of_the_services():
    text = "Un bus prête des ordinateurs et un logiciel libre"

    assert suggest(text, SERVICES) == suggest(text, SERVICES[::-1])


@pytest.mark.parametrize(
    "text", ["", "   ", "La mairie fait un projet pour les habitants", "\x00<b>!?", "中文"]
)
def test_a_text_that_tells_nothing_is_met_with_silence(text):
    assert suggest(text, SERVICES) == []


def test_there_are_at_most_as_many_as_asked():
    text = "bus hameau ordinateur prêt matériel logiciel cantine"

    assert len(suggest(text, SERVICES, limit=2)) == 2


def test_equals_go_by_code():
    twins = (
        Entry("B-2", "", "", ("trottinette électrique",)),
        Entry("B-1", "", "", ("trottinette électrique",)),
    )

    assert [code for code, _ in suggest("trottinette électrique", (*SERVICES, *twins))] == ["B-1", "B-2"]
