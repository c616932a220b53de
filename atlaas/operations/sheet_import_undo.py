"""Undo an import, whole, while nobody has touched any of its fiches since."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.choices import ImportState, RevisionKind, Role, SheetState
from atlaas.models import ImportedSheet, Revision, Service, Sheet, SheetImport, User
from atlaas.operations.sheet_batch import Change, last_revisions, lock, write
from atlaas.operations.sheet_import import locked_run
from atlaas.permissions import require
from atlaas.queries.right import Right
from atlaas.queries.sheet_import import touched
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import FACTS, day


@transaction.atomic
def undo(run: SheetImport, *, by: User) -> SheetImport:
    """Put everything back; undoing twice undoes once.

    A new draft is erased. A fiche that the import published cannot be unsaid, since a revision is for good: a new one is
    archived, an earlier one gets its former text back (as a new revision when it was public before, archived otherwise).
    """
    locked = locked_run(run)
    published = any(line["outcome"].endswith("published") for line in locked.lines)
    right = require(by, locked.collectivity, Role.PUBLISHER if published else Role.CONTRIBUTOR)
    if locked.state == ImportState.UNDONE:
        return locked
    if locked.state != ImportState.DONE:
        raise Refused("Cet import n’est pas fait : il n’y a rien à annuler.")
    rows = list(ImportedSheet.objects.filter(run=locked))
    held = lock(locked.collectivity_id, [row.sheet_id for row in rows])
    if count := touched(locked).count():
        raise Refused(
            f"{count} fiche(s) de cet import ont été reprises depuis : il ne s’annule plus d’un coup. "
            "Reprenez les fiches une à une."
        )
    _Undoing(locked, held, by, right).put_back(rows)
    locked.state, locked.undone_at = ImportState.UNDONE, Now()
    locked.save(update_fields=["state", "undone_at"])
    locked.refresh_from_db(fields=["undone_at"])
    return locked


class _Undoing:
    def __init__(self, run: SheetImport, held: Mapping[UUID, Sheet], by: User, right: Right) -> None:
        self.run, self.held, self.by, self.right = run, held, by, right
        self.published = {UUID(line["sheet"]) for line in run.lines if line["outcome"].endswith("published")}

    def put_back(self, rows: list[ImportedSheet]) -> None:
        created = [row for row in rows if row.is_new]
        updated = [row for row in rows if not row.is_new]
        drafts = [row.sheet_id for row in created if row.sheet_id not in self.published]
        self._restore(updated)
        retired = [self.held[row.sheet_id] for row in created if row.sheet_id in self.published]
        retired += [self.held[row.sheet_id] for row in updated if self._was_not_public(row)]
        for sheet in retired:
            sheet.state = SheetState.ARCHIVED
        Sheet.objects.bulk_update(retired, ["state"], batch_size=500)
        again = self._earlier([row for row in updated if self._was_public(row)])
        write(again, retired, by=self.by, mandate=self.right.mandate)
        Sheet.objects.filter(pk__in=drafts).delete()

    def _was_public(self, row: ImportedSheet) -> bool:
        return row.sheet_id in self.published and self._before(row)["state"] == SheetState.PUBLISHED

    def _was_not_public(self, row: ImportedSheet) -> bool:
        return row.sheet_id in self.published and self._before(row)["state"] != SheetState.PUBLISHED

    def _before(self, row: ImportedSheet) -> dict[str, Any]:
        return cast("dict[str, Any]", row.before)

    def _restore(self, rows: list[ImportedSheet]) -> None:
        """The working copies, under a new version: the one that was imported stays behind them."""
        for row in rows:
            sheet, before = self.held[row.sheet_id], self._before(row)
            for name in FACTS:
                value = before["content"][name]
                setattr(sheet, name, day(value) if name in {"started_on", "ended_on"} else value)
            sheet.version, sheet.saved_by, sheet.saved_at = sheet.version + 1, self.by, timezone.now()
            if before["is_current"]:
                sheet.published_version = sheet.version
            elif sheet.pk in self.published and before["state"] == SheetState.PUBLISHED:
                sheet.published_version = sheet.version - 1  # what is public is older than the working copy
        sheets = [self.held[row.sheet_id] for row in rows]
        fields = [*FACTS, "version", "published_version", "saved_by", "saved_at"]
        Sheet.objects.bulk_update(sheets, fields, batch_size=500)
        self._relink(rows)

    def _relink(self, rows: list[ImportedSheet]) -> None:
        services = dict(Service.objects.values_list("code", "pk"))
        through = Sheet.services.through
        through.objects.filter(sheet__in=[row.sheet_id for row in rows]).delete()
        through.objects.bulk_create(
            through(sheet_id=row.sheet_id, service_id=services[code])
            for row in rows
            for code in self._before(row)["content"]["services"]
            if code in services
        )

    def _earlier(self, rows: list[ImportedSheet]) -> list[Change]:
        """What was public before, to be published again."""
        earlier = Revision.objects.in_bulk([self._before(row)["revision"] for row in rows])
        last = last_revisions([row.sheet_id for row in rows])
        return [
            self._again(self.held[row.sheet_id], earlier[self._before(row)["revision"]], last[row.sheet_id])
            for row in rows
        ]

    def _again(self, sheet: Sheet, earlier: Revision, last: Revision) -> Change:
        return Change(sheet, earlier.content, RevisionKind.RESTORATION, last.number, restored=earlier)
