import gzip

import pytest

from atlaas.models import Loading
from atlaas.operations.loading import MOST_BYTES, Counts, contents, fingerprint, finish, is_loaded
from atlaas.rules.reading import Rejected
from tests.factories.files import written


def test_counts_add_up_and_read_as_a_line():
    counts = Counts(created=1) + Counts(updated=2, unchanged=3, refused=4)
    counts.tally(created=True)
    counts.tally(updated=True)
    counts.tally()

    assert str(counts) == "created 2 / updated 3 / unchanged 4 / refused 4"


def test_contents_unpacks(tmp_path):
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"name\n"))

    assert contents(path) == b"name\n"


@pytest.mark.parametrize(
    ("name", "content"), [("list.csv.gz", b"not gzip"), ("list.csv.gz", b"\x1f\x8b\x08\x00")]
)
def test_contents_refuses_a_broken_archive(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Rejected, match="cannot be read"):
        contents(tmp_path / name)


def test_contents_refuses_what_is_not_a_file(tmp_path):
    with pytest.raises(Rejected, match=r"missing\.csv: cannot be read"):
        contents(tmp_path / "missing.csv")
    with pytest.raises(Rejected, match="cannot be read"):
        contents(tmp_path)


def test_contents_refuses_a_bomb_before_it_is_in_memory(tmp_path):
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(bytes(MOST_BYTES + 1), compresslevel=1))

    with pytest.raises(Rejected, match="more than 32 MB"):
        contents(path)


def test_contents_refuses_a_line_of_two_gigabytes(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * 2**30)

    with pytest.raises(Rejected, match="more than 32 MB"):
        contents(path)


def test_fingerprint_depends_on_every_file_and_their_order(tmp_path):
    one, two = written(tmp_path, "one.csv", "1"), written(tmp_path, "two.csv", "2")

    assert len({fingerprint(paths) for paths in ([one], [two], [one, two], [two, one])}) == 4


@pytest.mark.django_db
def test_finish_remembers_the_run_and_is_loaded_follows_the_files(tmp_path):
    path = written(tmp_path, "list.csv", "1")

    finish("import_list", [path], Counts(created=2, refused=1), dry_run=False)

    run = Loading.objects.get()
    assert (run.command, run.file_name, run.created, run.refused) == ("import_list", "list.csv", 2, 1)
    assert is_loaded("import_list", [path])
    assert not is_loaded("import_other", [path])
    written(tmp_path, "list.csv", "2")
    assert not is_loaded("import_list", [path])
