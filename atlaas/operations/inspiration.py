"""« Je m’en inspire »: a draft that credits its source, and a word to those who wrote it."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from atlaas.choices import NoticeKind
from atlaas.models import Collectivity, PublicSheet, Service, Sheet, User
from atlaas.operations.notice import tell
from atlaas.operations.sheet import save, start

FRAME = "## Le besoin\n\n## Ce que nous avons fait\n\n## Ce que cela a changé\n"


@transaction.atomic
def inspire(source: PublicSheet, *, into: Collectivity, by: User, draft_key: UUID) -> Sheet:
    """Start a draft with the services of the source and an empty frame; none of its words is copied.

    The same key gives the same draft, and the source is told once.
    """
    draft = start(into, by=by, draft_key=draft_key, inspired_by=source.sheet)
    if draft.version > 1 or draft.inspired_by_id != source.sheet_id:
        return draft
    codes = list(Service.objects.filter(pk__in=source.service_ids).values_list("code", flat=True))
    draft = save(draft, by=by, version=draft.version, facts={"text": FRAME}, services=codes)
    if source.collectivity_id != into.pk:
        _tell_source(source, into, draft)
    return draft


def _tell_source(source: PublicSheet, into: Collectivity, draft: Sheet) -> None:
    tell(
        User.objects.filter(affiliations__collectivity=source.collectivity_id),
        NoticeKind.INSPIRED,
        key=f"inspired:{draft.pk}",
        title=f"{into.name} s’inspire de votre fiche"[:200],
        body=f"{into.name} commence une fiche inspirée de « {source.title} ». Elle dira d’où vient l’idée.",
        url=reverse("sheet-diffusion", args=[source.pk]),
        collectivity=source.collectivity,
    )
