"""Load the titles and mentions of an edition: their names are met among its laureates."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from atlaas.operations.loading import Counts, contents, finish
from atlaas.operations.matching import Met, matcher, met_twice, unsettled, write_report
from atlaas.rules import cells
from atlaas.rules.matching import Index, Matcher
from atlaas.rules.reading import Column, Problem, Rejected, Row, read
from atlaas.rules.text import slug, typographic
from labels.models import Award, Edition, Mention, MentionTheme
from labels.operations.attribution import Attribution, refuse_if, traced
from labels.rules.level import TOP

TEN, MENTION = "ten", "mention"
DISTINCTIONS = (
    Column("name_as_printed", cells.text(200)),
    Column("kind", cells.one_of(TEN, MENTION)),
    Column("theme", cells.text(120), required=False),
)


@transaction.atomic
def import_distinctions(
    path: Path, *, year: int, decisions: Path | None = None, report: Path | None = None, dry_run: bool = False
) -> Counts:
    """Give the laureates of an edition their titles and mentions, or raise `Rejected` with every error.

    A TEN is a sure 5, whatever was printed. A title or a mention that stands and that the file does not hold is an error,
    as for a palmarès.
    """
    edition = Edition.objects.filter(year=year).first()
    if edition is None or not edition.awards.exists():
        raise Rejected([Problem(0, f"load the palmarès of {year} first: no laureate is known", path.name)])
    awards = Attribution(edition, edition_changed=False)
    problems: list[Problem] = []
    mets = _read(path, awards, matcher(decisions, problems), problems)
    write_report(report, mets)
    problems += unsettled(mets, file=path.name)
    problems += met_twice(mets, ("kind", "theme"), file=path.name)
    problems += _left_over(awards, mets, path.name)
    refuse_if(problems)
    with traced("import_distinctions", path):
        for met in mets:
            if met.code:
                _write(awards, awards.existing[met.code], met.row)
    counts = awards.finish() + Counts(refused=sum(met.meeting.status == "excluded" for met in mets))
    return finish("import_distinctions", [path, *filter(None, [decisions])], counts, dry_run=dry_run)


def _read(path: Path, awards: Attribution, names: Matcher, problems: list[Problem]) -> list[Met]:
    table = read(contents(path), DISTINCTIONS, file=path.name)
    problems += table.problems
    problems += _wrong_themes(table.rows, path.name)
    laureates = Index(names.by_code[code] for code in awards.existing if code in names.by_code)
    return [
        Met(row, row["name_as_printed"], "", names.meet_among(row["name_as_printed"], laureates))
        for row in table.rows
    ]


def _wrong_themes(rows: Iterable[Row], file: str) -> Iterator[Problem]:
    for row in rows:
        if (row["kind"] == MENTION) != bool(slug(row["theme"])):
            yield Problem(row.line, "column theme: a mention has one, a TEN has none", file)


def _left_over(awards: Attribution, mets: Iterable[Met], file: str) -> Iterator[Problem]:
    named = {(met.code, met.row["kind"], slug(met.row["theme"])) for met in mets}
    standing = {(code, TEN, "") for code, award in awards.existing.items() if award.is_ten}
    mentions = Mention.objects.filter(award__edition=awards.edition)
    standing |= {
        (code, MENTION, theme)
        for code, theme in mentions.values_list("award__collectivity__code", "theme__slug")
    }
    for code, kind, theme in sorted(standing - named):
        yield Problem(0, f"{code} has a {kind} {theme} that is not in this file".replace("  ", " "), file)


def _write(awards: Attribution, award: Award, row: Row) -> None:
    if row["kind"] == TEN:
        awards.give_ten(award, level=TOP)
        return
    theme, _ = MentionTheme.objects.get_or_create(
        edition=awards.edition, slug=slug(row["theme"]), defaults={"name": typographic(row["theme"])}
    )
    _, created = Mention.objects.get_or_create(award=award, theme=theme)
    awards.tally(created=created)
