"""The real palmarès, from the committed files: what it weighs, and what the association proclaimed."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from labels.operations.statistics import recompute

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
DATA = Path(__file__).resolve().parents[3] / "labels" / "data"


@pytest.fixture
def real_palmares():
    call_command("import_geography")
    with (
        connection.cursor() as cursor
    ):  # the planner knows nothing yet of rows that this transaction alone sees
        cursor.execute("ANALYZE")
    call_command("import_palmares", DATA / "palmares_2025_as_printed.csv", year=2025)
    call_command("import_distinctions", DATA / "distinctions_2025.csv", year=2025)
    recompute("2025")


def test_page_of_the_real_palmares_is_light_and_whole(client, real_palmares):
    page = client.get("/palmares/2025/").content.decode()

    drawings = re.findall(r"<svg [^>]*role=\"img\".*?</svg>", page, re.DOTALL)
    assert len(gzip.compress("".join(drawings).encode())) <= 40_000
    assert len(gzip.compress(page.encode())) <= 60_000
    assert page.count('<li><span class="who">') == 226
    assert page.count("<g><title>") == 226
    assert len(drawings) == 8
