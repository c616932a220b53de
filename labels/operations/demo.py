"""Load the committed data in order, each file once, then compute what follows from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from atlaas.operations.geography import files_of, import_geography
from atlaas.operations.job import run_pending
from atlaas.operations.loading import Counts, is_loaded
from atlaas.operations.referential import import_referential
from labels.operations.distinction import import_distinctions
from labels.operations.edition import import_editions
from labels.operations.editorial_file import import_editorial
from labels.operations.history import import_history
from labels.operations.jury_member import import_jury
from labels.operations.palmares import Companions, import_palmares
from labels.operations.printed_figure import import_printed_figures
from labels.queries.demo_corpus import CAMPAIGN_KIND, KIND

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL, LABEL = ROOT / "atlaas" / "data", ROOT / "labels" / "data"
YEAR = 2025
DECISIONS = LABEL / "decisions.csv"
COMPANIONS = Companions(DECISIONS, LABEL / f"categories_{YEAR}.csv", LABEL / f"legible_regions_{YEAR}.csv")


@dataclass(frozen=True)
class Step:
    """An import of committed files: its title, its command's name, the files it reads, what runs it."""

    title: str
    command: str
    paths: Sequence[Path]
    run: Callable[[], Counts]


def steps() -> Iterator[Step]:
    """All the imports, in the order that each needs."""
    yield Step("geography", "import_geography", files_of(OFFICIAL), lambda: import_geography(OFFICIAL))
    services, name = OFFICIAL / f"referential_{YEAR}.csv", f"référentiel {YEAR}"
    yield Step(name, "import_referential", [services], lambda: import_referential(services, year=YEAR))
    dates = LABEL / "editions.csv"
    yield Step("editions", "import_editions", [dates], lambda: import_editions(dates))
    palmares = LABEL / f"palmares_{YEAR}_as_printed.csv"
    yield Step(
        f"palmarès {YEAR}",
        "import_palmares",
        [palmares, *COMPANIONS.paths()],
        lambda: import_palmares(palmares, year=YEAR, companions=COMPANIONS),
    )
    titles = LABEL / f"distinctions_{YEAR}.csv"
    yield Step(
        f"titles and mentions {YEAR}",
        "import_distinctions",
        [titles, DECISIONS],
        lambda: import_distinctions(titles, year=YEAR, decisions=DECISIONS),
    )
    past = LABEL / "history_attested.csv"
    yield Step(
        "attested history",
        "import_history",
        [past, DECISIONS],
        lambda: import_history(past, decisions=DECISIONS),
    )
    yield from _of_the_press_kit()


def _of_the_press_kit() -> Iterator[Step]:
    """What the press kit prints beside the palmarès."""
    members = LABEL / f"jury_{YEAR}.csv"
    yield Step(f"jury {YEAR}", "import_jury", [members], lambda: import_jury(members, year=YEAR))
    signed = LABEL / f"editorial_{YEAR}.csv"
    yield Step(
        f"signed texts {YEAR}", "import_editorial", [signed], lambda: import_editorial(signed, year=YEAR)
    )
    printed = LABEL / f"printed_figures_{YEAR}.csv"
    yield Step(
        f"printed figures {YEAR}",
        "import_printed_figures",
        [printed],
        lambda: import_printed_figures(printed, year=YEAR),
    )


def load_committed_data(tell: Callable[[str], None]) -> None:
    """Run the imports whose files changed since they were last loaded, then the jobs that wait; `tell` gets a line each."""
    for step in steps():
        if is_loaded(step.command, step.paths):
            tell(f"{step.title}: loaded already")
        else:
            tell(f"{step.title}: {step.run()}")
    done = 0
    while taken := run_pending(
        but=(KIND, CAMPAIGN_KIND)
    ):  # the invented fiches are the worker's, once the site is up
        done += taken
    tell(f"statistics and press kits: {done} jobs run" if done else "statistics: up to date")
