"""A new edition from the previous one, and its dates; what opened stands, what is published is read-only."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Conflict, Refused
from labels.choices import Coverage
from labels.models import Criterion, Edition, EditionMailText, MentionTheme, Question, Rulebook, Section
from labels.operations.edition_parts import CHANGED
from labels.queries.clock import now, why_date
from labels.queries.mark import mark_of
from labels.rules.clock import PARIS, is_doubtful

DATES = ("opens_at", "closes_at", "closing_clock", "jury_on", "ceremony_on")
SETTINGS = (*DATES, "referential_year")


@transaction.atomic
def make_edition(
    year: int, *, previous: Edition, by: User, dates: dict[str, Any], is_demo: bool = False
) -> Edition:
    """The edition of `year` with the rulebook, grid, questionnaire, themes and mails of `previous`; all are its own from then on."""
    require_organiser(by)
    Edition.objects.select_for_update(no_key=True).get(pk=previous.pk)  # two clicks make one
    if Edition.objects.filter(year=year).exists():
        raise Refused(f"L’édition {year} existe déjà.")
    if year <= previous.year:
        raise Refused(
            f"Une édition se prépare à partir d’une plus ancienne : {year} ne suit pas {previous.year}."
        )
    _check(dates)
    _require_to_come(dates["opens_at"], now())
    edition = Edition.objects.create(
        year=year,
        coverage=Coverage.COMPLETE,
        made_from=previous,
        referential_year=previous.referential_year or previous.year,
        is_demo=is_demo,
        **{name: dates.get(name) for name in DATES if dates.get(name) is not None},
    )
    Rulebook.objects.create(edition=edition, **_facts(previous.rulebook, "edition"))
    Criterion.objects.bulk_create(
        Criterion(edition=edition, **_facts(one, "edition")) for one in previous.criteria.all()
    )
    EditionMailText.objects.bulk_create(
        EditionMailText(edition=edition, **_facts(one, "edition")) for one in previous.mails.all()
    )
    MentionTheme.objects.bulk_create(
        MentionTheme(edition=edition, **_facts(one, "edition")) for one in previous.themes.all()
    )
    for section in Section.objects.filter(edition=previous).prefetch_related("questions"):
        copy = Section.objects.create(edition=edition, **_facts(section, "edition"))
        Question.objects.bulk_create(
            Question(section=copy, **_facts(one, "section")) for one in section.questions.all()
        )
    return edition


@transaction.atomic
def set_dates(edition: Edition, *, by: User, dates: dict[str, Any], read: str) -> Edition:
    """Change the dates and the référentiel, each until its own limit; `read` is the mark of those that the page showed.

    A screen tells an instant to the minute: the one it was given back with is the one that stands.
    """
    require_organiser(by)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    told = dates | {name: _same(dates[name], getattr(locked, name)) for name in ("opens_at", "closes_at")}
    changed = {name: told[name] for name in SETTINGS if name in told and told[name] != getattr(locked, name)}
    if not changed:
        return locked
    at = now()
    for name in changed:
        if why := why_date(locked, name, at):
            raise Refused(why)
    if mark_of(locked, SETTINGS) != read:
        raise Conflict(CHANGED, current=locked, proposed=told)
    if "opens_at" in changed:
        _require_to_come(told["opens_at"], at)
    if "closes_at" in changed and told["closes_at"] <= at:
        raise Refused(
            "Une clôture est dans l’avenir : ce qui se dépose aujourd’hui ne peut pas être déjà trop tard."
        )
    _check(told)
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    return locked


def _require_to_come(opens_at: datetime, at: datetime) -> None:
    if opens_at <= at:
        raise Refused("L’ouverture est dans l’avenir : dès qu’elle arrive, le règlement ne change plus.")


def _same(told: datetime, stored: datetime | None) -> datetime:
    """The stored instant when it is the one that was told, to the minute."""
    return stored if stored is not None and _minute(stored) == _minute(told) else told


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _check(dates: dict[str, Any]) -> None:
    opens, closes = dates.get("opens_at"), dates.get("closes_at")
    if not isinstance(opens, datetime) or not isinstance(closes, datetime) or closes <= opens:
        raise Refused("La clôture suit l’ouverture : donnez les deux, dans cet ordre.")
    if any(is_doubtful(one.astimezone(PARIS)) for one in (opens, closes)):
        raise Refused("Cette nuit-là l’heure change : choisissez une heure qui n’existe qu’une fois.")
    days: list[date] = [one for one in (dates.get("jury_on"), dates.get("ceremony_on")) if one]
    if days != sorted(days) or any(day < closes.astimezone(PARIS).date() for day in days):
        raise Refused("Le jury suit la clôture, et la cérémonie suit le jury.")


def _facts(row: Model, parent: str) -> dict[str, Any]:
    """Every column of a row but its key and what it belongs to."""
    fields = row._meta.concrete_fields  # noqa: SLF001 (documented by Django)
    return {
        one.attname: getattr(row, one.attname) for one in fields if not one.primary_key and one.name != parent
    }
