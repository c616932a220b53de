from labels.rules.edition import number


def test_number_2025_is_the_26th():
    assert number(2025) == 26
