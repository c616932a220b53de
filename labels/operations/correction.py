"""Correct a line of a sealed palmarès: what it was, what it becomes and why are kept for good, and published with it."""

import pghistory
from django.db import transaction

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from labels.models import Award, AwardCorrection, Edition, Mention, MentionTheme, Seal
from labels.operations.award import request_statistics
from labels.queries.seal import changeable
from labels.rules.correction import Told, check_correction

CHANGED = "Cette récompense a été corrigée depuis que vous l’avez lue : comparez, puis recommencez."
REASON = "correction du palmarès scellé : {reason}"


@transaction.atomic
def correct(award: Award, told: Told, *, version: int, reason: str, by: User) -> AwardCorrection:
    """Write the correction, then the award as it says: a trigger lets nothing else in. `version` is the one that was read."""
    require_organiser(by)
    edition = Edition.objects.select_for_update(no_key=True).get(pk=award.edition_id)
    if not Seal.objects.filter(edition=edition).exists():
        raise Refused("Ce palmarès n’est pas scellé : ses récompenses ne se corrigent pas ici.")
    stored = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if stored.version != version:
        raise Conflict(french(CHANGED), current=stored, proposed=told)
    themes = {one.slug: one for one in MentionTheme.objects.filter(edition=edition)}
    before, words = changeable(stored), french(reason)
    check_correction(told, before=before, themes=themes, reason=words)
    made = AwardCorrection.objects.create(
        edition=edition, award=stored, before=before, after=told.facts(), reason=words, by=by
    )
    with pghistory.context(reason=REASON.format(reason=words), user=by.pk):
        _write(stored, told, themes)
    request_statistics({edition})
    return made


def _write(award: Award, told: Told, themes: dict[str, MentionTheme]) -> None:
    award.level, award.is_ten = told.level, told.is_ten
    award.version += 1
    award.save(update_fields=["level", "is_ten", "version"])
    had = {one.theme.slug for one in award.mentions.select_related("theme")}
    award.mentions.filter(theme__slug__in=had - set(told.mentions)).delete()
    Mention.objects.bulk_create(
        Mention(award=award, theme=themes[slug]) for slug in sorted(set(told.mentions) - had)
    )
