"""One text for one dossier, whoever writes it."""

import datetime as dt
import hashlib
from uuid import UUID

import pytest

from labels.rules.snapshot import canonical, number, plain, sequence_of, sha256


def test_canonical_sorts_keys_and_leaves_no_space():
    assert (
        canonical({"b": [1, True, None], "a": {"d": "é", "c": ""}})
        == '{"a":{"c":"","d":"é"},"b":[1,true,null]}'
    )


def test_canonical_composes_text_and_keys():
    assert canonical({"e\u0301": "e\u0301"}) == '{"é":"é"}'


def test_canonical_keeps_what_people_write():
    hostile = 'a"b\\c\n</script>\u2028😀'

    assert canonical({"a": hostile}) == '{"a":"a\\"b\\\\c\\n</script>\u2028😀"}'


def test_plain_writes_numbers_with_a_fraction_as_text():
    assert plain({"lon": 2.5, "lat": -0.1}) == {"lon": "2.5", "lat": "-0.1"}


def test_plain_tells_instants_in_utc():
    paris = dt.datetime(2028, 11, 15, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=1)))

    assert plain([paris, dt.date(2028, 11, 15)]) == ["2028-11-15T22:59:00+00:00", "2028-11-15"]


def test_plain_tells_identifiers_as_text():
    assert plain(UUID(int=7)) == "00000000-0000-0000-0000-000000000007"


def test_plain_refuses_what_has_no_form():
    with pytest.raises(TypeError, match="set has no form"):
        plain({"a": {1, 2}})


def test_sha256_is_of_the_bytes():
    assert sha256("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


@pytest.mark.parametrize(
    ("sequence", "told"), [(1, "2028-00001"), (42, "2028-00042"), (123456, "2028-123456")]
)
def test_number_reads_back(sequence, told):
    assert (number(2028, sequence), sequence_of(told)) == (told, sequence)
