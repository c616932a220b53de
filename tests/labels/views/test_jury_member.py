"""The public roster of a jury."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.models import JuryMember
from tests.factories.campaign import open_edition
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db
PAST = timezone.now() - dt.timedelta(days=9)


def roster(client, edition):
    return client.get(reverse("jury-roster", args=[edition.year]))


def closed_edition(**facts):
    return open_edition(opens_at=PAST, closes_at=PAST + dt.timedelta(days=1), **facts)


def test_the_president_comes_first_with_function_and_biography(client):
    edition = EditionFactory(year=2025)
    JuryMember.objects.create(edition=edition, name="Sacha Exemple", position=1)
    facts = {"function": "Chercheuse", "biography": "Elle étudie.", "source": "Un document"}
    JuryMember.objects.create(edition=edition, name="Camille Exemple", is_president=True, position=2, **facts)

    page = roster(client, edition)

    assert [one.name for one in page.context["members"]] == ["Camille Exemple", "Sacha Exemple"]
    assert all(
        words in page.text for words in ("préside le jury", "Chercheuse", "Elle étudie.", "Un document")
    )


def test_a_jury_is_told_once_the_window_has_closed_and_nothing_of_the_palmares(client):
    edition = closed_edition()
    JuryMember.objects.create(edition=edition, name="Sacha Exemple")

    page = roster(client, edition)

    assert (page.status_code, "Sacha Exemple" in page.text) == (200, True)
    assert f'href="{reverse("palmares", args=[edition.year])}"' not in page.text


def test_a_jury_is_not_told_before_the_closing(client):
    assert roster(client, open_edition()).status_code == 404


def test_an_unknown_jury_says_so(client):
    assert "n’est pas connue ici" in roster(client, EditionFactory(year=2025)).text


def test_an_invented_jury_says_so(client):
    assert "démonstration" in roster(client, closed_edition(is_demo=True)).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_whatever_the_number(client, number, django_assert_num_queries):
    edition = EditionFactory(year=2025)
    for rank in range(number):
        JuryMember.objects.create(edition=edition, name=f"Membre {rank}")

    with django_assert_num_queries(2):
        roster(client, edition)


def test_the_palmares_leads_to_its_jury(client):
    edition = EditionFactory(year=2025)

    assert reverse("jury-roster", args=[2025]) in client.get(edition.get_absolute_url()).text
