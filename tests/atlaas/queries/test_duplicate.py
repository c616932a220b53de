import pytest

from atlaas.operations.sheet import archive
from atlaas.queries.duplicate import likely_duplicates
from tests.factories.atlaas import CommuneFactory, agent_of, draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "title", ["Un bus numerique dans les hameaux", "médiatrice et guichet, deux après-midis"]
)
def test_a_fiche_that_looks_alike_is_found(title):
    sheet = draft_sheet()

    assert likely_duplicates(sheet.collectivity, title=title) == [sheet]


@pytest.mark.parametrize(
    "title", ["", "Un bus", "La cantine payée en ligne", "%%%%%%%%%%%%", "' OR 1=1 -- trop long"]
)
def test_another_title_finds_none(title):
    sheet = draft_sheet()

    assert likely_duplicates(sheet.collectivity, title=title) == []


def test_itself_archived_ones_and_those_of_others_are_left_out():
    commune = CommuneFactory()
    boss = agent_of(commune)
    own = draft_sheet(commune, by=boss)
    archive(published_sheet(commune, by=boss), by=boss)
    draft_sheet()

    assert likely_duplicates(commune, title=own.title, but=own.pk) == []
