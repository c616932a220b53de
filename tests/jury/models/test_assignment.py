"""What PostgreSQL refuses of a dossier entrusted to a juror."""

import pytest

from tests.factories.jury import a_juror
from tests.factories.recusal import a_run, closed_edition, entrusted, judged
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_a_dossier_is_entrusted_once_to_a_juror():
    edition = closed_edition()
    juror, candidacy = a_juror(edition), judged(edition)
    entrusted(juror, candidacy)

    with refused_by("assignment_once"):
        entrusted(juror, candidacy)


def test_a_run_asks_for_readers():
    with refused_by("assignment_run_has_readers"):
        a_run(closed_edition(), readers=0)
