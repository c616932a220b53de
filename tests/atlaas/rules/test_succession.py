import pytest

from atlaas.rules.succession import in_force


@pytest.mark.parametrize(
    ("code", "successors", "expected"),
    [
        ("01001", {}, "01001"),
        ("01001", {"01001": "01002"}, "01002"),
        ("01001", {"01001": "01002", "01002": "01003"}, "01003"),
        ("01003", {"01001": "01002"}, "01003"),
        ("01001", {"01001": "01002", "01002": "01001"}, "01002"),
        ("01001", {"01001": "01001"}, "01001"),
    ],
)
def test_in_force_follows_to_the_last_code(code, successors, expected):
    assert in_force(code, successors) == expected
