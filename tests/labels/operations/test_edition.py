import datetime as dt

import pytest

from atlaas.rules.reading import Rejected
from labels.models import Edition
from labels.operations.edition import import_editions
from tests.factories.files import written
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db
HEADER = "year,ceremony_on,source\n"


def load(folder, lines, **options):
    return import_editions(written(folder, "editions.csv", HEADER + lines), **options)


def test_import_notes_ceremonies_and_makes_nothing_public(tmp_path):
    known = EditionFactory(year=2025, coverage="complete")

    counts = load(tmp_path, "2024,2024-02-08,a.test\n2025,2025-02-06,a.test\n")

    known.refresh_from_db()
    made = Edition.objects.get(year=2024)
    assert (counts.created, counts.updated) == (1, 1)
    assert (known.ceremony_on, known.coverage) == (dt.date(2025, 2, 6), "complete")
    assert (made.coverage, made.published_at, made.rulebook.village_below) == ("attested", None, 2500)


def test_import_twice_changes_nothing(tmp_path):
    load(tmp_path, "2024,2024-02-08,a.test\n")

    assert load(tmp_path, "2024,2024-02-08,a.test\n").unchanged == 1


def test_import_dry_run_writes_nothing(tmp_path):
    assert load(tmp_path, "2024,2024-02-08,a.test\n", dry_run=True).created == 1
    assert Edition.objects.count() == 0


def test_import_gives_every_error_at_once(tmp_path):
    with pytest.raises(Rejected) as refusal:
        load(
            tmp_path, "1998,2024-02-08,a.test\n2024,,a.test\n2025,2025-02-06,a.test\n2025,2025-02-06,a.test\n"
        )

    assert [str(problem).split(": ", 1)[1] for problem in refusal.value.problems] == [
        "line 2: column year: '1998' is not a whole number from 1999 to 2199",
        "line 3: column ceremony_on: the cell is empty",
        "line 5: 2025: stands already at line 4",
    ]
