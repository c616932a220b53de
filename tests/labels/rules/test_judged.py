from labels.rules.judged import UNKNOWN, Fates, Judged, fates, filed_before, read, summed


def sheet(key, digest="1", *services):
    return {"id": key, "digest": digest, "content": {"services": list(services)}}


def test_document_is_read_by_its_fiches_and_services():
    document = {"sheets": [sheet("a", "1", "s2", "s1"), sheet("b", "2", "s1", "s1")]}

    assert read(document) == Judged({"a": "1", "b": "2"}, {"s1": 2, "s2": 1})


def test_dossier_without_a_fiche_has_none():
    assert read({"sheets": []}) == Judged({}, {})


def test_fates_are_told_beside_what_was_judged_before_whoever_filed_it():
    before = filed_before([Judged({"a": "1"}, {}), Judged({"b": "1", "gone": "1"}, {})])

    found = fates(Judged({"a": "1", "b": "2", "c": "3", "d": "4"}, {}), before)

    assert found == Fates(sheets=4, new=2, modified=1, renewed=1)


def test_fates_are_not_known_without_an_edition_before():
    assert fates(Judged({"a": "1"}, {}), None) == Fates(1, None, None, None)


def test_sum_of_nothing_is_zero():
    assert summed([]) == Fates(0, 0, 0, 0)


def test_what_is_not_known_of_one_is_not_known_of_all():
    assert summed([Fates(2, 1, 1, 0), UNKNOWN]) == Fates(2, None, None, None)
    assert summed([Fates(2, 1, 1, 0), Fates(3, 0, 1, 2)]) == Fates(5, 1, 2, 2)
