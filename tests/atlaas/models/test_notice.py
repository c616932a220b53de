import pytest
from django.utils import timezone

from atlaas.models import Notice, Silence
from tests.factories.atlaas import UserFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def notice(user, **changes):
    return Notice.objects.create(
        **{"user": user, "kind": "fiche", "key": "k", "title": "Une nouvelle"} | changes
    )


def test_a_fact_is_told_once_to_a_person():
    user = UserFactory()
    notice(user)

    with refused_by("notice_once"):
        notice(user)


def test_a_message_is_mailed_or_skipped():
    now = timezone.now()

    with refused_by("notice_mailed_or_skipped"):
        notice(UserFactory(), mailed_at=now, skipped_at=now)


def test_a_type_is_stopped_once():
    user = UserFactory(name="Camille Exemple")
    silence = Silence.objects.create(user=user, kind="fiche")

    with refused_by("silence_once"):
        Silence.objects.create(user=user, kind="fiche")
    assert str(silence) == "Camille Exemple : vie de vos fiches"
