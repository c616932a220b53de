"""Pages of the campaign take at most twelve queries, the same ones for one fiche as for many."""

import pytest
from django.urls import reverse

from labels.operations.filing import file
from labels.queries.clock import now
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.filing import a_complete_candidacy

pytestmark = pytest.mark.django_db
MOST = 12
OF_EDITION = ("candidacy", "candidacy-sheets", "candidacy-check", "derogation")
OF_PLACE = ("space-mosaic", "assessment", "next-level")


def addresses(candidacy):
    code, year = candidacy.collectivity.code, candidacy.edition.year
    return [
        *(reverse(name, args=[code, year]) for name in OF_EDITION),
        *(reverse(name, args=[code]) for name in OF_PLACE),
        reverse("mosaic", args=[code, candidacy.collectivity.slug]),
    ]


def taken(client, address, captured):
    with captured(MOST) as context:
        assert client.get(address).status_code == 200
    return len(context)


@pytest.mark.parametrize("sheets", [60, pytest.param(500, marks=pytest.mark.deep)])
def test_pages_of_a_candidacy(client, django_assert_max_num_queries, sheets):
    edition = open_edition()
    small, large = (a_complete_candidacy(edition=edition, sheets=number) for number in (1, sheets))
    counts = []
    for candidacy in (small, large):
        client.force_login(candidacy.collectivity.affiliations.get().user)
        counts.append([taken(client, one, django_assert_max_num_queries) for one in addresses(candidacy)])

    assert counts[0] == counts[1]


@pytest.mark.parametrize("sheets", [60, pytest.param(500, marks=pytest.mark.deep)])
def test_receipt(client, django_assert_max_num_queries, sheets):
    candidacy = a_complete_candidacy(edition=open_edition(), sheets=sheets)
    agent = candidacy.collectivity.affiliations.get().user
    file(candidacy, by=agent, arrived_at=now())
    client.force_login(agent)

    place = [candidacy.collectivity.code, candidacy.edition.year, 1]
    taken(client, reverse("receipt", args=place), django_assert_max_num_queries)


@pytest.mark.deep
def test_board_of_a_thousand(client, django_assert_max_num_queries):
    client.force_login(UserFactory(is_organiser=True))
    edition = open_edition()
    for _ in range(1000):
        CandidacyFactory(edition=edition)

    taken(client, reverse("board", args=[edition.year]), django_assert_max_num_queries)
