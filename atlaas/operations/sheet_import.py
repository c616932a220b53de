"""Import a table of fiches: check it, choose line by line, confirm it whole. Undoing is in `sheet_import_undo`."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import AutoField, F, Model
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.choices import ImportState, Precision, RevisionKind, Role, SheetState
from atlaas.models import Collectivity, ImportedSheet, Service, Sheet, SheetImport, SheetStep, User
from atlaas.operations.sheet_batch import Change, last_revisions, lock, write
from atlaas.operations.upsert import append
from atlaas.permissions import require
from atlaas.queries.right import Right
from atlaas.queries.sheet_import import contents_of, known_sheets, open_services
from atlaas.queries.uploaded_table import read_table
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import FACTS, STEPS, Content, day, problems
from atlaas.rules.sheet_columns import Headers, read_headers
from atlaas.rules.sheet_import import CREATE, ERROR, UPDATE, Judge, ReadLine, blank, extra_cells, may_choose
from atlaas.rules.uploaded_table import Unreadable, UploadedTable

NAMESPACE = UUID("5d0d8b4e-6d39-5f0e-9a53-6b1c5f7f0a11")  # keys of the drafts of an import are made from it
KEPT_UNCONFIRMED = dt.timedelta(days=7)


def check(collectivity: Collectivity, *, by: User, file_name: str, content: bytes) -> SheetImport:
    """Read and judge a file; nothing is written of any fiche. `Unreadable` when the file as a whole is refused.

    The same file sent again while it waits is judged again in the same run: confirming it twice writes it once.
    """
    require(by, collectivity, Role.CONTRIBUTOR)
    table = read_table(content)
    headers = read_headers(table.header)
    if headers.problems:
        raise Unreadable(" ".join(headers.problems))
    lines = _judged(collectivity, table, headers)
    with transaction.atomic():
        require(by, collectivity, Role.CONTRIBUTOR)
        old = SheetImport.objects.filter(state=ImportState.CHECKED, created_at__lt=Now() - KEPT_UNCONFIRMED)
        old.filter(collectivity=collectivity).delete()
        Collectivity.objects.select_for_update(no_key=True).get(pk=collectivity.pk)
        same = {"collectivity": collectivity, "sha256": hashlib.sha256(content).hexdigest()}
        run = SheetImport.objects.filter(**same, state=ImportState.CHECKED).first() or SheetImport(**same)
        run.by, run.file_name, run.columns = by, file_name[-200:], list(table.header)
        run.remarks, run.lines = [*table.remarks, *headers.remarks], lines
        run.save()
        return run


def _judged(collectivity: Collectivity, table: UploadedTable, headers: Headers) -> list[ReadLine]:
    judge = Judge(headers.places, open_services(), known_sheets(collectivity), timezone.localdate())
    lines = []
    for line in table.lines:
        read = judge.judge(line)
        if sentence := extra_cells(line, len(table.header)):
            read["problems"].append({"field": "", "sentence": sentence})
            read |= {"verdict": ERROR, "choice": "skip", "missing": []}
        lines.append(read)
    return lines


@transaction.atomic
def choose(run: SheetImport, *, by: User, choices: Mapping[int, str]) -> SheetImport:
    """Keep what the person chose for lines (by their number); what a line does not allow is left as it was."""
    require(by, run.collectivity, Role.CONTRIBUTOR)
    locked = locked_run(run)
    if locked.state != ImportState.CHECKED:
        raise Refused("Cet import est déjà fait : ses lignes ne se choisissent plus.")
    for line in locked.lines:
        if choices.get(line["line"]) in may_choose(line):
            line["choice"] = choices[line["line"]]
    locked.save(update_fields=["lines"])
    return locked


@transaction.atomic
def confirm(run: SheetImport, *, by: User, publish: bool = False) -> SheetImport:
    """Write every chosen line in one transaction; confirming twice writes once.

    A fiche that was changed, or erased, since the check is left alone and its line says so. With `publish`, the fiches
    that are complete are published; the others stay as drafts, or keep what the public reads of them.
    """
    right = require(by, run.collectivity, Role.PUBLISHER if publish else Role.CONTRIBUTOR)
    locked = locked_run(run)
    if locked.state != ImportState.CHECKED:
        return locked
    if not any(line["choice"] in {CREATE, UPDATE} for line in locked.lines):
        raise Refused("Aucune ligne n’est à importer : corrigez le fichier, puis envoyez-le de nouveau.")
    _Writing(locked, by, right).write(publish=publish)
    locked.state, locked.done_at = ImportState.DONE, Now()
    locked.save(update_fields=["lines", "state", "done_at"])
    locked.refresh_from_db(fields=["done_at"])
    return locked


def locked_run(run: SheetImport) -> SheetImport:
    rows = SheetImport.objects.select_for_update(of=("self",), no_key=True).select_related("collectivity")
    return rows.get(pk=run.pk)


class _Writing:
    """One confirmation: the fiches are held, written in bulk, and what they were is kept for undoing."""

    def __init__(self, run: SheetImport, by: User, right: Right) -> None:
        self.run, self.by, self.right = run, by, right
        self.town = run.collectivity
        self.services = dict(Service.objects.values_list("code", "pk"))
        self.imported: list[ImportedSheet] = []
        self.written: list[tuple[ReadLine, Sheet]] = []

    def write(self, *, publish: bool) -> None:
        self._create([line for line in self.run.lines if line["choice"] == CREATE])
        self._update([line for line in self.run.lines if line["choice"] == UPDATE])
        _append(ImportedSheet, self.imported)
        if publish:
            self._publish()

    def _create(self, lines: Sequence[ReadLine]) -> None:
        sheets = [self._fresh(line) for line in lines]
        _append(Sheet, sheets)
        self._link(lines, sheets)
        steps = [SheetStep(sheet=one, step="start", by=self.by, mandate=self.right.mandate) for one in sheets]
        _append(SheetStep, steps)
        for line, sheet in zip(lines, sheets, strict=True):
            self._done(line, sheet, "created", before=None)

    def _fresh(self, line: ReadLine) -> Sheet:
        facts = blank() | line["facts"]
        facts["precision"] = facts["precision"] or Precision.CENTRE
        if facts["lon"] is None:
            facts |= {"lon": self.town.lon, "lat": self.town.lat, "precision": Precision.CENTRE}
        return Sheet(
            collectivity=self.town,
            draft_key=uuid5(NAMESPACE, f"{self.run.pk}:{line['line']}"),
            created_by=self.by,
            saved_by=self.by,
            is_demo=self.by.is_demo,
            **_typed(facts),
        )

    def _update(self, lines: Sequence[ReadLine]) -> None:
        held = lock(self.town.pk, [UUID(line["sheet"]) for line in lines])
        before = contents_of(list(held.values()))
        revisions = {pk: one.pk for pk, one in last_revisions(held).items()}
        fresh = [line for line in lines if self._is_fresh(line, held)]
        for line in fresh:
            sheet = held[UUID(line["sheet"])]
            was = _before(sheet, before[sheet.pk], revisions.get(sheet.pk))
            for name, value in _typed(line["facts"]).items():
                setattr(sheet, name, value)
            sheet.version, sheet.saved_by, sheet.saved_at = sheet.version + 1, self.by, timezone.now()
            self._done(line, sheet, "updated", before=was)
        sheets = [held[UUID(line["sheet"])] for line in fresh]
        Sheet.objects.bulk_update(sheets, [*FACTS, "version", "saved_by", "saved_at"], batch_size=500)
        given = [line for line in fresh if line["services"] is not None]
        changed = [held[UUID(line["sheet"])] for line in given]
        Sheet.services.through.objects.filter(sheet__in=changed).delete()
        self._link(given, changed)

    def _is_fresh(self, line: ReadLine, held: Mapping[UUID, Sheet]) -> bool:
        sheet = held.get(UUID(line["sheet"]))
        if sheet and sheet.version == line["version"]:
            return True
        line["outcome"] = "stale"
        line["reason"] = "La fiche a changé depuis la vérification : elle a été laissée telle quelle."
        return False

    def _link(self, lines: Sequence[ReadLine], sheets: Sequence[Sheet]) -> None:
        through = Sheet.services.through
        links = [
            through(sheet_id=sheet.pk, service_id=self.services[code])
            for line, sheet in zip(lines, sheets, strict=True)
            for code in line["services"] or []
            if code in self.services
        ]
        _append(through, links)

    def _done(self, line: ReadLine, sheet: Sheet, outcome: str, *, before: dict[str, Any] | None) -> None:
        line |= {"outcome": outcome, "sheet": str(sheet.pk)}
        self.written.append((line, sheet))
        self.imported.append(
            ImportedSheet(
                run=self.run,
                sheet=sheet,
                line=line["line"],
                is_new=before is None,
                before=before,
                version_after=sheet.version,
            )
        )

    def _publish(self) -> None:
        """Those that are complete and may be published where they stand, with their revisions, in a few queries."""
        today = timezone.localdate()
        contents = contents_of([sheet for _, sheet in self.written])
        ready = [
            (line, sheet)
            for line, sheet in self.written
            if "publish" in STEPS[sheet.state] and not problems(contents[sheet.pk], today=today)
        ]
        sheets = [sheet for _, sheet in ready]
        last = last_revisions([sheet.pk for sheet in sheets])
        for line, sheet in ready:
            sheet.state, sheet.published_version = SheetState.PUBLISHED, sheet.version
            line["outcome"] += "_published"
        Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(
            state=SheetState.PUBLISHED, published_version=F("version")
        )
        changes = [
            Change(one, contents[one.pk], RevisionKind.IMPORT, last[one.pk].number if one.pk in last else 0)
            for one in sheets
        ]
        write(changes, [], by=self.by, mandate=self.right.mandate)


def _before(sheet: Sheet, content: Content, revision: int | None) -> dict[str, Any]:
    """What undoing needs of a fiche: its working copy, its state, the version and the revision that were public."""
    return {
        "content": dict(content),
        "state": sheet.state,
        "is_current": sheet.version == sheet.published_version,
        "revision": revision,
    }


def _typed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a content as the columns of a fiche hold them."""
    dates = {name: day(facts[name]) for name in ("started_on", "ended_on") if name in facts}
    return dict(facts) | dates


def _append(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows by COPY; a column with a default of the database takes it."""
    fields = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
        if not isinstance(field, AutoField) and not field.has_db_default()
    ]
    values = (
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
    )
    append(model, values, columns=[str(field.column) for field in fields])
