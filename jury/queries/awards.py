"""What a closed sitting proposes to the palmarès."""

from jury.choices import ItemState
from jury.models import Item, Sitting
from jury.rules.item import JUDGED
from labels.operations.proposal import Line


def proposed_awards(sitting: Sitting) -> list[Line]:
    """One line a dossier that was decided and is still there, in the order of names; two queries."""
    rows = Item.objects.filter(sitting=sitting, state=ItemState.ENDED, candidacy__state__in=JUDGED)
    found = rows.select_related("candidacy__collectivity").prefetch_related("mentions")
    return [_line(one) for one in found.order_by("candidacy__collectivity__sort_key", "pk")]


def _line(item: Item) -> Line:
    place = item.candidacy.collectivity
    return Line(
        collectivity=place.pk,
        code=place.code,
        category=item.candidacy.category,
        level=item.level or 0,
        is_ten=item.is_ten,
        themes=tuple(sorted(one.pk for one in item.mentions.all())),
    )
