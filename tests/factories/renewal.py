"""Fiches published in the past, as a renewal finds them: revisions never change, so they are written with their dates."""

from datetime import UTC, datetime

from atlaas.choices import RevisionKind
from atlaas.models import Revision, Sheet
from atlaas.operations.publication import project
from atlaas.queries.sheet import content_of
from atlaas.rules.sheet import digest
from tests.factories.atlaas import FACTS, CommuneFactory, ServiceFactory

BEFORE = datetime(2025, 5, 4, 10, tzinfo=UTC)
LONG_BEFORE = datetime(2022, 5, 4, 10, tzinfo=UTC)


def revise(sheet, at, *, kind=RevisionKind.CONFIRMATION, **changes):
    """One more revision at that time: what was public, with some fields changed."""
    last = sheet.revisions.order_by("-number").first()
    content = dict(last.content if last else content_of(sheet)) | changes
    return Revision.objects.create(
        sheet=sheet,
        number=last.number + 1 if last else 1,
        kind=kind,
        content=content,
        digest=digest(content),
        at=at,
    )


def past_sheets(count, collectivity=None, *, at=BEFORE, service=None, **facts):
    """Fiches published at that time, titled « Fiche 01 » and on unless a title is given."""
    collectivity = collectivity or CommuneFactory()
    service = service or ServiceFactory()
    facts = FACTS | {"lon": collectivity.lon, "lat": collectivity.lat} | facts
    titles = {} if "title" in facts and facts["title"] != FACTS["title"] else {"title": "Fiche {:02}"}
    sheets = Sheet.objects.bulk_create(
        Sheet(
            collectivity=collectivity,
            state="published",
            published_version=1,
            **facts | {name: text.format(number) for name, text in titles.items()},
        )
        for number in range(1, count + 1)
    )
    for sheet in sheets:
        sheet.services.add(service)
        revise(sheet, at, kind=RevisionKind.PUBLICATION)
    project([sheet.pk for sheet in sheets])
    return sheets
