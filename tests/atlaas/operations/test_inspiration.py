from uuid import uuid4

import pytest

from atlaas.models import Notice, Sheet
from atlaas.operations.inspiration import FRAME, inspire
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, published_sheet

pytestmark = pytest.mark.django_db


def test_draft_credits_its_source_and_takes_its_services_but_no_word():
    source = published_sheet()
    town = CommuneFactory()

    draft = inspire(source.public, into=town, by=agent_of(town, "contributeur"), draft_key=uuid4())

    assert (draft.state, draft.inspired_by, draft.title, draft.text) == ("draft", source, "", FRAME)
    assert list(draft.services.all()) == list(source.services.all())


def test_source_is_told_once_however_often_it_is_sent():
    source = published_sheet()
    reader = agent_of(source.collectivity, name="Qui lit")
    town, key = CommuneFactory(), uuid4()
    by = agent_of(town)

    for _ in range(2):
        inspire(source.public, into=town, by=by, draft_key=key)

    assert Sheet.objects.filter(inspired_by=source).count() == 1
    notice = Notice.objects.get(user=reader)
    assert (notice.kind, notice.url) == ("inspiration", f"/fiches/{source.pk}/diffusion/")
    assert town.name in notice.title


def test_own_fiche_may_inspire_and_nobody_is_told():
    source = published_sheet()

    inspire(source.public, into=source.collectivity, by=agent_of(source.collectivity), draft_key=uuid4())

    assert Notice.objects.count() == 0


def test_draft_that_has_this_key_already_is_left_alone():
    source, town, key = published_sheet(), CommuneFactory(), uuid4()
    by = agent_of(town)
    inspire(published_sheet().public, into=town, by=by, draft_key=key)

    draft = inspire(source.public, into=town, by=by, draft_key=key)

    assert draft.inspired_by_id != source.pk


def test_who_has_no_collectivity_starts_nothing():
    source = published_sheet()

    with pytest.raises(Refused, match="rattaché"):
        inspire(source.public, into=CommuneFactory(), by=UserFactory(), draft_key=uuid4())
