"""An invented edition goes whole; a real one stays, whoever asks."""

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Refused
from labels.models import Candidacy, Criterion, Edition, JuryMember, Snapshot, Subscription
from labels.operations import candidacy_mail
from labels.operations.demo_erasure import SUBSCRIBED, erase
from labels.operations.filing import file
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db


def filed(edition):
    candidacy = a_complete_candidacy(edition=edition)
    return file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=timezone.now())


@pytest.fixture
def demo():
    edition = open_edition(2031, is_demo=True)
    JuryMember.objects.create(edition=edition, name="Un membre")
    return edition


def test_an_invented_edition_goes_with_all_that_hangs_on_it(demo):
    filed(demo)
    later = open_edition(2032, made_from=demo)

    gone = erase(demo)

    later.refresh_from_db()
    assert later.made_from is None
    assert gone > 5
    assert list(Edition.objects.all()) == [later]
    assert [model.objects.count() for model in (Candidacy, Snapshot, JuryMember)] == [0, 0, 0]


def test_invented_subscriptions_go_and_others_stay(demo):
    filed(demo)
    place = Candidacy.objects.get().collectivity
    Subscription.objects.filter(year=demo.year).delete()
    Subscription.objects.create(collectivity=place, year=demo.year, status="active", comment=SUBSCRIBED)
    Subscription.objects.create(collectivity=place, year=demo.year - 1, status="active", comment=SUBSCRIBED)

    erase(demo)

    assert Subscription.objects.get().year == demo.year - 1


def test_the_other_editions_keep_everything(demo):
    other = filed(open_edition(2032))
    before = Criterion.objects.filter(edition=other.candidacy.edition).count()

    erase(demo)

    assert list(Snapshot.objects.all()) == [other]
    assert Criterion.objects.filter(edition=other.candidacy.edition).count() == before


def test_a_real_edition_is_not_erased():
    edition = open_edition(2031)
    filed(edition)

    with pytest.raises(Refused, match="n’est pas une démonstration"):
        erase(edition)
    assert (Edition.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_a_mail_about_what_was_erased_does_not_leave(demo, mailoutbox):
    snapshot = filed(demo)
    erase(demo)

    candidacy_mail.send(f"receipt:{snapshot.pk}")

    assert mailoutbox == []
