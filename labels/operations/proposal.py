"""The awards that a jury proposes to the palmarès of its edition: written at once, secret until it is published."""

from collections.abc import Sequence
from dataclasses import dataclass

import pghistory
from django.db import transaction

from atlaas.models import User
from atlaas.rules.refusal import Refused
from labels.models import Award, Edition, Mention
from labels.operations.award import request_statistics
from labels.operations.seal import require_unsealed

REASON = "séance du jury, journal {evidence}"


@dataclass(frozen=True, slots=True)
class Line:
    """What one collectivité wins; `collectivity` and `themes` are keys."""

    collectivity: int
    code: str
    category: str
    level: int
    is_ten: bool
    themes: tuple[int, ...] = ()


@transaction.atomic
def propose_awards(edition: Edition, lines: Sequence[Line], *, evidence: str, by: User) -> None:
    """Make the awards of an edition those of its jury; `evidence` is the digest of the line of its journal that says so.

    Proposed again (a correction), what stands already is not written anew. `Refused` once the palmarès is sealed, or public.
    """
    held = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if held.published_at is not None:
        raise Refused("Le palmarès est public : une décision du jury ne le change plus.")
    require_unsealed(held)
    before = {one.collectivity_id: one for one in held.awards.prefetch_related("mentions")}
    with pghistory.context(reason=REASON.format(evidence=evidence), user=by.pk):
        for line in lines:
            _write(held, line, before.pop(line.collectivity, None))
        for left in before.values():
            left.delete()
    request_statistics({held})


def _write(edition: Edition, line: Line, stored: Award | None) -> None:
    award = stored or Award(edition=edition, collectivity_id=line.collectivity)
    told = (line.category, line.level, line.is_ten, True)
    if stored is None or told != (award.category, award.level, award.is_ten, award.level_is_certain):
        award.category, award.level, award.is_ten, award.level_is_certain = told
        award.version += 1 if stored else 0
        award.save()
    had = {one.theme_id: one for one in award.mentions.all()}
    for theme in had.keys() - set(line.themes):
        had[theme].delete()
    Mention.objects.bulk_create(
        Mention(award=award, theme_id=theme) for theme in line.themes if theme not in had
    )
