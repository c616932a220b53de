"""What the public reads, made from the last revision of each published fiche; it can all be made again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from atlaas.choices import SheetState
from atlaas.models import PublicSheet, Revision, Service, Sheet
from atlaas.rules.sheet import FACTS, day

BATCH = 1000


@transaction.atomic
def project(sheet_ids: Iterable[UUID]) -> int:
    """Write the public rows of these fiches anew, and drop those of fiches that are not published; answers how many stand."""
    services = {service.code: service for service in Service.objects.select_related("enjeu")}
    return sum(_project(list(batch), services) for batch in _batches(list(sheet_ids)))


def project_all(_key: str = "") -> int:
    """The same for every fiche: after an import of the geography or of the référentiel."""
    return project(Sheet.objects.order_by("pk").values_list("pk", flat=True))


def _batches(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _project(ids: Sequence[UUID], services: dict[str, Service]) -> int:
    last = (
        Revision.objects.filter(sheet__in=ids, sheet__state=SheetState.PUBLISHED)
        .select_related("sheet__collectivity")
        .order_by("sheet_id", "-number")
        .distinct("sheet_id")
    )
    first = dict(Revision.objects.filter(sheet__in=ids).values_list("sheet").annotate(Min("at")))
    rows = [_row(revision, first[revision.sheet_id], services) for revision in last]
    PublicSheet.objects.filter(sheet__in=ids).exclude(sheet__in=[row.sheet_id for row in rows]).delete()
    names = [field.name for field in PublicSheet._meta.concrete_fields if field.name not in {"sheet", "search"}]
    PublicSheet.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["sheet"], update_fields=names
    )
    return len(rows)


def _row(revision: Revision, published_at: datetime, services: dict[str, Service]) -> PublicSheet:
    content, sheet = revision.content, revision.sheet
    town = sheet.collectivity
    chosen = [services[code] for code in content["services"] if code in services]
    facts = {name: content[name] for name in FACTS} | {
        "started_on": day(content["started_on"]),
        "ended_on": day(content["ended_on"]),
    }
    if content["lon"] is None:
        facts |= {"lon": town.lon, "lat": town.lat}
    return PublicSheet(
        sheet=sheet,
        revision=revision,
        collectivity=town,
        collectivity_kind=town.kind,
        population=town.population,
        region_id=town.region_id,
        departement_id=town.departement_id,
        service_ids=[service.pk for service in chosen],
        enjeu_ids=sorted({service.enjeu_id for service in chosen}),
        family_ids=sorted({service.enjeu.family_id for service in chosen}),
        service_names=" · ".join(service.name for service in chosen),
        inspired_by_id=content["inspired_by"],
        is_demo=sheet.is_demo,
        published_at=published_at,
        updated_at=revision.at,
        **facts,
    )
