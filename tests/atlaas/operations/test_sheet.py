import pytest
from django.contrib.postgres.search import SearchQuery

from atlaas.models import PublicSheet
from atlaas.models.public_sheet import FRENCH
from atlaas.operations.sheet import confirm, publish, save
from atlaas.rules.refusal import Conflict
from tests.factories.atlaas import agent_of, draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_a_published_fiche_is_read_by_the_public():
    sheet = published_sheet()

    assert PublicSheet.objects.filter(search=SearchQuery("hameau numeriques", config=FRENCH)).exists() is True
    assert sheet.public.title == "Un bus numérique dans les huit hameaux"


def test_confirming_leaves_the_digest_as_it_was():
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)

    revision = confirm(sheet, by=by)

    assert [one.digest for one in sheet.revisions.all()] == [revision.digest] * 2


def test_a_stale_save_is_a_conflict():
    sheet = draft_sheet()
    by = agent_of(sheet.collectivity)
    save(sheet, by=by, version=sheet.version, facts={"title": "Un autre titre"})

    with pytest.raises(Conflict):
        save(sheet, by=by, version=sheet.version, facts={"title": "Encore un autre"})


def test_publishing_twice_makes_two_revisions():
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)

    publish(sheet, by=by, version=sheet.version)

    assert sheet.revisions.count() == 2
