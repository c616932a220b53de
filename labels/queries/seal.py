"""What is sealed of an edition, as plain facts; the digest that the public may read of it; whether the awards still say so."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from atlaas.models import Collectivity, Service
from labels.models import Award, AwardCorrection, Criterion, Edition, MentionTheme, Rulebook, Seal
from labels.queries.figures import Dossiers, Filed
from labels.queries.figures import inputs_of as counted_from
from labels.queries.ten import ten_history
from labels.rules.bundle import difference
from labels.rules.correction import worded
from labels.rules.statistics import Holder, Laureate
from labels.rules.statistics import Inputs as Counted

ASIDE = {"id", "edition"}  # of a rulebook: keys of this database say nothing elsewhere


def seal_of(edition: Edition) -> Seal | None:
    """Without its documents (one query)."""
    found: Seal | None = Seal.objects.told().filter(edition=edition).first()
    return found


def commitment(year: int) -> Seal | None:
    """The seal of an edition that is not public yet: all that anyone may read of it is its digest (one query)."""
    rows = Seal.objects.told().select_related("edition").filter(edition__year=year)
    found: Seal | None = rows.filter(edition__published_at=None).first()
    return found


def inputs_of(edition: Edition, read: Dossiers, *, jury: str) -> dict[str, Any]:
    """All that the rules of a palmarès read, as plain tables; `jury` is the digest of the annex. Some twenty queries.

    `read` are the dossiers that were read ahead; those it lacks are read here.
    """
    awards, filed = _awards(edition), Filed(edition)
    counted = counted_from(filed, read)
    return {
        "edition": {"year": edition.year, "ceremony_on": edition.ceremony_on, "is_demo": edition.is_demo},
        "rulebook": _rulebook(edition),
        "grid": _grid(edition),
        "referential": _referential(edition),
        "themes": dict(MentionTheme.objects.filter(edition=edition).values_list("slug", "name")),
        "awards": {one.collectivity.code: award_facts(one) for one in awards},
        "places": _places(awards, counted.laureates),
        "inhabitants": counted.inhabitants,
        "judged": {code: asdict(one) for code, one in counted.judged.items()},
        "before": _before(filed, counted),
        "holders": _holders(counted.holders),
        "heirs": counted.heirs,
        "history": _history(edition, [one.collectivity for one in awards]),
        "jury": {"sha256": jury},
    }


def _awards(edition: Edition) -> list[Award]:
    rows = Award.objects.filter(edition=edition).select_related("collectivity")
    return list(rows.prefetch_related("mentions__theme").order_by("collectivity__code"))


def award_facts(award: Award) -> dict[str, Any]:
    """What an award is made of, mentions by slug."""
    return {"category": award.category, **changeable(award)}


def changeable(award: Award) -> dict[str, Any]:
    """What a correction may change of it."""
    mentions = sorted(one.theme.slug for one in award.mentions.all())
    return {"level": award.level, "is_ten": award.is_ten, "mentions": mentions}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it is published: whose award, what changed in words, why, when."""

    code: str
    collectivity: Collectivity
    told: str
    reason: str
    at: datetime


def corrections_of(edition: Edition) -> list[Corrected]:
    """In the order in which they were made, as they are published (two queries)."""
    themes = dict(MentionTheme.objects.filter(edition=edition).values_list("slug", "name"))
    return [
        Corrected(
            one.award.collectivity.code,
            one.award.collectivity,
            worded(one.before, one.after, themes),
            one.reason,
            one.at,
        )
        for one in _corrections(edition)
    ]


def _corrections(edition: Edition) -> QuerySet[AwardCorrection]:
    rows: QuerySet[AwardCorrection] = AwardCorrection.objects.filter(edition=edition)
    return rows.select_related("award__collectivity").order_by("pk")


def awards_differ(edition: Edition) -> str:
    """In words, the first award that is not what was sealed and then corrected; empty when all are, or nothing was sealed."""
    seal = Seal.objects.filter(edition=edition).first()
    if seal is None:
        return ""
    told: dict[str, Any] = json.loads(seal.bundle)["inputs"]["awards"]
    for one in _corrections(edition):
        code = one.award.collectivity.code
        stood = {name: told.get(code, {}).get(name) for name in one.before}
        if found := difference(one.before, stood, f"correction {one.pk}.{code}"):
            return found
        told[code] = told[code] | one.after
    stored = {one.collectivity.code: award_facts(one) for one in _awards(edition)}
    return difference(told, stored, "awards")


def _rulebook(edition: Edition) -> dict[str, Any]:
    book = Rulebook.objects.filter(edition=edition).values().get()
    return {name: value for name, value in book.items() if name.removesuffix("_id") not in ASIDE}


def _grid(edition: Edition) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    rows = Criterion.objects.filter(edition=edition).order_by("category", "code")
    for category, code, name, weight, anchors in rows.values_list(
        "category", "code", "name", "weight", "anchors"
    ):
        found.setdefault(category, {})[code] = {"name": name, "weight": weight, "anchors": anchors}
    return found


def _referential(edition: Edition) -> dict[str, dict[str, str]]:
    """The services in force in the référentiel that the edition counts by."""
    rows = Service.objects.of_year(edition.referential_year or edition.year)
    found = rows.order_by("code").values_list("code", "name", "enjeu__code")
    return {code: {"name": name, "enjeu": enjeu} for code, name, enjeu in found}


def _before(filed: Filed, counted: Counted) -> dict[str, Any] | None:
    """By code, the dossiers of the edition before; None when none is known here."""
    if counted.before is None:
        return None
    return {code: asdict(one) for code, one in zip(filed.past, counted.before, strict=True)}


def _holders(holders: Collection[Holder] | None) -> dict[str, list[dict[str, str]]] | None:
    if holders is None:
        return None
    found: dict[str, list[dict[str, str]]] = {}
    for one in holders:
        facts = asdict(one)
        found.setdefault(facts.pop("code"), []).append(facts)
    return {code: sorted(titles, key=str) for code, titles in found.items()}


def _places(awards: Iterable[Award], laureates: Iterable[Laureate]) -> dict[str, dict[str, Any]]:
    """By code of a laureate, its name and where it is: région, département, communes, those that it has as an EPCI."""
    names = {one.collectivity.code: one.collectivity.name for one in awards}
    return {
        one.code: {
            "name": names[one.code],
            "region": one.region,
            "departement": one.departement,
            "communes": sorted(one.communes),
            "members": sorted(one.members),
        }
        for one in laureates
    }


def _history(edition: Edition, places: Collection[Collectivity]) -> dict[str, dict[str, Any]]:
    codes = {one.pk: one.code for one in places}
    return {
        codes[key]: {str(year): asdict(known) for year, known in sorted(told.items())}
        for key, told in ten_history(edition, places).items()
        if told
    }
