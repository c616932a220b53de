"""The demonstration's campaign: one edition closed and at the jury, the next open with candidacies in every state.

All is invented.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from atlaas.models import Collectivity, User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french, slug
from labels.choices import AnswerKind, Coverage, QuestionnairePart, SubscriptionStatus
from labels.models import Candidacy, Edition, MentionTheme, Rulebook, Subscription
from labels.operations import candidacy as verbs
from labels.operations import derogation, filing
from labels.operations.demo_erasure import SUBSCRIBED
from labels.operations.demo_past import add_past
from labels.operations.edition_kit import import_edition_kit
from labels.queries import demo_corpus as stored
from labels.queries.candidacy import checklist_of, questions_of
from labels.rules.demo_campaign import OPEN_STATES, answer_to, people_of

KIT = Path(__file__).resolve().parents[1] / "data" / "kit"
CLOSED, OPEN = 2, 3  # years after the latest real palmarès
DAY = timedelta(days=1)
LEFT_OPEN = 8  # one in nine of the closed edition never filed
LOCK = 2025_15_425  # of PostgreSQL, until the transaction ends: two makers never meet
# A working proposal: the themes of the last real palmarès.
THEMES = (
    "Médiation numérique",
    "Numérique éducatif",
    "Mise en commun des infrastructures et usages",
    "Transition écologique",
)


def build(key: str) -> int:
    """Handler of the job: « 60:45 » is how many dossiers the jury reads, how many take part in the open edition."""
    filed, _, opened = key.partition(":")
    return seed_campaign(closed=int(filed), opened=int(opened))


@transaction.atomic
def seed_campaign(*, closed: int, opened: int, outside_demo: bool = False) -> int:
    """Make both editions and the candidacies that are missing; answers how many were made.

    `closed` is how many dossiers of two years the jury reads, `opened` how many collectivités take part in the open
    edition. What stands is left as people made it.
    """
    real = ground(outside_demo=outside_demo)
    made = seed_closed(real, closed)
    now = timezone.now()
    return made + _take_part(_edition(real, OPEN, now - 30 * DAY, now + 40 * DAY), opened, real)


def ground(*, outside_demo: bool = False) -> Edition:
    """The real palmarès that all is invented from, every other maker kept waiting until the caller's transaction ends."""
    if not (settings.DEMO or outside_demo):
        raise Refused(french("Les candidatures inventées n’existent que dans la démonstration."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    real = stored.real_edition()
    if real is None:
        raise Refused(
            french("Chargez d’abord un palmarès : les candidatures sont inventées pour ses lauréats.")
        )
    return real


def judged_year(real: Edition) -> int:
    """The year of the edition that the demonstration's jury reads."""
    return real.year + CLOSED


def judged_edition(real: Edition) -> Edition:
    """That edition, once it was made."""
    return Edition.objects.get(year=judged_year(real))


def seed_closed(real: Edition, filed: int) -> int:
    """The edition at the jury: `filed` dossiers that have one of the year before, and those never filed among them."""
    now = timezone.now()
    last = _edition(real, CLOSED, now - 200 * DAY, now - 20 * DAY)
    if last.published_at is not None or (last.closes_at is not None and last.closes_at > now):
        return 0
    before = Edition.objects.filter(year=last.year - 1, opens_at=None).first()
    made = 0
    for rank, (town, agent) in enumerate(_agents(_codes(real))):
        if stored.filed_again(last, before).count() >= filed:
            break
        arrived_at = now - 20 * DAY - timedelta(hours=3 + 5 * rank % 900)
        made += _past(last, town, agent, None if rank % 9 == LEFT_OPEN else arrived_at)
        if before is not None:
            _year_before(last, town, before)
    return made


def seed_reopened(real: Edition, taking_part: int) -> int:
    """The same edition before it closes, its candidacies in every state: for who starts it over from there."""
    now = timezone.now()
    return _take_part(_edition(real, CLOSED, now - 30 * DAY, now + 40 * DAY), taking_part, real)


def _take_part(edition: Edition, number: int, real: Edition) -> int:
    people = enumerate(_agents(_codes(real)[:number]))
    return sum(
        _present(edition, town, agent, OPEN_STATES[rank % len(OPEN_STATES)]) for rank, (town, agent) in people
    )


def _codes(real: Edition) -> list[str]:
    return sorted(one.code for one in stored.laureates(real))


@transaction.atomic
def _edition(real: Edition, later: int, opens_at: datetime, closes_at: datetime) -> Edition:
    year = real.year + later
    dates = {
        "opens_at": opens_at.replace(minute=0, second=0, microsecond=0),
        "closes_at": closes_at.replace(minute=0, second=0, microsecond=0),
        "jury_on": (closes_at + 30 * DAY).date(),
        "ceremony_on": (closes_at + 60 * DAY).date(),
    }
    facts = {"is_demo": True, "referential_year": real.referential_year or real.year}
    edition, created = Edition.objects.get_or_create(
        year=year, defaults={"coverage": Coverage.COMPLETE, **facts, **dates}
    )
    if created:
        Rulebook.objects.create(edition=edition)
        import_edition_kit(KIT, year=year)
        for name in THEMES:
            MentionTheme.objects.create(edition=edition, name=name, slug=slug(name))
    elif edition.is_demo and edition.published_at is None and _is_stale(edition, dates):
        # What was filed keeps the dates that it was filed under: its snapshot stands.
        Edition.objects.filter(pk=edition.pk).update(**dates)
        edition.refresh_from_db()
    return edition


def _is_stale(edition: Edition, dates: Mapping[str, Any]) -> bool:
    """Whether time has taken it out of its part: the open one has closed, the jury of the closed one is long past.

    One that is open where a closed one is asked was started over from there: it closes on its day.
    """
    now, closes_at = timezone.now(), edition.closes_at
    has_closed = closes_at is None or closes_at <= now
    is_past = edition.ceremony_on is not None and edition.ceremony_on < now.date()
    return is_past or (has_closed and dates["closes_at"] > now)


def _year_before(last: Edition, town: Collectivity, before: Edition) -> None:
    filed = last.candidacies.filter(collectivity=town).select_related("filed", "collectivity").first()
    if filed is not None:
        add_past(filed, before)


def _agents(codes: Sequence[str]) -> Iterator[tuple[Collectivity, User]]:
    """Each collectivité with its invented agent, who may file."""
    towns = Collectivity.objects.select_related("departement", "region", "epci").in_bulk(
        codes, field_name="code"
    )
    users = User.objects.filter(email__in=[stored.agent_email(code) for code in codes]).in_bulk(
        field_name="email"
    )
    for code in codes:
        if agent := users.get(stored.agent_email(code)):
            yield towns[code], agent


@transaction.atomic
def _past(edition: Edition, town: Collectivity, agent: User, arrived_at: datetime | None) -> bool:
    """A candidacy of the closed edition: filed in time, or never (None)."""
    candidacy = _begun(edition, town, agent)
    if candidacy is None:
        return False
    _subscribe(town, edition.year)
    _fill(candidacy, agent)
    if arrived_at is not None:
        _file(candidacy, agent, arrived_at)
    return True


@transaction.atomic
def _present(edition: Edition, town: Collectivity, agent: User, state: str) -> bool:
    candidacy = _begun(edition, town, agent)
    if candidacy is None:
        return False
    if state != "unsubscribed":
        _subscribe(town, edition.year)
    if state == "started":
        return True
    _fill(candidacy, agent)
    match state:
        case "contested":
            facts = {"wanted_category": "ville", "category_reason": "Notre population double l’été."}
            candidacy.refresh_from_db()
            if candidacy.category != "ville":
                verbs.save(candidacy, by=agent, version=candidacy.version, facts=facts)
        case "unsubscribed":
            derogation.ask(edition, town, "Le mandat administratif part le mois prochain.", agent)
        case "filed" | "correcting" | "withdrawn" if _file(candidacy, agent, timezone.now()):
            _after(candidacy, agent, state)
    return True


def _after(candidacy: Candidacy, agent: User, state: str) -> None:
    if state == "correcting":
        filing.correct(candidacy, by=agent, arrived_at=timezone.now())
    if state == "withdrawn":
        filing.withdraw(candidacy, by=agent, arrived_at=timezone.now())


def _begun(edition: Edition, town: Collectivity, agent: User) -> Candidacy | None:
    """A new candidacy, under the same identifier each time that its edition starts over; None when one stands already."""
    if Candidacy.objects.filter(edition=edition, collectivity=town).exists():
        return None
    return verbs.start(edition, town, by=agent, key=uuid5(NAMESPACE_URL, f"demo/{edition.year}/{town.code}"))


def _subscribe(town: Collectivity, year: int) -> None:
    Subscription.objects.get_or_create(
        collectivity=town,
        year=year,
        defaults={"status": SubscriptionStatus.ACTIVE, "comment": SUBSCRIBED},
    )


def _fill(candidacy: Candidacy, agent: User) -> None:
    """Answers to everything that is asked, all invented."""
    questions = questions_of(candidacy.edition, candidacy.category)
    told = {
        one.code: answer_to(one.code, AnswerKind(one.kind), one.options)
        for one in questions
        if one.section.part == QuestionnairePart.DOSSIER
    }
    facts = people_of(candidacy.collectivity.code) | {"answers": told}
    verbs.save(candidacy, by=agent, version=candidacy.version, facts=facts)


def _file(candidacy: Candidacy, agent: User, at: datetime) -> bool:
    """File what is complete; a collectivité without a fiche that counts stays a draft."""
    if not checklist_of(candidacy.__class__.objects.get(pk=candidacy.pk)).is_complete:
        return False
    filing.file(candidacy, by=agent, arrived_at=at)
    return True
