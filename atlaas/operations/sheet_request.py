"""A contributeur has finished a fiche and asks those who may publish it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atlaas.choices import NoticeKind, Role
from atlaas.models import Sheet, User
from atlaas.operations.notice import tell
from atlaas.operations.sheet import Incomplete
from atlaas.permissions import require
from atlaas.queries.sheet import content_of
from atlaas.queries.sheet_desk import publishers_of
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import next_state, problems
from atlaas.rules.text import french


@transaction.atomic
def ask_publication(sheet: Sheet, *, by: User) -> list[User]:
    """Tell the people who may publish that the fiche is ready, once a version; `Incomplete` when it is not."""
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    next_state(sheet.state, "publish")
    if found := problems(content_of(sheet), today=timezone.localdate()):
        raise Incomplete(found)
    people = publishers_of(sheet.collectivity)
    if not people:
        raise Refused(
            "Personne ne peut encore publier pour cette collectivité : votre brouillon est gardé, demandez un responsable."
        )
    tell(
        people,
        NoticeKind.ACTION,
        key=f"sheet-request:{sheet.pk}:{sheet.version}",
        title=french(f"Fiche à publier : {sheet}"),
        body=f"{by} a terminé cette fiche et vous demande de la relire et de la publier.",
        url=reverse("sheet-edit", args=[sheet.collectivity.code, sheet.pk]),
        collectivity=sheet.collectivity,
    )
    return people
