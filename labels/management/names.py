"""Options of the imports of an edition, and the committed files that they take by default."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from labels.operations.edition import YEAR

DATA = Path(__file__).resolve().parents[1] / "data"
DECISIONS = DATA / "decisions.csv"


def add_year(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=_year, required=True, help="the edition, by its year")


def _year(text: str) -> int:
    try:
        return int(YEAR(text or "0"))
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def add_names(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--decisions", type=Path, default=DECISIONS, help="names that people settled (default: %(default)s)"
    )
    parser.add_argument("--report", type=Path, help="write there what became of each name")


def committed(name: str) -> Path | None:
    """A file of the committed data that may not be there."""
    path = DATA / name
    return path if path.exists() else None
