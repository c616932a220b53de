"""Mandates of a collectivité, and what was done by them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from atlaas.choices import RevisionKind
from atlaas.models import Collectivity, Mandate, Sheet, SheetStep, User

NAMES = dict(RevisionKind.choices) | {"start": "brouillon commencé", "archive": "archivée"}


@dataclass(frozen=True)
class Deed:
    """Something done to a fiche in the name of its collectivité."""

    sheet: Sheet
    name: str
    by: User | None
    mandate: Mandate | None
    at: dt.datetime


def mandates_of(collectivity: Collectivity) -> QuerySet[Mandate]:
    """Every mandate it gave, the newest first."""
    return collectivity.mandates.select_related("operator", "holder", "granted_by")


def deeds_by_mandate(collectivity: Collectivity, most: int = 20) -> list[Deed]:
    """The last things that others did in its name."""
    rows = SheetStep.objects.filter(mandate__collectivity=collectivity).order_by("-at", "-pk")
    steps = rows.select_related("sheet", "by", "mandate__operator", "mandate__holder")[:most]
    return [Deed(one.sheet, NAMES.get(one.step, one.step), one.by, one.mandate, one.at) for one in steps]
