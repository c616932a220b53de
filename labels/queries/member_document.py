"""A document as its preview and its PDF read it: `document_of` alone, so that they cannot disagree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from atlaas.choices import JobState
from atlaas.models import Collectivity, Job
from atlaas.rules.document import pdf
from labels.choices import DocumentKind
from labels.models import MemberDocument
from labels.queries.citizen_sheet import citizens_of
from labels.queries.document_place import Reading
from labels.queries.handover import handover_of
from labels.queries.mandate_report import mandate_report_of
from labels.queries.summary_note import note_of
from labels.rules.document_blocks import Block
from labels.rules.member_document import CHAPTERS, Asked, asked_from, years_words

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "labels" / "document" / "document.typ"
JOB = "member-document"
MAKERS: Mapping[str, Callable[[Reading, Asked], Block]] = {
    DocumentKind.NOTE: note_of,
    DocumentKind.CITIZENS: citizens_of,
    DocumentKind.MANDATE: mandate_report_of,
    DocumentKind.HANDOVER: handover_of,
}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document that was asked, and how far its job is; `job` is None once it is made, or when nothing works at it."""

    document: MemberDocument
    job: Job | None

    @property
    def is_waited_for(self) -> bool:
        return self.job is not None and self.job.state in {JobState.PENDING, JobState.RUNNING}

    @property
    def options(self) -> str:
        """« édition 2025 », « 2021–2026 », and how many chapters when not all."""
        asked = asked_from(self.document.kind, self.document.asked)
        told = [f"édition {asked.year}"] if asked.year else []
        if asked.since and asked.until:
            told.append(years_words((asked.since, asked.until)))
        known = chapters_of(asked.kind)
        if len(asked.chapters) < len(known):
            told.append(", ".join(known[one].lower() for one in asked.chapters if one in known))
        return " · ".join(told)


def chapters_of(kind: str) -> dict[str, str]:
    """Code → what people tick, ours then those that upper apps add."""
    added = {code: title for code, (title, _path) in settings.DOCUMENT_CHAPTERS.get(kind, {}).items()}
    return {**CHAPTERS[kind], **added}


def document_of(reading: Reading, asked: Asked) -> Block:
    """The whole document as plain JSON, its chapters those that were asked, in their order."""
    made = MAKERS[asked.kind](reading, asked)
    found = dict(made["chapters"])
    for code, (_title, path) in settings.DOCUMENT_CHAPTERS.get(asked.kind, {}).items():
        if code in asked.chapters:
            found[code] = import_string(path)(reading.place)
    return {**made, "kind": asked.kind, "chapters": [found[one] for one in asked.chapters if one in found]}


def document_pdf(document: Block, *, made_at: datetime) -> bytes:
    return pdf(TEMPLATE.read_bytes(), document, made_at=made_at)


def shelf_of(place: Collectivity) -> list[Shelved]:
    """What was asked for a collectivité, the newest first, each with its last job (two queries)."""
    rows = list(MemberDocument.objects.filter(collectivity=place))
    jobs = Job.objects.filter(kind=JOB, key__in=[str(one.pk) for one in rows]).order_by("created_at", "pk")
    last = {one.key: one for one in jobs}
    return [Shelved(one, None if one.made_at else last.get(str(one.pk))) for one in rows]


def file_name(document: MemberDocument) -> str:
    code, day = document.collectivity.code, document.asked_at
    return f"{document.kind}-{code}-{day:%Y-%m-%d}.pdf"
