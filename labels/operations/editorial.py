"""The signed texts of a press kit: typed by organisers, each over what they read."""

from django.db import transaction
from django.db.models import Max, QuerySet

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Conflict, Refused
from labels.models import Edition, EditorialBlock
from labels.operations import press_kit
from labels.operations.edition_parts import ASIDE, CHANGED
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.rules.freeze import why_frozen

GONE = "Quelqu’un a retiré ce texte entre-temps : ajoutez-le de nouveau s’il doit rester."


@transaction.atomic
def save_block(edition: Edition, block: EditorialBlock, by: User, *, read: str = "") -> EditorialBlock:
    """Write a text over the one that was read (`read` is its mark); a new one comes last of its kind."""
    _opened_for(edition, by)
    if block.pk is None:
        block.position = _last(edition, block.kind) + 1
    else:
        stored = _held(edition, block)
        if mark_of(stored) != read:
            raise Conflict(CHANGED, current=stored, proposed=block)
        moved = stored.kind != block.kind
        block.position = _last(edition, block.kind) + 1 if moved else stored.position
    block.save()
    press_kit.request(edition)
    return block


@transaction.atomic
def drop_block(edition: Edition, block: EditorialBlock, by: User) -> None:
    """Take a text out of the press kit; twice is once."""
    _opened_for(edition, by)
    EditorialBlock.objects.filter(edition=edition, pk=block.pk).delete()
    press_kit.request(edition)


@transaction.atomic
def raise_block(edition: Edition, block: EditorialBlock, by: User) -> None:
    """Move a text one place up among those of its kind; the first stays where it is."""
    _swap(edition, block, by, up=True)


@transaction.atomic
def lower_block(edition: Edition, block: EditorialBlock, by: User) -> None:
    """Move a text one place down among those of its kind; the last stays where it is."""
    _swap(edition, block, by, up=False)


def _swap(edition: Edition, block: EditorialBlock, by: User, *, up: bool) -> None:
    _opened_for(edition, by)
    stored = _held(edition, block)
    among = _of_kind(edition, stored.kind)
    if up:
        other = among.filter(position__lt=stored.position).order_by("-position").first()
    else:
        other = among.filter(position__gt=stored.position).order_by("position").first()
    if other is None:
        return
    for pk, position in ((stored.pk, ASIDE), (other.pk, stored.position), (stored.pk, other.position)):
        EditorialBlock.objects.filter(pk=pk).update(position=position)
    press_kit.request(edition)


def _opened_for(edition: Edition, by: User) -> None:
    """Hold the edition while its texts change: `Refused` once they stand."""
    require_organiser(by)
    locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    why = why_frozen("editorialblock", opens_at=locked.opens_at, published_at=locked.published_at, at=now())
    if why:
        raise Refused(why)


def _held(edition: Edition, block: EditorialBlock) -> EditorialBlock:
    stored = EditorialBlock.objects.filter(edition=edition, pk=block.pk).first()
    if stored is None:
        raise Refused(GONE)
    return stored


def _of_kind(edition: Edition, kind: str) -> QuerySet[EditorialBlock]:
    return EditorialBlock.objects.filter(edition=edition, kind=kind)


def _last(edition: Edition, kind: str) -> int:
    last: int | None = _of_kind(edition, kind).aggregate(last=Max("position"))["last"]
    return last or 0
