"""The demonstration's jury: fifteen invented people who declared their ties, read, scored, and are ready to sit."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.models import User
from atlaas.operations.account import ensure_demo_accounts
from atlaas.queries.demo import demo_account
from atlaas.rules.refusal import Refused
from jury.choices import Tie
from jury.models import Juror
from jury.operations import assignment, recusal
from jury.operations import juror as seats
from jury.operations.demo_reading import add_readings
from jury.operations.hold import hold_sitting
from jury.queries.door import candidates
from jury.rules.demo import BIOGRAPHY, PEOPLE, TIE, TIES, Person
from labels.models import Edition
from labels.operations import demo_campaign

READERS = 3
Seat = tuple[Juror, User]


def build(key: str) -> int:
    """Handler of the job that makes the campaign (`labels.operations.demo_campaign.build`), with its jury."""
    made = demo_campaign.build(key)
    seat_missing_jury()
    return made


@transaction.atomic
def seat_missing_jury(*, outside_demo: bool = False) -> Edition:
    """The edition at the jury, with one that sits."""
    edition = demo_campaign.judged_edition(demo_campaign.ground(outside_demo=outside_demo))
    seat_jury(edition)
    return edition


@transaction.atomic
def seat_jury(edition: Edition, *, readers: int = READERS) -> bool:
    """A whole jury that has read; False when one sits already, or when there is nothing to read yet."""
    if not edition.is_demo:
        raise Refused(f"L’édition {edition.year} n’est pas une démonstration : son jury ne s’invente pas.")
    hold_sitting(edition)
    if Juror.objects.filter(edition=edition).exists() or not candidates(edition).exists():
        return False
    team = organiser()
    jury = [_seat(edition, person, team) for person in PEOPLE]
    _declare(edition, jury)
    assignment.apply(assignment.preview(edition, readers=readers, seed=edition.year, by=team), by=team)
    add_readings(edition)
    return True


def organiser() -> User:
    """The invented one, made if it is missing; outside of the demonstration, who leads the edition."""
    if settings.DEMO:
        ensure_demo_accounts()
    team = demo_account("organisateur") or User.objects.filter(is_organiser=True, is_active=True).first()
    if team is None:
        raise Refused("Il faut un compte de l’association pour constituer un jury.")
    return team


def _seat(edition: Edition, person: Person, team: User) -> Seat:
    """A member, and the invented account that has taken the seat; no mail leaves."""
    facts = seats.Facts(person.name, person.function, BIOGRAPHY, is_president=person.is_president)
    seat = seats.add(edition, facts, person.email, by=team)
    account = User.objects.filter(email=person.email, is_demo=True).first() or User.objects.create_user(
        person.email, None, name=person.name, is_demo=True
    )
    Juror.objects.filter(pk=seat.pk).update(user=account, invited_at=Now(), joined_at=Now())
    return seat, account


def _declare(edition: Edition, jury: Sequence[Seat]) -> None:
    """Each says to whom they are tied, or that they are to nobody."""
    read = candidates(edition).select_related("collectivity").order_by("collectivity__code")
    places = [one.collectivity for one in read]
    this_year = timezone.localdate().year
    tied = set()
    for place, hundredth, tie in TIES:
        (juror, account), where = jury[place], places[hundredth * len(places) // 100]
        recusal.declare(juror, where, Tie(tie), by=account, since=this_year - 4, comment=TIE)
        tied.add(account)
    for juror, account in jury:
        recusal.finish(juror, by=account, says_none=account not in tied)
