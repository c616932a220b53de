"""Awards and mentions are read in the administration, and written nowhere in it."""

import pytest
from django.urls import reverse

from atlaas.models import Job, User
from labels.models import Award, Edition, Mention, Seal
from tests.factories.atlaas import UserFactory
from tests.factories.labels import EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db
MODELS = ("award", "mention", "seal", "awardcorrection", "mentiontheme")


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("chef@exemple.test", "un mot de passe long"))
    return client


def test_an_award_is_read_with_its_mentions(staff):
    mention = MentionFactory()

    page = staff.get(reverse("admin:labels_award_change", args=[mention.award.pk])).content.decode()

    assert (mention.theme.name in page, 'type="submit"' in page.split("award_form")[1]) == (True, False)


@pytest.mark.parametrize("page", ["change", "delete"])
def test_nothing_sent_changes_an_award_or_a_mention(staff, page):
    mention = MentionFactory()
    sent = {"level": 5, "post": "yes", "version_read": 1}

    answers = [
        staff.post(reverse(f"admin:labels_{name}_{page}", args=[one.pk]), sent).status_code
        for name, one in (("award", mention.award), ("mention", mention))
    ]

    assert answers == [403, 403]
    assert (Award.objects.get().level, Mention.objects.count(), Job.objects.count()) == (3, 1, 0)


@pytest.mark.parametrize("name", MODELS)
def test_none_is_added_nor_deleted_from_a_list(staff, name):
    assert staff.get(reverse(f"admin:labels_{name}_add")).status_code == 403
    assert "delete_selected" not in staff.get(reverse(f"admin:labels_{name}_changelist")).content.decode()


def test_the_documents_of_a_seal_are_not_shown(staff):
    edition = EditionFactory(year=2030, published_at=None)
    seal = Seal.objects.create(
        edition=edition, sha256="a" * 64, bundle='{"secret":1}', annex='{"secret":2}', by=UserFactory()
    )

    page = staff.get(reverse("admin:labels_seal_change", args=[seal.pk])).content.decode()

    assert ("a" * 64 in page, "secret" in page) == (True, False)


def test_edition_changed_asks_for_its_figures(staff):
    edition = EditionFactory()

    staff.post(reverse("admin:labels_edition_change", args=[edition.pk]), {"coverage": "attested"})

    assert Edition.objects.get().coverage == "attested"
    assert list(Job.objects.values_list("key", flat=True)) == ["2025"]
