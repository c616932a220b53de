"""The report of a mandate: from a year to a year, the levels, what was new, the fiches by enjeu."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from atlaas.choices import SheetState
from atlaas.rules.text import french, plural
from labels.queries.document_place import Reading, level_words, plate
from labels.queries.history import History, Year, history_of
from labels.queries.told_sheet import ToldSheet, by_enjeu, told_sheets
from labels.rules import document_blocks as blocks
from labels.rules.document_blocks import Block
from labels.rules.member_document import Asked, mandate_of, years_words

NO_LEVEL = "Aucune édition n’est connue ici pour cette collectivité."
KNOWN = "Une édition dont on ne connaît pas tout le palmarès est dite « pas de niveau connu » : ce n’est pas une absence."


def mandate_report_of(reading: Reading, asked: Asked) -> Block:
    """At most seven queries, whatever the number of years and of fiches."""
    proposed = mandate_of(reading.day.year)
    span = range(asked.since or proposed[0], (asked.until or proposed[1]) + 1)
    history = history_of(reading.place, None, public=reading.public)
    sheets = [one for one in told_sheets(reading.place) if one.first and one.state != SheetState.WITHDRAWN]
    within = [one for one in sheets if one.first and timezone.localdate(one.first).year <= span[-1]]
    head = plate(
        reading,
        title=f"Bilan de mandat {years_words(span)}",
        heading=f"Le numérique, {years_words(span)}",
        eyebrow="Bilan de mandat",
        award=next((one for one in history.awards if one.level and one.edition.year in span), None),
    )
    return head | {
        "chapters": {
            "niveaux": levels(history, span),
            "nouveautes": _news(within, span),
            "enjeux": _enjeux(within),
        }
    }


def levels(history: History, span: Iterable[int]) -> Block:
    """A line a year: the level as the palmarès has it, or why there is none."""
    known = {one.year: one for one in history.years}
    rows = [_level(history, year, known.get(year)) for year in span]
    heading = "Les niveaux, édition par édition"
    if not rows:
        return blocks.chapter(heading, blocks.prose(NO_LEVEL))
    return blocks.chapter(heading, blocks.years(rows), blocks.note(KNOWN))


def _level(history: History, year: int, known: Year | None) -> tuple[int, int, str, str]:
    award = known.shown if known else None
    if award is None:
        absent = known is not None and known.is_complete
        return year, 0, "pas au palmarès" if absent else "pas de niveau connu", ""
    mentions = [f"mention {one.theme.name}" for one in award.mentions.all()]
    is_own = award.collectivity_id == history.collectivity.pk
    won_by = [] if is_own else [f"obtenu par {award.collectivity.name}"]
    words = level_words(award).split(" au palmarès")[0]
    title = ["Territoire d’excellence numérique"] if award.is_ten else []
    return year, award.level or 0, words, french(" · ".join([*title, *mentions, *won_by]))


def _news(sheets: Sequence[ToldSheet], span: Sequence[int]) -> Block:
    """Under each year, the newest first, the fiches first published in it."""
    by_year: dict[int, list[ToldSheet]] = {year: [] for year in reversed(span)}
    for one in sheets:
        year = timezone.localdate(one.first).year if one.first else 0
        if year in by_year:
            by_year[year].append(one)
    total = sum(len(rows) for rows in by_year.values())
    lead = (
        f"{plural(total, 'fiche publiée', 'fiches publiées')} pour la première fois {years_in_words(span)}."
    )
    found = [(str(year), [(one.title, "") for one in rows]) for year, rows in by_year.items() if rows]
    return blocks.chapter(
        "Ce qui a été nouveau",
        blocks.prose(lead),
        blocks.groups(found, "Aucune fiche nouvelle sur ces années."),
    )


def years_in_words(span: Sequence[int]) -> str:
    return f"de {span[0]} à {span[-1]}" if len(span) > 1 else f"en {span[0]}"


def _enjeux(sheets: Sequence[ToldSheet]) -> Block:
    found = [(name, [(one.title, _since(one)) for one in rows]) for name, rows in by_enjeu(sheets)]
    told = f"{plural(len(sheets), 'fiche')} ; une fiche de plusieurs enjeux est sous chacun d’eux."
    return blocks.chapter(
        "Les fiches par enjeu",
        blocks.prose(told),
        blocks.groups(found, "Aucune fiche n’a encore été publiée."),
    )


def _since(one: ToldSheet) -> str:
    year = timezone.localdate(one.first).year if one.first else ""
    ended = "" if one.state == SheetState.PUBLISHED and one.is_running else ", terminée ou archivée"
    return f"depuis {year}{ended}"
