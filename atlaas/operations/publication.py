"""What the public reads, made from the last revision of each published fiche; it can all be made again."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from atlaas.choices import SheetState
from atlaas.models import PublicSheet, Sheet
from atlaas.rules.sheet import FACTS

BATCH = 1000
# column of the public row → what it is made of
MADE = {
    "sheet_id": "sheet.id",
    "revision_id": "last.id",
    "collectivity_id": "town.id",
    "collectivity_kind": "town.kind",
    "population": "town.population",
    "region_id": "town.region_id",
    "departement_id": "town.departement_id",
    "service_ids": "sorted.services",
    "enjeu_ids": "sorted.enjeux",
    "family_ids": "sorted.families",
    "service_names": "sorted.names",
    "inspired_by_id": "source.id",  # none when the fiche that was credited has been erased since
    "is_demo": "sheet.is_demo",
    "published_at": "(SELECT min(at) FROM atlaas_revision WHERE sheet_id = sheet.id)",
    "updated_at": "last.at",
    **{name: f"told.{name}" for name in FACTS},
    "lon": "CASE WHEN told.lon IS NULL THEN town.lon ELSE told.lon END",
    "lat": "CASE WHEN told.lon IS NULL THEN town.lat ELSE told.lat END",
}
_PROJECT = """
    WITH last AS (
        SELECT DISTINCT ON (revision.sheet_id) revision.id, revision.sheet_id, revision.content, revision.at
          FROM atlaas_revision revision JOIN atlaas_sheet sheet ON sheet.id = revision.sheet_id
         WHERE revision.sheet_id = ANY(%(ids)s) AND sheet.state = %(published)s
      ORDER BY revision.sheet_id, revision.number DESC)
    INSERT INTO atlaas_publicsheet ({columns})
    SELECT {made}
      FROM last
      JOIN atlaas_sheet sheet ON sheet.id = last.sheet_id
      JOIN atlaas_collectivity town ON town.id = sheet.collectivity_id
CROSS JOIN LATERAL jsonb_to_record(last.content) AS told({types}, services text[], inspired_by uuid)
 LEFT JOIN atlaas_sheet source ON source.id = told.inspired_by
CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(service.id ORDER BY chosen.place), '{{}}') AS services,
               coalesce(array_agg(DISTINCT service.enjeu_id), '{{}}') AS enjeux,
               coalesce(array_agg(DISTINCT enjeu.family_id), '{{}}') AS families,
               coalesce(string_agg(service.name, ' · ' ORDER BY chosen.place), '') AS names
          FROM unnest(told.services) WITH ORDINALITY AS chosen(code, place)
          JOIN atlaas_service service ON service.code = chosen.code
          JOIN atlaas_enjeu enjeu ON enjeu.id = service.enjeu_id) sorted
ON CONFLICT (sheet_id) DO UPDATE SET {changes}
"""


@transaction.atomic
def project(sheet_ids: Iterable[UUID]) -> int:
    """Write the public rows of these fiches anew, and drop those of fiches that are not published; answers how many stand."""
    return sum(_project(batch) for batch in _batches(list(sheet_ids)))


def project_all(_key: str = "") -> int:
    """The same for every fiche: after an import of the geography or of the référentiel."""
    return project(Sheet.objects.order_by("pk").values_list("pk", flat=True))


def _batches(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _project(ids: Sequence[UUID]) -> int:
    """One statement for a batch: a thousand rows made in Python take ten times as long."""
    # Held first: a fiche that is archived meanwhile would come back.
    list(Sheet.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    PublicSheet.objects.filter(sheet__in=ids).exclude(sheet__state=SheetState.PUBLISHED).delete()
    with connection.cursor() as cursor:
        # As text: within a request django-pghistory adds to every statement, and knows text alone.
        cursor.execute(
            _statement().as_string(cursor.connection),
            {"ids": list(ids), "published": SheetState.PUBLISHED.value},
        )
        return int(cursor.rowcount)


def _statement() -> sql.Composed:
    fields = {field.column: field for field in PublicSheet._meta.concrete_fields}  # noqa: SLF001 (Django documents _meta)
    listed = sql.SQL(", ")
    return sql.SQL(_PROJECT).format(
        columns=listed.join(map(sql.Identifier, MADE)),
        made=listed.join(map(sql.SQL, MADE.values())),
        types=listed.join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(str(fields[name].db_type(connection))))
            for name in FACTS
        ),
        changes=listed.join(
            sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in MADE if name != "sheet_id"
        ),
    )
