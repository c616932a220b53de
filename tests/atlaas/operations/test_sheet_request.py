import pytest

from atlaas.models import Notice
from atlaas.operations.sheet import Incomplete
from atlaas.operations.sheet_request import ask_publication
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, agent_of, draft_sheet

pytestmark = pytest.mark.django_db


def test_valideurs_and_responsables_are_told():
    commune = CommuneFactory()
    people = [agent_of(commune, role) for role in ("valideur", "responsable", "contributeur")]
    sheet = draft_sheet(commune, by=people[2])

    ask_publication(sheet, by=people[2])

    told = Notice.objects.order_by("user").values_list("user", "kind", "title")
    title = "Fiche à publier\u00a0: Un bus numérique dans les huit hameaux"
    assert list(told) == [(people[0].pk, "action", title), (people[1].pk, "action", title)]


def test_what_is_missing_comes_first():
    commune = CommuneFactory()
    writer = agent_of(commune, "contributeur")
    sheet = draft_sheet(commune, by=writer, title="")

    with pytest.raises(Incomplete) as refusal:
        ask_publication(sheet, by=writer)

    assert [one.field for one in refusal.value.problems] == ["title"]


def test_with_nobody_to_publish_it_says_so():
    commune = CommuneFactory()
    writer = agent_of(commune, "contributeur")

    with pytest.raises(Refused):
        ask_publication(draft_sheet(commune, by=writer), by=writer)


def test_a_stranger_asks_nothing():
    with pytest.raises(Refused):
        ask_publication(draft_sheet(), by=agent_of(CommuneFactory()))
