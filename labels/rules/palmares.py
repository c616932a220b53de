"""What the sealed inputs of a palmarès give: its lines, its statistics, the answers on the title TEN. Pure: no database.

`inputs` is plain JSON, each table by its natural key: `edition`, `rulebook`, `awards` (by code: category, level, is_ten, mentions),
`places` (by code: name, region, departement, communes, members), `inhabitants` (by code of a commune), `history` (by code and year:
level, is_certain, is_there), `judged` and `before` (by code: digests of the fiches, fiches by service), `holders` (by code),
`referential` (by service: name, enjeu), `heirs`, and what the rules only quote (`grid`, `themes`, `jury`).
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from labels.rules.coverage import CoverageRow
from labels.rules.judged import Judged
from labels.rules.statistics import Holder, Laureate, Outcome, Row, compute
from labels.rules.statistics import Inputs as Counted
from labels.rules.ten import TOP, Known, eligibility

FRANCE, ALL = "FR", "all"
SCOPE = {"region", "departement", "category", "level"}

Inputs = Mapping[str, Any]


def outputs_of(inputs: Inputs) -> dict[str, Any]:
    outcome = statistics_of(inputs)
    return {
        "palmares": {code: _line(inputs, code) for code in inputs["awards"]},
        "statistics": {_key(row): _figures(row) for row in outcome.rows},
        "coverage": {_covered(row): _counts(row) for row in outcome.coverage},
        "ten": {code: _ten(inputs, code) for code, one in inputs["awards"].items() if one["level"] == TOP},
    }


def statistics_of(inputs: Inputs) -> Outcome:
    return compute(
        Counted(
            laureates=[_laureate(inputs, code) for code in inputs["awards"]],
            inhabitants=inputs["inhabitants"],
            judged={code: Judged(**one) for code, one in inputs["judged"].items()},
            before=_listed(inputs["before"]),
            holders=_holders(inputs["holders"]),
            services={code: one["enjeu"] for code, one in inputs["referential"].items()},
            heirs=inputs["heirs"],
        )
    )


def _listed(before: Mapping[str, Any] | None) -> list[Judged] | None:
    return None if before is None else [Judged(**one) for _, one in sorted(before.items())]


def _holders(told: Mapping[str, Any] | None) -> list[Holder] | None:
    """A collectivité may have won its title more than once."""
    if told is None:
        return None
    return [Holder(code, **one) for code, titles in sorted(told.items()) for one in titles]


def _line(inputs: Inputs, code: str) -> dict[str, Any]:
    place = inputs["places"][code]
    return {"name": place["name"], "region": place["region"], **inputs["awards"][code]}


def _laureate(inputs: Inputs, code: str) -> Laureate:
    award, place = inputs["awards"][code], inputs["places"][code]
    return Laureate(
        code=code,
        region=place["region"],
        departement=place["departement"],
        category=award["category"],
        level_class=str(award["level"]),
        is_ten=award["is_ten"],
        mentions=len(award["mentions"]),
        communes=frozenset(place["communes"]),
        members=frozenset(place["members"]),
    )


def _key(row: Row) -> str:
    """« FR - all all », « 28 14 ville 3 »: région, département, category, level."""
    return f"{row.region or FRANCE} {row.departement or '-'} {row.category or ALL} {row.level or ALL}"


def _figures(row: Row) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name not in SCOPE}


def _covered(row: CoverageRow) -> str:
    return f"{row.enjeu} {row.service or ALL}"


def _counts(row: CoverageRow) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name not in {"enjeu", "service"}}


def _ten(inputs: Inputs, code: str) -> dict[str, Any]:
    """As the sitting was told: whether the title may be won at 5 @, with the proof, edition by edition."""
    year, book = inputs["edition"]["year"], inputs["rulebook"]
    known = {int(at): Known(**facts) for at, facts in inputs["history"].get(code, {}).items()}
    found = eligibility(
        year,
        known | {year: Known(TOP)},
        run_over=book["ten_run_over"],
        counts_current=book["ten_counts_current"],
    )
    return {
        "answer": found.answer.value,
        "run": {str(at): proof.name for at, proof in sorted(found.run.items())},
    }
