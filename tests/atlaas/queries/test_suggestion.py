import csv

import pytest

from atlaas.queries.suggestion import SOURCE, load_entries, thesaurus
from tests.factories.atlaas import ServiceFactory


def test_the_thesaurus_names_the_services_of_the_referential_once():
    with (SOURCE.parent / "referential_2025.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["service_code"] for row in csv.DictReader(file)]

    assert sorted(thesaurus()) == sorted(codes)


@pytest.mark.django_db
def test_entries_are_the_services_in_force(django_assert_num_queries):
    ServiceFactory(code="MED-07", name="Les dispositifs itinérants")
    ServiceFactory(code="OLD-1", last_year=2025)

    with django_assert_num_queries(1):
        found = load_entries()

    assert [(one.code, one.name, "bus" in one.words) for one in found] == [
        ("MED-07", "Les dispositifs itinérants", True)
    ]
