"""Write the demonstration's corpus of fiches, batch by batch; what stands already is left as people made it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from atlaas.choices import Role, SheetState
from atlaas.models import Affiliation, Collectivity, PublicSheet, Revision, Sheet, SheetStep, User
from atlaas.operations import job
from atlaas.operations.publication import project
from atlaas.operations.upsert import append
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import FACTS, digest
from atlaas.rules.text import french
from labels.queries import demo_corpus as stored
from labels.rules.demo_corpus import SIZE, Fiche, Plan, corpus
from labels.rules.demo_text import Pools, read_pools

POOLS = Path(__file__).resolve().parents[1] / "data" / "demo"
BATCH = 1000
DOSSIERS, TAKING_PART = 60, 45  # dossiers of two years at the jury, collectivités in the open edition
CAMPAIGN = f"{DOSSIERS}:{TAKING_PART}"
LOCK = 2025_15_424  # of PostgreSQL, for the length of a batch: two makers never write one fiche twice
SHEET = (
    "id", "draft_key", "collectivity_id", "inspired_by_id", "state", "version", "published_version",
    "created_by_id", "saved_by_id", "is_demo", "created_at", "saved_at", *FACTS,
)  # fmt: skip
REVISION = ("sheet_id", "number", "kind", "content", "digest", "by_id", "at")
STEP = ("sheet_id", "step", "by_id", "at")
Row = tuple[object, ...]
Tell = Callable[[int, int], None]
People = Mapping[str, tuple[int, int]]  # code → keys of the collectivité and of its invented agent


@job.commits_as_it_goes
def build(key: str) -> int:
    """Handler of the job: the corpus of `key` fiches; killed, it takes up where it stopped."""
    written = seed(size=int(key), today=timezone.localdate(), tell=job.report)
    job.request(stored.CAMPAIGN_KIND, key=CAMPAIGN)
    return written


@transaction.atomic
def ask(size: int) -> bool:
    """Ask for the job that writes `size` fiches, unless they all stand; `Refused` as `seed` is."""
    _refuse_outside(meant=False)
    plan = _plan(size, timezone.localdate())
    _refuse_another(plan)
    if stored.written() >= set(plan.keys()):
        job.request(stored.CAMPAIGN_KIND, key=CAMPAIGN)  # whose dates follow the day
        return False
    job.request(stored.KIND, key=str(size))
    return True


def seed(
    *,
    today: date,
    size: int = SIZE,
    reset: bool = False,
    outside_demo: bool = False,
    tell: Tell = lambda _done, _total: None,
) -> int:
    """Write the fiches that are missing, each batch in its transaction; answers how many were written.

    `reset` first erases every fiche of the demonstration. Refused: outside of the demonstration unless `outside_demo`
    says that it is meant, without a palmarès, or beside a corpus of another size.
    """
    _refuse_outside(meant=outside_demo)
    if reset:
        erase()
    plan = _plan(size, today)
    _refuse_another(plan)
    people = _people([one.code for one in plan.laureates])
    done = written = 0
    for batch in _batches(corpus(plan)):
        with transaction.atomic():
            written += _write(batch, people)
            done += len(batch)
            tell(done, size)
    _analyze()
    return written


def erase() -> int:
    """Delete the fiches of the demonstration, those that people tried out too; answers how many went."""
    gone = 0
    while ids := list(Sheet.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            _delete_history(ids)
            Sheet.objects.filter(pk__in=ids).delete()
        gone += len(ids)
    return gone


def _refuse_outside(*, meant: bool) -> None:
    if not (settings.DEMO or meant):
        raise Refused(french("Les fiches inventées n'existent que dans la démonstration."))


@cache
def _pools() -> Pools:
    read = (POOLS / "services.csv", POOLS / "sentences.csv")
    return read_pools(*(path.read_text(encoding="utf-8") for path in read))


def _plan(size: int, today: date) -> Plan:
    edition = stored.real_edition()
    if edition is None:
        raise Refused(french("Chargez d'abord un palmarès : les fiches sont inventées pour ses lauréats."))
    pools = _pools()
    services = [service.code for service in stored.services_in_order() if service.code in pools.topics]
    return Plan(stored.laureates(edition), services, pools, edition.year, today, size)


def _refuse_another(plan: Plan) -> None:
    if stored.written() - set(plan.keys()):
        raise Refused(
            french(
                "Un autre corpus de démonstration est là : effacez-le d'abord (option --reset de seed_demo)."
            )
        )


@transaction.atomic
def _people(codes: Sequence[str]) -> People:
    """An invented agent for each collectivité, who may publish for it."""
    towns = Collectivity.objects.filter(code__in=codes).in_bulk(field_name="code")
    emails = {stored.agent_email(code): code for code in codes}
    agents = [
        User(email=email, name=f"{_first_name(code)} Exemple", is_demo=True, password=make_password(None))
        for email, code in emails.items()
    ]
    User.objects.bulk_create(agents, ignore_conflicts=True)
    known = User.objects.filter(email__in=emails, is_demo=True)
    people = {emails[user.email]: (towns[emails[user.email]].pk, user.pk) for user in known}
    Affiliation.objects.bulk_create(
        [
            Affiliation(user_id=user, collectivity_id=town, role=Role.PUBLISHER)
            for town, user in people.values()
        ],
        ignore_conflicts=True,
    )
    return people


def _first_name(code: str) -> str:
    names = _pools().sentences["*", "prenom"]
    return names[sum(code.encode()) % len(names)]


def _batches(fiches: Iterator[Fiche]) -> Iterator[list[Fiche]]:
    while batch := list(islice(fiches, BATCH)):
        yield batch


def _write(batch: Sequence[Fiche], people: People) -> int:
    """Insert the fiches of a batch that are not there, with all that belongs to them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    there = set(Sheet.objects.filter(pk__in=[one.pk for one in batch]).values_list("pk", flat=True))
    missing = [one for one in batch if one.pk not in there]
    if not missing:
        return 0
    append(Sheet, (_sheet(one, people) for one in missing), columns=SHEET)
    append(Revision, _revisions(missing, people), columns=REVISION)
    append(SheetStep, _steps(missing, people), columns=STEP)
    append(Sheet.services.through, _ties(missing), columns=("sheet_id", "service_id"))
    project(one.pk for one in missing if one.state == SheetState.PUBLISHED)
    return len(missing)


def _sheet(one: Fiche, people: People) -> Row:
    """The working copy, in the order of `SHEET`: what was published last, or the draft."""
    town, user = people[one.code]
    version = max(1, len(one.versions))
    saved_at = one.versions[-1].at if one.versions else one.started_at
    facts = (one.content[name] for name in FACTS)
    return (
        one.pk, one.pk, town, one.content["inspired_by"], one.state.value, version, version if one.versions else None,
        user, user, True, one.started_at, saved_at, *facts,
    )  # fmt: skip


def _revisions(fiches: Iterable[Fiche], people: People) -> Iterator[Row]:
    for one in fiches:
        for number, version in enumerate(one.versions, 1):
            content = json.dumps(version.content, ensure_ascii=False)
            user = people[one.code][1]
            yield one.pk, number, version.kind.value, content, digest(version.content), user, version.at


def _steps(fiches: Iterable[Fiche], people: People) -> Iterator[Row]:
    for one in fiches:
        user = people[one.code][1]
        yield one.pk, "start", user, one.started_at
        for version in one.versions:
            yield one.pk, version.kind.value, user, version.at
        if one.archived_at:
            yield one.pk, "archive", user, one.archived_at


def _ties(fiches: Iterable[Fiche]) -> Iterator[Row]:
    keys = {service.code: service.pk for service in stored.services_in_order()}
    for one in fiches:
        for code in one.content["services"]:  # type: ignore[attr-defined]
            yield one.pk, keys[code]


def _delete_history(ids: Sequence[UUID]) -> None:
    """Revisions hold their fiche, and one another, against Django's deletion: all of them go at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL atlaas.resets_demo = 'on'")
        for model in (PublicSheet, Revision):
            table = sql.Identifier(model._meta.db_table)  # noqa: SLF001 (Django documents _meta)
            cursor.execute(sql.SQL("DELETE FROM {} WHERE sheet_id = ANY(%s)").format(table), [list(ids)])


def _analyze() -> None:
    """Let the planner know what came: autovacuum would take minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE atlaas_sheet, atlaas_sheet_services, atlaas_revision, atlaas_publicsheet")
