"""What the jury adds to the hand-over dossier of a collectivité: the letters that were sent to it (see DOCUMENT_CHAPTERS)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from atlaas.models import Collectivity
from jury.models import Letter
from jury.queries.letter_document import read
from labels.rules import document_blocks as blocks
from labels.rules.clock_words import day_words
from labels.rules.document_blocks import Block

NONE = "Aucune lettre du jury n’est encore arrivée ici : elles partent une fois le palmarès public."


def letters_chapter(place: Collectivity) -> Block:
    """Those sent, the newest first, once their palmarès is public (one query): what the letter says, nothing else."""
    sent = Letter.objects.filter(
        candidacy__collectivity=place,
        candidacy__edition__published_at__lte=Now(),
        sent_at__isnull=False,
    )
    rows = list(sent.order_by("-candidacy__edition__year").values_list("document", "sent_at"))
    told = [one for document, sent_at in rows for one in _letter(read(document), sent_at)]
    return blocks.chapter("Les lettres du jury", *(told or [blocks.prose(NONE)]))


def _letter(facts: Mapping[str, Any], sent_at: Any) -> Iterable[Block]:
    words = facts["words"]
    told = " · ".join(f"{row['name'].lower()}\u00a0: {row['value']}" for row in words["rows"])
    sent = day_words(timezone.localdate(sent_at))
    yield blocks.prose(f"Édition {facts['year']}, lettre envoyée le {sent}. {told[0].upper()}{told[1:]}.")
    yield blocks.points(
        *(
            blocks.column(
                part["heading"],
                [(line["name"], line["more"]) for line in part["lines"]],
                part["nothing"],
                tone=tone,
            )
            for part, tone in zip(words["parts"], ("good", "warm"), strict=True)
        )
    )
