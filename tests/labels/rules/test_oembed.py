import pytest

from labels.rules.oembed import Size


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((None, None), Size(440, 260)),
        ((300, None), Size(300, 260)),
        ((None, 100), Size(440, 100)),
        ((9000, 9000), Size(440, 260)),
    ],
)
def test_frame_is_never_larger_than_allowed(asked, given):
    assert Size(440, 260).within(*asked) == given
