"""What PostgreSQL refuses of a fiche, its versions, its files, its moderation."""

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from atlaas.models import Attachment, Report, Revision, Sheet, Withdrawal
from tests.factories.atlaas import UserFactory, draft_sheet, published_sheet
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("sheet_state_known", {"state": "perdue"}),
        ("sheet_published_has_version", {"state": "published", "published_version": None}),
        ("sheet_published_version_reached", {"published_version": 99}),
        ("sheet_point_on_earth", {"lon": 200, "lat": 0}),
        ("sheet_point_on_earth", {"lon": 2, "lat": 91}),
    ],
)
def test_impossible_fiche_is_refused(constraint, facts):
    sheet = draft_sheet()

    with refused_by(constraint):
        Sheet.objects.filter(pk=sheet.pk).update(**facts)


def test_fiche_inspired_by_itself_is_refused():
    sheet = draft_sheet()

    with refused_by("sheet_inspired_by_another"):
        Sheet.objects.filter(pk=sheet.pk).update(inspired_by=sheet)


def test_second_fiche_of_one_key_is_refused():
    sheet = draft_sheet()

    with refused_by("sheet_started_once"):
        Sheet.objects.create(collectivity=sheet.collectivity, draft_key=sheet.draft_key)


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [("revision_number_once", {"number": 1}), ("revision_digest_shape", {"digest": "Z" * 64})],
)
def test_impossible_revision_is_refused(constraint, facts):
    sheet = published_sheet()

    with refused_by(constraint):
        Revision.objects.create(
            sheet=sheet, **{"number": 2, "kind": "publication", "content": {}, "digest": "0" * 64} | facts
        )


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("attachment_picture_described", {"kind": "image"}),
        ("attachment_at_most_10_mb", {"size": 10 * 1024 * 1024 + 1}),
        ("attachment_at_most_10_mb", {"size": 0}),
    ],
)
def test_impossible_file_is_refused(constraint, facts):
    sheet = draft_sheet()

    with refused_by(constraint):
        Attachment.objects.create(
            sheet=sheet, **{"kind": "pdf", "name": "x", "size": 1, "sha256": "0" * 64} | facts
        )


@pytest.mark.parametrize(
    "facts",
    [{"state": "answered"}, {"state": "answered", "answer": "x", "answered_at": NOW}, {"answer": "x"}],
)
def test_half_answered_report_is_refused(facts):
    sheet = published_sheet()

    with refused_by("report_answered_by_someone"):
        Report.objects.create(sheet=sheet, message="x", **facts)


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("withdrawal_has_reason", {"reason": ""}),
        ("withdrawal_contest_has_text", {"contested_at": NOW}),
        ("withdrawal_contest_has_text", {"contest": "x"}),
        ("withdrawal_settled_by_someone", {"settled_at": NOW, "outcome": "x"}),
        ("withdrawal_settled_by_someone", {"outcome": "x"}),
    ],
)
def test_half_written_withdrawal_is_refused(constraint, facts):
    sheet = published_sheet()

    with refused_by(constraint):
        Withdrawal.objects.create(sheet=sheet, by=UserFactory(), **{"reason": "x"} | facts)


def test_second_withdrawal_in_force_is_refused():
    sheet = published_sheet()
    Withdrawal.objects.create(sheet=sheet, by=UserFactory(), reason="x")

    with refused_by("withdrawal_in_force_once"):
        Withdrawal.objects.create(sheet=sheet, by=UserFactory(), reason="y")


@pytest.mark.parametrize("is_demo", [False, True])
def test_published_version_is_not_erased(is_demo):
    sheet = published_sheet()
    Sheet.objects.filter(pk=sheet.pk).update(is_demo=is_demo)

    sheet.public.delete()

    with pytest.raises(ProgrammingError, match="a published version is for good"), transaction.atomic():
        sheet.revisions.all().delete()

    assert sheet.revisions.count() == 1


@pytest.mark.parametrize("facts", [{"content": {}}, {"number": 2}, {"mandate": None}])
def test_published_version_is_not_changed(facts):
    sheet = published_sheet()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        sheet.revisions.update(**facts)
