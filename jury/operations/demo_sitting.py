"""The demonstration's sitting, held by the very verbs of a real one: every dossier decided, closed, the minutes signed."""

from django.db import transaction

from atlaas.models import User
from atlaas.rules.refusal import Refused
from jury.models import Item, Juror, Sitting
from jury.operations.item import call, decide, end
from jury.operations.minutes import sign
from jury.operations.sitting import close_sitting, open_sitting, set_deputy
from jury.queries.evidence import evidence_of
from jury.queries.minutes import may_sign, read_minutes
from jury.queries.room import items, may_preside, president_of, voters_on
from jury.rules.demo_sitting import invented
from labels.models import Edition


@transaction.atomic
def hold(edition: Edition) -> Sitting:
    """From an edition ready to sit to signed minutes; refused for any edition that is not invented."""
    president = president_of(edition)
    if not edition.is_demo or president is None:
        raise Refused(f"L’édition {edition.year} n’est pas une démonstration prête à siéger.")
    seats = Juror.objects.seated().filter(edition=edition, declared_at__isnull=False)
    deputy = _deputy(edition, president)
    set_deputy(deputy, by=_account(president))
    sitting = open_sitting(edition, [one.pk for one in seats], by=_account(president))
    for rank, item in enumerate(items(sitting)):
        _judge(item, rank, president if may_preside(president, item.candidacy, sitting) else deputy)
    closed = close_sitting(edition, by=_account(president))
    for signer in (one for one in (deputy, president) if may_sign(closed, one)):
        sign(edition, read=read_minutes(closed, _account(signer)).sha256, by=_account(signer))
    return closed


def _judge(item: Item, rank: int, chair: Juror) -> None:
    sitting = item.sitting
    called = call(item, by=_account(chair))
    evidence = evidence_of(called, sitting)
    voters = len(voters_on(called, sitting).voting)
    decision = invented(
        rank,
        proposed=evidence.proposal.level,
        ten=evidence.ten,
        mentions=evidence.mention_sheets,
        voters=voters,
    )
    decide(called, decision, version=called.version, by=_account(chair))
    end(called, by=_account(chair))


def _deputy(edition: Edition, president: Juror) -> Juror:
    """The first member who is tied to nothing that the president is."""
    members = (
        Juror.objects.seated().filter(edition=edition, declared_at__isnull=False).exclude(pk=president.pk)
    )
    kept = [
        one
        for one in members.select_related("member", "edition")
        if not one.recusals.filter(dismissed_at=None)
    ]
    if not kept:
        raise Refused("Aucun membre du jury inventé ne peut suppléer qui préside.")
    found: Juror = kept[0]
    return found


def _account(seat: Juror) -> User:
    if seat.user is None:
        raise Refused(f"{seat} n’a pas de compte.")
    return seat.user
