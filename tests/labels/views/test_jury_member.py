"""The roster of a jury, to everybody."""

import datetime as dt

import pytest
from django.utils import timezone

from labels.models import Edition
from tests.factories.campaign import open_edition
from tests.factories.jury import JuryMemberFactory, close
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db
PAGE = "/palmares/2025/jury/"


@pytest.fixture
def edition():
    return EditionFactory(year=2025)


def told(answer):
    return answer.content.decode()


def test_the_president_comes_first_with_what_is_said_of_each(client, edition):
    JuryMemberFactory(edition=edition, name="Ada Exemple", biography="Elle étudie : tout.", position=1)
    facts = {"is_president": True, "source": "dossier, page 1", "note": "L’un dit seize."}
    JuryMemberFactory(edition=edition, name="Bob Exemple", position=2, **facts)

    page = told(client.get(PAGE))

    assert page.index("Bob Exemple") < page.index("préside le jury") < page.index("Ada Exemple")
    for words in ("2\u00a0personnes", "Elle étudie\u00a0: tout.", "dossier, page 1", "L’un dit seize."):
        assert words in page


def test_a_rule_of_ours_is_not_said_of_a_past_jury(client, edition):
    JuryMemberFactory(edition=edition)
    JuryMemberFactory(edition=close(open_edition(2030)))

    pages = [told(client.get(f"/palmares/{year}/jury/")) for year in (2025, 2030)]

    assert ["n’entend rien" in page for page in pages] == [False, True]


def test_who_left_is_not_named(client, edition):
    JuryMemberFactory(edition=edition, name="Ada Exemple", is_listed=False)
    JuryMemberFactory(edition=edition)

    assert "Ada Exemple" not in told(client.get(PAGE))


@pytest.mark.parametrize("state", ["no member", "unknown", "open", "to come"])
def test_there_is_nothing_to_show_before_the_window_closes(client, state):
    if state == "no member":
        EditionFactory(year=2025)
    if state in {"open", "to come"}:
        later = timezone.now() + dt.timedelta(days=9)
        dates = {"opens_at": later, "closes_at": later + dt.timedelta(days=9)} if state == "to come" else {}
        JuryMemberFactory(edition=open_edition(2025, **dates))

    assert client.get(PAGE).status_code == 404


def test_a_jury_is_known_before_its_palmares(client):
    JuryMemberFactory(edition=close(open_edition(2025)))

    page = told(client.get(PAGE))

    assert ('href="/palmares/2025/"' in page, client.get("/palmares/2025/").status_code) == (False, 404)


@pytest.mark.parametrize("coverage", ["complete", "attested"])
@pytest.mark.parametrize("has_jury", [True, False])
def test_the_palmares_leads_to_its_jury(client, edition, coverage, has_jury):
    Edition.objects.update(coverage=coverage)
    if has_jury:
        JuryMemberFactory(edition=edition)

    assert (PAGE in told(client.get("/palmares/2025/"))) is has_jury


@pytest.mark.parametrize("total", [1, 3])
def test_the_page_costs_the_same_queries(client, edition, total, django_assert_num_queries):
    for _ in range(total):
        JuryMemberFactory(edition=edition)

    with django_assert_num_queries(2):
        assert client.get(PAGE).status_code == 200
