"""PostgreSQL refuses every write to what a published edition is made of."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from labels.management.commands.import_edition_kit import KIT
from labels.models import (
    Candidacy,
    CandidacySheet,
    CandidacyStep,
    Criterion,
    Derogation,
    Edition,
    EditionMailText,
    EditorialBlock,
    Extension,
    JuryMember,
    MentionTheme,
    Question,
    Rulebook,
    Section,
    Snapshot,
)
from labels.operations.edition_kit import import_edition_kit
from labels.operations.filing import file
from labels.queries.clock import now
from tests.factories.atlaas import UserFactory, published_sheet
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def whole_edition(year):
    """An open edition with a row of everything it is made of."""
    edition = open_edition(year)
    import_edition_kit(KIT, year=year)
    MentionTheme.objects.create(edition=edition, name="Éducation", slug="education")
    JuryMember.objects.create(edition=edition, name=f"Membre {year}")
    EditionMailText.objects.create(edition=edition, kind="receipt", subject="Un", body="Un")
    candidacy = CandidacyFactory(edition=edition)
    place = candidacy.collectivity
    CandidacySheet.objects.create(candidacy=candidacy, sheet=published_sheet(place), choice="out")
    CandidacyStep.objects.create(candidacy=candidacy, step="start", by=publisher_of(place))
    Extension.objects.create(candidacy=candidacy, until=now() + 9 * MINUTE, reason="Une panne")
    Derogation.objects.create(edition=edition, collectivity=place, reason="Un motif")
    return edition


def publish(edition):
    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now() - MINUTE)


# A model → a column that may be written with any text, how its rows name their edition.
PARTS = {
    Rulebook: ("most_flagships", "edition"),
    Criterion: ("help", "edition"),
    Section: ("help", "edition"),
    Question: ("help", "section__edition"),
    MentionTheme: ("name", "edition"),
    EditionMailText: ("body", "edition"),
    JuryMember: ("biography", "edition"),
    Candidacy: ("mayor_word", "edition"),
    CandidacySheet: ("position", "candidacy__edition"),
    CandidacyStep: ("step", "candidacy__edition"),
    Derogation: ("reason", "edition"),
    Extension: ("reason", "candidacy__edition"),
}
parts = pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)


def refused(act):
    with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
        act()


def rows_of(model, edition):
    return model.objects.filter(**{PARTS[model][1]: edition})


@parts
def test_a_row_of_a_published_edition_is_neither_changed_nor_erased_nor_added(model):
    edition = whole_edition(2031)
    publish(edition)
    rows = rows_of(model, edition)
    copy = rows.first()
    copy.pk = None

    refused(lambda: rows.update(**{PARTS[model][0]: "7"}))
    refused(lambda: rows.all()._raw_delete("default"))
    refused(lambda: model.objects.bulk_create([copy]))


@parts
def test_a_row_does_not_move_into_a_published_edition(model):
    here, published = whole_edition(2031), whole_edition(2032)
    publish(published)
    column = PARTS[model][1].split("__")[0]
    there = rows_of(model, published).values_list(column, flat=True)[0]

    refused(lambda: rows_of(model, here).update(**{f"{column}_id": there}))


@parts
def test_a_row_of_an_edition_to_come_is_written(model):
    edition = whole_edition(2031)

    assert rows_of(model, edition).update(**{PARTS[model][0]: "7"}) > 0


@pytest.mark.parametrize(
    "facts",
    [
        {"closes_at": now},
        {"opens_at": None, "closes_at": None},
        {"jury_on": dt.date(2031, 1, 1)},
        {"ceremony_on": dt.date(2031, 1, 1)},
        {"published_at": None},
        {"is_demo": True},
        {"coverage": "attested"},
        {"referential_year": 1},
    ],
)
def test_a_published_edition_stands(facts):
    edition = open_edition(2031)
    publish(edition)
    told = {name: value() if callable(value) else value for name, value in facts.items()}

    refused(lambda: Edition.objects.filter(pk=edition.pk).update(**told))


@pytest.mark.django_db(transaction=True)
def test_an_invented_edition_is_held_in_a_session_that_asked_for_nothing():
    edition = open_edition(2031, is_demo=True)
    import_edition_kit(KIT, year=2031)
    publish(edition)
    connection.close()  # a new session knows no « atlaas.resets_demo »

    refused(lambda: Criterion.objects.filter(edition=edition).update(help="Autre"))
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(published_at=None))


def test_nothing_is_filed_in_a_published_edition():
    candidacy = a_complete_candidacy(edition=open_edition(2031))
    snapshot = file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())
    publish(candidacy.edition)
    snapshot.pk, snapshot.rank, snapshot.number = uuid4(), 2, "2031-99999"

    refused(lambda: Snapshot.objects.bulk_create([snapshot]))


def test_nobody_takes_the_place_of_another_in_a_published_edition():
    edition = whole_edition(2031)
    step = CandidacyStep.objects.get(candidacy__edition=edition)
    publish(edition)

    refused(lambda: CandidacyStep.objects.filter(pk=step.pk).update(by=UserFactory()))


@pytest.mark.parametrize("facts", [{"opens_at": now, "closes_at": now}, {"is_demo": True}, {"year": 2026}])
def test_what_a_file_published_is_given_no_campaign(facts):
    edition = EditionFactory(year=2025)
    told = {name: value() if callable(value) else value for name, value in facts.items()}

    refused(lambda: Edition.objects.filter(pk=edition.pk).update(**told))


def test_a_published_edition_is_not_erased():
    edition = open_edition(2031)
    publish(edition)

    refused(lambda: Edition.objects.filter(pk=edition.pk)._raw_delete("default"))


def test_what_a_file_published_is_not_made_secret_again_and_is_still_completed():
    edition = EditionFactory(year=2025)

    refused(lambda: Edition.objects.filter(pk=edition.pk).update(published_at=None))
    refused(lambda: Rulebook.objects.filter(edition=edition).update(most_flagships=9))
    assert Edition.objects.filter(pk=edition.pk).update(ceremony_on=dt.date(2025, 2, 6)) == 1
    assert AwardFactory(edition=edition).edition == edition


def test_a_person_who_leaves_is_forgotten_in_a_published_edition():
    edition = whole_edition(2031)
    person = edition.candidacies.get().steps.get().by
    publish(edition)

    CandidacyStep.objects.filter(by=person).update(by=None)

    assert edition.candidacies.get().steps.get().by is None


@pytest.mark.parametrize(("is_demo", "is_erased"), [(True, True), (False, False)])
def test_only_a_demonstration_starts_over(is_demo, is_erased):
    edition = whole_edition(2031)
    Edition.objects.filter(pk=edition.pk).update(is_demo=is_demo)
    publish(edition)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL atlaas.resets_demo = 'on'")

    if is_erased:
        assert Criterion.objects.filter(edition=edition)._raw_delete("default") > 0
        assert Edition.objects.filter(pk=edition.pk).update(published_at=None) == 1
    else:
        refused(lambda: Criterion.objects.filter(edition=edition)._raw_delete("default"))
        refused(lambda: Edition.objects.filter(pk=edition.pk).update(published_at=None))


@pytest.mark.parametrize(
    ("is_demo", "resets", "is_kept"), [(True, "on", False), (False, "on", True), (True, "off", True)]
)
def test_a_snapshot_is_erased_by_a_demonstration_that_starts_over_alone(is_demo, resets, is_kept):
    candidacy = a_complete_candidacy(edition=open_edition(2031, is_demo=is_demo))
    snapshot = file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())
    Candidacy.objects.update(state="draft", filed=None)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL atlaas.resets_demo = '{resets}'")
    rows = Snapshot.objects.filter(pk=snapshot.pk)

    if is_kept:
        with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
            rows._raw_delete("default")
    else:
        assert rows._raw_delete("default") == 1


def test_every_table_of_an_edition_is_held():
    """A new table that belongs to an edition says here whether it is held."""
    own = re.compile(r"\bfrozen_edition|edition\.published_at")
    held = {
        model
        for model in Edition._meta.apps.get_app_config("labels").get_models()
        if any(own.search(one.func or "") for one in getattr(model._meta, "triggers", ()))
    }

    assert held == {*PARTS, Snapshot, EditorialBlock}  # the texts of a press kit: seen in test_editorial
