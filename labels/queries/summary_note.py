"""The note de synthèse: the mosaic, what is solid, what is missing, similar collectivités, the actions put forward."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Exists, OuterRef

from atlaas.rules.text import WIDE, plural, shortened
from labels.choices import SheetChoice
from labels.models import CandidacySheet, Edition
from labels.queries.counting import counting
from labels.queries.document_place import Reading, latest_award, plate
from labels.queries.mosaic import Shown, mosaic_shown
from labels.queries.peers import Peer, peers_of
from labels.rules import document_blocks as blocks
from labels.rules.document_blocks import Block
from labels.rules.member_document import Asked
from labels.rules.mosaic_drawing import counted_words
from labels.rules.quartiles import quartiles
from labels.rules.standing import Standing, gaps, number_words, strengths

MOST_SHEETS, LONGEST = 3, 150  # fiches, and signs of each sentence, that two pages bear
NO_EDITION = "Aucune édition n’est encore ouverte : il n’y a pas de référentiel à comparer."
METHOD = (
    "Proposition de travail, sur la seule couverture (les services qui ont une fiche qui compte). Point fort : au moins la moitié "
    "des services de l’enjeu, et la médiane des collectivités semblables. Marge de progrès : moins que les trois quarts d’entre "
    "elles, ou rien là où la moitié ont quelque chose. Ni un classement, ni un avis du jury."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A fiche that counts for the edition."""

    place: int
    services: frozenset[int]
    title: str
    summary: str
    updated: datetime
    is_flagship: bool


def note_of(reading: Reading, asked: Asked) -> Block:
    """At most nine queries, whatever the number of fiches and of similar collectivités."""
    edition, award = reading.edition(asked.year), latest_award(reading.place)
    head = plate(
        reading,
        title="Note de synthèse",
        heading="La politique numérique en deux pages",
        eyebrow=f"Note de synthèse{f' · édition {edition.year}' if edition else ''}",
        award=award,
    )
    if edition is None:
        return head | {"chapters": {"mosaique": blocks.chapter("La mosaïque", blocks.prose(NO_EDITION))}}
    shown = mosaic_shown(edition, reading.place, compares=False)
    peers = peers_of(reading.place, edition, shown.day)
    counted = _counted(edition, reading, shown, peers)
    own = [one for one in counted if one.place == reading.place.pk]
    rows = standings(shown, counted, peers)
    return head | {
        "chapters": {
            "mosaique": _mosaic(shown, own),
            "situation": _situation(rows, peers),
            "comparaison": _comparison(rows, peers),
            "phares": _flagships(own),
        }
    }


def standings(shown: Shown, counted: Iterable[Counted], peers: Sequence[Peer]) -> list[Standing]:
    """Enjeu by enjeu, in the order of the référentiel: ours as the mosaic counts, theirs from their fiches."""
    covered: dict[int, set[int]] = defaultdict(set)
    for one in counted:
        covered[one.place] |= one.services
    by_peer = [Counter(shown.enjeux[pk] for pk in covered[one.pk] if pk in shown.enjeux) for one in peers]
    return [
        Standing(
            one.code,
            one.name,
            one.covered,
            one.concerned,
            quartiles([Fraction(found[one.code]) for found in by_peer]),
        )
        for one in shown.mosaic.enjeux
    ]


def _counted(edition: Edition, reading: Reading, shown: Shown, peers: Sequence[Peer]) -> list[Counted]:
    """The fiches that count, ours and theirs, the latest first (one query)."""
    forward = CandidacySheet.objects.filter(
        sheet=OuterRef("pk"), candidacy__edition=edition, choice=SheetChoice.FLAGSHIP
    )
    rows = counting(edition, shown.day).filter(
        collectivity__in=[reading.place.pk, *(one.pk for one in peers)]
    )
    told = ("collectivity", "service_ids", "title", "summary", "updated_at")
    found = rows.order_by("-updated_at", "pk").annotate(is_forward=Exists(forward))
    return [
        Counted(place, frozenset(services), title, summary, updated, is_forward)
        for place, services, title, summary, updated, is_forward in found.values_list(*told, "is_forward")
    ]


def _mosaic(shown: Shown, own: Sequence[Counted]) -> Block:
    drawn = shown.mosaic
    counted = counted_words(shown.day, is_closed=shown.is_closed)
    told = [
        blocks.figure(drawn.covered, "service couvert", "services couverts", f" sur {drawn.total}"),
        blocks.figure(drawn.covered_enjeux, "enjeu touché", "enjeux touchés", f" sur {drawn.total_enjeux}"),
        blocks.figure(len(own), "fiche qui compte", "fiches qui comptent"),
    ]
    key = f"Chaque case est un service ; son chiffre est le nombre de fiches en vie, comptées {counted}."
    proposal = " Le détail des services et leur rattachement aux enjeux sont une proposition de travail."
    key += proposal if drawn.is_proposal else ""
    return blocks.chapter(
        "La mosaïque des services", blocks.figures(*told), blocks.mosaic(drawn), blocks.note(key)
    )


def _situation(rows: Sequence[Standing], peers: Sequence[Peer]) -> Block:
    solid = [(one.name, _words(one)) for one in strengths(rows)]
    missing = [(one.name, _words(one)) for one in gaps(rows)]
    return blocks.chapter(
        "Où nous en sommes",
        blocks.points(
            blocks.column(
                "Points forts",
                solid,
                "Aucun enjeu n’est encore couvert pour moitié : c’est le premier pas à faire.",
                tone="good",
            ),
            blocks.column(
                "Marges de progrès",
                missing,
                "Rien ne manque de ce que font les collectivités semblables.",
                tone="warm",
            ),
        ),
        blocks.note(METHOD),
        own_page=True,
    )


def _words(one: Standing) -> str:
    """« 7 services sur 9 ; médiane des collectivités semblables : 4 »."""
    told = f"{plural(one.covered, 'service')} sur {one.concerned}"
    if one.peers is None:
        return told
    return f"{told} · médiane des semblables{WIDE}: {number_words(one.peers.median)}"


def _comparison(rows: Sequence[Standing], peers: Sequence[Peer]) -> Block:
    if not peers:
        alone = "Aucune collectivité semblable n’a de fiche qui compte : il n’y a rien à comparer."
        return blocks.chapter("Parmi des collectivités semblables", blocks.prose(alone))
    names = ", ".join(one.name for one in peers)
    told = (
        f"{plural(len(peers), 'collectivité')} de même catégorie, de population proche, qui ont une fiche qui compte : {names}. "
        "En image : bande claire, la moitié centrale d’entre elles ; barre, leur médiane ; rond, nous."
    )
    return blocks.chapter("Parmi des collectivités semblables", blocks.comparison(rows), blocks.note(told))


def _flagships(own: Sequence[Counted]) -> Block:
    """Those put forward in the candidacy; without any, the latest, and the heading says so."""
    forward = [one for one in own if one.is_flagship]
    items = [(one.title, shortened(one.summary, LONGEST)) for one in (forward or own)[:MOST_SHEETS]]
    heading = "Les actions phares" if forward else "Les dernières actions publiées"
    return blocks.chapter(heading, blocks.points(blocks.column("", items, "Aucune fiche ne compte encore.")))
