"""Load the référentiel of one edition: what is new begins with it, what is gone ended with the edition before."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.db import models, transaction

from atlaas.models import Enjeu, Family, Service
from atlaas.operations import job
from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import referential
from atlaas.rules.reading import Rejected, Row, read
from atlaas.rules.referential import Known
from atlaas.rules.text import slug, typographic


@transaction.atomic
def import_referential(path: Path, *, year: int, dry_run: bool = False) -> Counts:
    """Load the référentiel of `year`, or raise `Rejected` with every error.

    A service of an edition before that the file does not hold keeps its row and ends with `year` − 1: fiches stay sorted
    under it. One that began in `year` itself was a mistake, or a proposal now replaced: it goes, counted as
    updated. The column `remplace` of a new service names those that it replaces.
    """
    table = read(contents(path), referential.REFERENTIAL, unique=("service_code",), file=path.name)
    known = {service.code: service for service in Service.objects.select_for_update()}
    problems = list(table.problems)
    problems += referential.disagreements(table.rows, file=path.name)
    years = [Known(one.code, one.first_year, one.last_year) for one in known.values()]
    problems += referential.version_problems(table.rows, years, year=year, file=path.name)
    if problems:
        raise Rejected(problems)
    counts = Counts()
    enjeux = _enjeux(table.rows, _families(table.rows, counts), counts)
    for position, row in enumerate(table.rows, 1):
        code = row["service_code"]
        known[code] = known.get(code) or Service(code=code, first_year=year)
        _store(known[code], _service(row, position, enjeux[row["enjeu_code"]]), counts)
    held = {row["service_code"] for row in table.rows}
    _end((service for code, service in known.items() if code not in held), year, counts)
    _replace(table.rows, known)
    if counts.created or counts.updated:
        job.request("project-sheets", key="all")
    return finish("import_referential", [path], counts, dry_run=dry_run)


def _store(thing: models.Model, values: Mapping[str, object], counts: Counts) -> None:
    """Save a new row, or one that differs, and count it."""
    created = thing.pk is None
    changes = {name: value for name, value in values.items() if getattr(thing, name, None) != value}
    for name, value in changes.items():
        setattr(thing, name, value)
    if created or changes:
        thing.save()
    counts.tally(created=created, updated=bool(changes))


def _families(rows: Iterable[Row], counts: Counts) -> Mapping[str, Family]:
    known = {family.slug: family for family in Family.objects.all()}
    found: dict[str, Family] = {}
    for position, name in enumerate(referential.families(rows), 1):
        family = known.get(slug(name)) or Family(slug=slug(name))
        _store(family, {"name": name, "position": position}, counts)
        found[name] = family
    return found


def _enjeux(rows: Iterable[Row], families: Mapping[str, Family], counts: Counts) -> Mapping[str, Enjeu]:
    known = {enjeu.code: enjeu for enjeu in Enjeu.objects.select_related("family")}
    found: dict[str, Enjeu] = {}
    for position, line in enumerate(referential.enjeux(rows), 1):
        enjeu = known.get(line.code) or Enjeu(code=line.code)
        values = {
            "name": line.name,
            "slug": slug(line.name),
            "family_id": families[line.family].pk,
            "position": position,
            "is_attested": line.is_attested,
            "family_is_attested": line.family_is_attested,
        }
        _store(enjeu, values, counts)
        found[line.code] = enjeu
    return found


def _service(row: Row, position: int, enjeu: Enjeu) -> Mapping[str, object]:
    return {
        "name": typographic(row["service"]),
        "enjeu_id": enjeu.pk,
        "position": position,
        "is_attested": row["service_atteste"],
        "last_year": None,
    }


def _end(gone: Iterable[Service], year: int, counts: Counts) -> None:
    for service in gone:
        if service.last_year is None and service.first_year < year:
            _store(service, {"last_year": year - 1}, counts)
        elif service.last_year is None:
            service.delete()
            counts.tally(updated=True)


def _replace(rows: Sequence[Row], services: Mapping[str, Service]) -> None:
    for row in rows:
        for old in row["remplace"]:
            services[old].replaced_by.add(services[row["service_code"]])
