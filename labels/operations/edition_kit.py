"""What an edition is made of besides its dates: the evaluation grid and the questionnaire, from committed files."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from atlaas.operations.loading import Counts, contents, finish
from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from labels.choices import AnswerKind, Category, QuestionnairePart
from labels.models import Candidacy, Criterion, Edition, Question, Section

CRITERIA = (
    Column("category", cells.one_of(*Category.values)),
    Column("code", cells.text(40)),
    Column("name", cells.text(160)),
    Column("help", cells.text(500), required=False),
    Column("weight", cells.whole(1, 100)),
    *(Column(f"value_{value}", cells.text(300)) for value in range(5)),
)
QUESTIONS = (
    Column("category", cells.one_of(*Category.values)),
    Column("part", cells.one_of(*QuestionnairePart.values)),
    Column("section", cells.text(160)),
    Column("code", cells.text(40)),
    Column("text", cells.text(300)),
    Column("help", cells.text(500), required=False),
    Column("kind", cells.one_of(*AnswerKind.values)),
    Column("options", cells.text(1000), required=False),
    Column("required", cells.yes_no),
)


@transaction.atomic
def import_edition_kit(folder: Path, *, year: int, dry_run: bool = False) -> Counts:
    """Make the grid and the questionnaire of an edition those of `criteria.csv` and `questions.csv`.

    `Rejected` once it is published, or somebody has begun a candidacy: its answers would lose their questions.
    """
    grid, asked = folder / "criteria.csv", folder / "questions.csv"
    edition = Edition.objects.select_for_update().filter(year=year).first()
    if edition is None:
        raise Rejected([Problem(0, f"the edition {year} is not known", grid.name)])
    if edition.published_at is not None:
        raise Rejected([Problem(0, f"the edition {year} is published: it stands", grid.name)])
    if Candidacy.objects.filter(edition=edition).exists():
        raise Rejected(
            [Problem(0, f"candidacies of {year} have begun: its questionnaire stands", asked.name)]
        )
    criteria = read(contents(grid), CRITERIA, unique=("category", "code"), file=grid.name).accepted()
    questions = read(
        contents(asked), QUESTIONS, unique=("category", "part", "code"), file=asked.name
    ).accepted()
    edition.criteria.all().delete()
    edition.sections.all().delete()
    made = _write_grid(edition, criteria) + _write_questions(edition, questions)
    return finish("import_edition_kit", [grid, asked], made, dry_run=dry_run)


def _write_grid(edition: Edition, rows: Iterable[Row]) -> Counts:
    counts = Counts()
    rank = _ranks()
    for row in rows:
        Criterion.objects.create(
            edition=edition,
            category=row["category"],
            code=row["code"],
            name=row["name"],
            help=row["help"],
            weight=row["weight"],
            anchors=[row[f"value_{value}"] for value in range(5)],
            position=rank(row["category"]),
        )
        counts.tally(created=True)
    return counts


def _write_questions(edition: Edition, rows: Iterable[Row]) -> Counts:
    counts, sections, rank = Counts(), dict[tuple[str, str, str], Section](), _ranks()
    for row in rows:
        place = (row["category"], row["part"], row["section"])
        if place not in sections:
            category, part, title = place
            sections[place] = Section.objects.create(
                edition=edition, category=category, part=part, title=title, position=rank((category, part))
            )
        Question.objects.create(
            section=sections[place],
            code=row["code"],
            text=row["text"],
            help=row["help"],
            kind=row["kind"],
            options=[one.strip() for one in row["options"].split("|") if one.strip()],
            is_required=row["required"],
            position=rank(place),
        )
        counts.tally(created=True)
    return counts


def _ranks() -> Callable[[object], int]:
    """1, 2, 3… for each thing that is counted."""
    seen: dict[object, int] = {}

    def rank(of: object) -> int:
        seen[of] = seen.get(of, 0) + 1
        return seen[of]

    return rank
