"""A candidacy as its people write it: what is asked, what is missing, the fiches that count, who did what."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from labels.choices import QuestionnairePart, SheetChoice
from labels.models import Candidacy, CandidacyStep, Edition, Question
from labels.queries.counting import counting
from labels.queries.eligibility import standing_of
from labels.rules.checklist import NEEDED, Asked, Checklist, checklist
from labels.rules.clock_words import day_words
from labels.rules.eligibility import reasons
from labels.rules.mosaic import Mosaic, from_json
from labels.rules.receipt import FiledSheet, filed_sheets

LATEST_STEPS = 20


@dataclass(frozen=True, slots=True)
class CountedSheet:
    """A fiche that counts, and what was said of it by hand ("" : nothing, it is in the dossier)."""

    id: str
    title: str
    services: int
    choice: str
    stored: str = ""  # in words, what a colleague said meanwhile, when it is something else

    @property
    def words(self) -> str:
        return SheetChoice(self.choice).label if self.choice else "au dossier"

    @property
    def is_out(self) -> bool:
        return self.choice == SheetChoice.OUT

    @property
    def is_flagship(self) -> bool:
        return self.choice == SheetChoice.FLAGSHIP


@dataclass(frozen=True, slots=True)
class Filed:
    """The picture as it was filed with the very fiches that it counts, and the day on which they counted."""

    mosaic: Mosaic
    day: date
    sheets: Sequence[FiledSheet]

    @property
    def counted(self) -> str:
        """When its fiches were counted."""
        return f"le {day_words(self.day)}, au dépôt"


def questions_of(edition: Edition, category: str) -> list[Question]:
    """Both parts of the questionnaire, each question with its section, in their order; one query."""
    rows = Question.objects.filter(section__edition=edition, section__category=category)
    return list(rows.select_related("section").order_by("section__part", "section__position", "position"))


def checklist_of(
    candidacy: Candidacy, questions: Sequence[Question] | None = None, *, day: date | None = None
) -> Checklist:
    """What the dossier needs, as it stands on `day` (today in Paris); two queries, one when the questions are given."""
    if questions is None:
        questions = questions_of(candidacy.edition, candidacy.category)
    asked = [
        Asked(one.code, one.text, one.kind, one.is_required)
        for one in questions
        if one.section.part == QuestionnairePart.DOSSIER
    ]
    barriers = reasons(standing_of(candidacy.edition, candidacy.collectivity, day=day))
    people = {name: getattr(candidacy, name) for name in NEEDED}
    return checklist(people, candidacy.answers, asked, barriers)


def counted_sheets(candidacy: Candidacy) -> list[CountedSheet]:
    """Every fiche that counts today, put forward ones first in their order, then by title; two queries."""
    said = {one.sheet_id: one for one in candidacy.choices.all()}
    rows = counting(candidacy.edition, timezone.localdate()).filter(collectivity=candidacy.collectivity)
    found = [
        (said.get(pk), CountedSheet(str(pk), title, len(services), said[pk].choice if pk in said else ""))
        for pk, title, services in rows.values_list("pk", "title", "service_ids")
    ]
    found.sort(
        key=lambda row: (not row[1].is_flagship, row[0].position if row[0] else 0, row[1].title, row[1].id)
    )
    return [one for _, one in found]


def filed_dossier(candidacy: Candidacy) -> Filed | None:
    """What the jury reads, from the snapshot alone; None while nothing is filed; at most one query."""
    if candidacy.filed is None:
        return None
    facts = json.loads(candidacy.filed.document)
    day = date.fromisoformat(facts["counted_on"])
    return Filed(from_json(facts["mosaic"]), day, filed_sheets(facts))


def latest_steps(candidacy: Candidacy) -> list[CandidacyStep]:
    """Who did what, the newest first."""
    rows = candidacy.steps.select_related("by", "mandate__operator").order_by("-at", "-pk")
    return list(rows[:LATEST_STEPS])
