"""What the sealed inputs of a palmarès give: its lines, its statistics, the answers on the title TEN. Pure: no database.

`inputs` is plain JSON, each table by its natural key: `edition`, `rulebook`, `awards` (by code: category, level, is_ten, mentions),
`places` (by code: name, region, departement, communes, members), `inhabitants` (by code of a commune), `history` (by code and year:
level, is_certain, is_there), and what the rules only quote (`grid`, `referential`, `themes`, `jury`).
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from labels.rules.statistics import Laureate, Row, tally
from labels.rules.ten import TOP, Known, eligibility

FRANCE, ALL = "FR", "all"

Inputs = Mapping[str, Any]


def outputs_of(inputs: Inputs) -> dict[str, Any]:
    return {
        "palmares": {code: _line(inputs, code) for code in inputs["awards"]},
        "statistics": {_key(row): _figures(row) for row in statistics_of(inputs)},
        "ten": {code: _ten(inputs, code) for code, one in inputs["awards"].items() if one["level"] == TOP},
    }


def statistics_of(inputs: Inputs) -> list[Row]:
    return tally([_laureate(inputs, code) for code in inputs["awards"]], inputs["inhabitants"])


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
    return f"{row.region or FRANCE} {row.category or ALL}"


def _figures(row: Row) -> dict[str, int]:
    return {name: value for name, value in asdict(row).items() if name not in {"region", "category"}}


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
