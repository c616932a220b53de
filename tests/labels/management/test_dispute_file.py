"""The file of a dispute, in one command."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from labels.models import Probe
from labels.queries.clock import now
from tests.factories.atlaas import UserFactory
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(client):
    candidacy = a_complete_candidacy()
    person = publisher_of(candidacy.collectivity)
    client.force_login(person)
    client.post(reverse("candidacy-file", args=[candidacy.collectivity.code, 2030]))
    Probe.objects.create(minute=now().replace(second=0, microsecond=0), draft_ms=3, filing_ms=40)
    return candidacy, person


def told(**options):
    out = io.StringIO()
    call_command("dispute_file", stdout=out, **options)
    return out.getvalue()


def test_dispute_file_tells_all_that_is_known_of_the_account(filed):
    candidacy, person = filed
    a_complete_candidacy()

    facts = json.loads(told(email=person.email.upper()))

    [arrival], [step], [snapshot], [probe] = (
        facts[name] for name in ("arrivals", "steps", "snapshots", "probes")
    )
    assert (arrival["method"], arrival["status"]) == ("POST", 302)
    assert (step["step"], step["code"]) == ("file", candidacy.collectivity.code)
    assert (snapshot["number"], snapshot["sha256"]) == ("2030-00001", candidacy.snapshots.get().sha256)
    assert (probe["draft_ms"], probe["filing_ms"], probe["error"]) == (3, 40, "")


def test_dispute_file_since_a_later_day_is_empty(filed):
    facts = json.loads(told(email=filed[1].email, since="2199-01-01"))

    assert [facts[name] for name in ("arrivals", "steps", "snapshots", "probes")] == [[], [], [], []]


def test_dispute_file_writes_tables(filed, tmp_path):
    candidacy, person = filed
    type(candidacy.collectivity).objects.filter(pk=candidacy.collectivity_id).update(name="=1+1")

    told(email=person.email, folder=tmp_path / "litige")

    with (tmp_path / "litige" / "steps.csv").open(encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert (row["step"], row["collectivity"]) == ("file", "'=1+1")
    assert sorted(one.name for one in (tmp_path / "litige").iterdir()) == [
        "arrivals.csv",
        "probes.csv",
        "snapshots.csv",
        "steps.csv",
    ]


def test_dispute_file_of_nobody_is_refused():
    with pytest.raises(CommandError, match="No account has the address"):
        told(email="personne@exemple.test")


@pytest.mark.parametrize("since", ["hier", "2028-13-01"])
def test_dispute_file_since_what_is_no_day_is_refused(since):
    person = UserFactory()

    with pytest.raises(CommandError, match="is not a day"):
        told(email=person.email, since=since)
