"""Everything that a snapshot holds of a candidacy, as it stands now: the jury reads this and nothing that lives on."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.forms import model_to_dict
from django.utils import timezone

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity, PublicSheet
from labels.choices import QuestionnairePart, SheetChoice
from labels.models import Candidacy, CandidacySheet, Derogation, Edition, Question, Subscription
from labels.queries.counting import counting
from labels.queries.mosaic import mosaic_of_dossier
from labels.rules.edition import number
from labels.rules.mosaic import as_json
from labels.rules.snapshot import FORMAT

Facts = dict[str, object]
PEOPLE = ("elected_name", "elected_function", "agent_name", "agent_function", "contact_email")


def dossier_of(candidacy: Candidacy, *, day: date | None = None) -> Facts:
    """The dossier on `day` (today in Paris), without who filed it nor its number; at most 14 queries whatever the fiches."""
    day = day or timezone.localdate()
    chosen = list(candidacy.choices.order_by("position", "pk"))
    edition, collectivity = candidacy.edition, candidacy.collectivity
    sheets = list(dossier_sheets(candidacy, day, chosen))
    questions = _questions(candidacy, QuestionnairePart.DOSSIER)
    asked, filed = {one["code"] for one in questions}, {str(one.pk) for one in sheets}
    return {
        "format": FORMAT,
        "edition": _edition(edition),
        "collectivity": _collectivity(collectivity),
        "category": _category(candidacy),
        "people": {name: getattr(candidacy, name) for name in PEOPLE},
        "mayor_word": candidacy.mayor_word,
        "answers": {code: told for code, told in candidacy.answers.items() if code in asked},
        "questions": questions,
        "feedback": candidacy.feedback,
        "counted_on": day,
        "sheets": [_sheet(one) for one in sheets],
        "flagships": [one for one in _ids(chosen, SheetChoice.FLAGSHIP) if one in filed],
        "taken_out": sorted(_ids(chosen, SheetChoice.OUT)),
        "mosaic": as_json(mosaic_of_dossier(edition, collectivity, sheets)),
        "subscription": _subscription(edition, collectivity),
        "derogations": _derogations(edition, collectivity),
        "rulebook": rulebook_of(edition),
    }


def dossier_sheets(
    candidacy: Candidacy, day: date, chosen: Sequence[CandidacySheet]
) -> QuerySet[PublicSheet]:
    """The fiches that count on `day` and were not taken out, each with its published revision."""
    counted = counting(candidacy.edition, day).filter(collectivity=candidacy.collectivity)
    kept = counted.exclude(pk__in=[one.sheet_id for one in chosen if one.choice == SheetChoice.OUT])
    return kept.select_related("revision").only("revision").order_by("pk")


def rulebook_of(edition: Edition) -> Facts:
    """Every limit in force, by the name of its column; the grace, which nobody is told, is in no document."""
    return model_to_dict(edition.rulebook, exclude=("id", "edition", "grace_seconds"))


def _ids(chosen: Sequence[CandidacySheet], choice: SheetChoice) -> list[str]:
    return [str(one.sheet_id) for one in chosen if one.choice == choice]


def _sheet(public: PublicSheet) -> Facts:
    revision = public.revision
    return {
        "id": revision.sheet_id,
        "revision": revision.number,
        "at": revision.at,
        "digest": revision.digest,
        "content": revision.content,
    }


def _edition(edition: Edition) -> Facts:
    return {
        "year": edition.year,
        "number": number(edition.year),
        "is_demo": edition.is_demo,
        "opens_at": edition.opens_at,
        "closes_at": edition.closes_at,
        "closing_clock": edition.closing_clock,
        "referential_year": edition.referential_year or edition.year,
    }


def _collectivity(one: Collectivity) -> Facts:
    """As the official geography has it today: where it belongs, and who belongs to it."""
    members = one.members.current().order_by("code").values_list("code", "name", "population")
    return {
        "code": one.code,
        "kind": one.kind,
        "nature": one.nature,
        "name": one.name,
        "departement": one.departement and {"code": one.departement.pk, "name": one.departement.name},
        "region": {"code": one.region.pk, "name": one.region.name},
        "population": one.population,
        "epci": one.epci and {"code": one.epci.code, "name": one.epci.name},
        "member_count": one.member_count,
        "members": []
        if one.kind == CollectivityKind.COMMUNE
        else [{"code": code, "name": name, "population": population} for code, name, population in members],
    }


def _category(candidacy: Candidacy) -> Facts:
    return {
        "category": candidacy.category,
        "wanted": candidacy.wanted_category,
        "reason": candidacy.category_reason,
        "answer": candidacy.category_answer,
    }


def _questions(candidacy: Candidacy, part: QuestionnairePart) -> list[Mapping[str, object]]:
    """The words of the questionnaire, so that an answer can be read without it."""
    asked = Question.objects.filter(
        section__edition=candidacy.edition, section__category=candidacy.category, section__part=part
    )
    names = ("section__title", "code", "text", "kind", "options")
    rows = asked.order_by("section__position", "position").values_list(*names)
    return [
        {"section": section, "code": code, "text": text, "kind": kind, "options": options}
        for section, code, text, kind, options in rows
    ]


def _subscription(edition: Edition, collectivity: Collectivity) -> str | None:
    rows = Subscription.objects.filter(collectivity=collectivity, year=edition.year)
    return rows.values_list("status", flat=True).first()


def _derogations(edition: Edition, collectivity: Collectivity) -> list[Facts]:
    rows = Derogation.objects.filter(edition=edition, collectivity=collectivity).order_by("asked_at")
    return [
        {"reason": one.reason, "state": one.state, "answer": one.answer, "answered_at": one.answered_at}
        for one in rows
    ]
