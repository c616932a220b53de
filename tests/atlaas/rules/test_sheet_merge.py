from atlaas.rules.sheet_merge import Difference, differences, marks, read_marks


def test_only_fields_that_differ_are_shown():
    assert differences({"title": "a", "text": "b"}, {"title": "a", "text": "b"}, {}) == []


def test_a_field_i_left_alone_is_preset_to_theirs():
    base = read_marks(marks({"title": "a", "text": "b"}))

    found = differences({"title": "a", "text": "mien"}, {"title": "x", "text": "leur"}, base)

    assert found == [Difference("title", "a", "x", "theirs"), Difference("text", "mien", "leur", "mine")]


def test_a_line_of_marks_that_was_tampered_with_only_spoils_the_defaults():
    found = differences({"kind": "a"}, {"kind": "b"}, read_marks(":: kind kind:zz"))

    assert [(one.choice, one.is_long) for one in found] == [("mine", False)]
