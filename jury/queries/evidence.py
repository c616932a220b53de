"""All that the sitting is told of one dossier: what is proposed and why, whether it is fragile, what may be given.

What no member can change (which filing is judged, its coverage, past levels, themes spoken of) is read once, when the dossier comes
on the agenda (`known_of`): a filing that comes later is not judged. What members gave is read each time.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jury.models import Item, Sitting
from jury.queries.opinions import Opinion, opinions_on
from jury.rules.fragile import Fragility, fragility
from jury.rules.observatory import counts
from jury.rules.proposal import Coverage, Limits, Proposal, propose
from jury.rules.spread import Spread, spread
from labels.models import Award, Candidacy, Edition, MentionTheme, Snapshot
from labels.queries.ten import ten_eligibilities
from labels.rules.mosaic import from_json
from labels.rules.ten import Answer, Proof


@dataclass(frozen=True)
class Evidence:
    """`ten_run` is the proof by edition; `mention_sheets`, by slug of a theme, how many fiches speak of it; `filing`, the number of what is judged."""

    limits: Limits
    coverage: Coverage
    opinions: tuple[Opinion, ...]
    proposal: Proposal
    fragility: Fragility[int] | None
    ten: Answer
    ten_run: Mapping[int, Proof]
    mention_sheets: Mapping[str, int]
    last_year: int | None
    last_level: int | None
    filing: str

    @property
    def spread(self) -> Spread | None:
        return spread([one.raw for one in self.opinions])

    @property
    def is_fragile(self) -> bool:
        return bool(self.fragility and self.fragility.is_fragile)

    def facts(self) -> dict[str, Any]:
        """Plain, for the journal: enough to compute the proposal again."""
        return {
            "limits": {"coverage": self.limits.coverage, "scores": self.limits.scores},
            "filing": self.filing,
            "services": self.coverage.services,
            "enjeux": self.coverage.enjeux,
            "opinions": [
                {
                    "juror": one.juror,
                    "raw": str(one.raw),
                    "normalised": str(one.normalised),
                    "level": one.level,
                }
                for one in self.opinions
            ],
            "proposed": self.proposal.level,
            "reasons": list(self.proposal.reasons),
            "fragile": _fragile(self.fragility),
            "ten": {
                "answer": self.ten.value,
                "run": {str(at): one.value for at, one in self.ten_run.items()},
            },
            "mention_candidates": dict(self.mention_sheets),
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A theme of the mentions, with how many fiches of the dossier speak of it."""

    slug: str
    name: str
    sheets: int


def theme_rows(edition: Edition, evidence: Evidence) -> list[Candidate]:
    """Every theme of the edition, those that most fiches speak of first; one query."""
    names = MentionTheme.objects.filter(edition=edition).order_by("name").values_list("slug", "name")
    rows = [Candidate(slug, name, evidence.mention_sheets.get(slug, 0)) for slug, name in names]
    return sorted(rows, key=lambda one: -one.sheets)


def limits_of(edition: Edition) -> Limits:
    book = edition.rulebook
    steps = list(zip(book.service_steps, book.enjeu_steps, strict=True))
    return Limits(steps, book.score_steps)


def known_of(edition: Edition, dossiers: Collection[Candidacy]) -> dict[str, dict[str, Any]]:
    """By key of dossier, what an item keeps from then on; six queries, whatever their number."""
    ten = ten_eligibilities(edition, [one.collectivity for one in dossiers])
    themes = dict(MentionTheme.objects.filter(edition=edition).order_by("slug").values_list("slug", "name"))
    last = _last_awards(edition, dossiers)
    filed = {one.filed_id: one for one in dossiers if one.filed_id}
    found = {}
    rows = Snapshot.objects.filter(pk__in=list(filed)).values_list("pk", "number", "document")
    for pk, number, text in rows.iterator(chunk_size=50):
        one, document = filed[pk], json.loads(text)
        mosaic, title = from_json(document["mosaic"]), ten[one.collectivity_id]
        found[str(one.pk)] = {
            "filing": {"key": str(pk), "number": number},
            "services": mosaic.covered,
            "enjeux": mosaic.covered_enjeux,
            "ten": title.answer.value,
            "ten_run": {str(year): proof.name for year, proof in title.run.items()},
            "mentions": counts(themes, document["sheets"]),
            "last": last.get(one.collectivity_id),
        }
    return found


def evidence_of(item: Item, sitting: Sitting) -> Evidence:
    """One query."""
    known, limits = item.known, limits_of(sitting.edition)
    coverage = Coverage(known["services"], known["enjeux"])
    opinions = opinions_on(item.candidacy, sitting)
    year, level = known["last"] or (None, None)
    return Evidence(
        limits=limits,
        coverage=coverage,
        opinions=tuple(opinions),
        proposal=propose(coverage, [one.raw for one in opinions], limits),
        fragility=_fragility(coverage, opinions, limits),
        ten=Answer(known["ten"]),
        ten_run={int(at): Proof[name] for at, name in known["ten_run"].items()},
        mention_sheets=known["mentions"],
        last_year=year,
        last_level=level,
        filing=known["filing"]["number"],
    )


def _fragility(coverage: Coverage, opinions: list[Opinion], limits: Limits) -> Fragility[int] | None:
    if not opinions:
        return None

    def level(given: Mapping[int, Fraction]) -> int:
        return propose(coverage, given.values(), limits).level

    raw = {one.juror: one.raw for one in opinions}
    return fragility(raw, {one.juror: one.normalised for one in opinions}, level)


def _last_awards(edition: Edition, dossiers: Collection[Candidacy]) -> dict[int, list[int | None]]:
    """By key of collectivité, the year and the level of its latest award that is public."""
    rows = Award.objects.visible_to(None).filter(
        collectivity__in=[one.collectivity_id for one in dossiers], edition__year__lt=edition.year
    )
    found = rows.order_by("edition__year").values_list("collectivity", "edition__year", "level")
    return {place: [year, level] for place, year, level in found}


def _fragile(found: Fragility[int] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "is_fragile": found.is_fragile,
        "normalised": found.normalised,
        "without": {str(juror): level for juror, level in found.without.items()},
        "alone": found.alone,
    }
