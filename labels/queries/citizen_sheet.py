"""The sheet for citizens: in plain words, what the collectivité offers, and where to read more."""

from collections.abc import Sequence

from django.conf import settings

from atlaas.models import Family, PublicSheet
from atlaas.rules.text import WIDE, plural
from labels.models import Award
from labels.queries.document_place import Reading, latest_award, plate
from labels.rules import document_blocks as blocks
from labels.rules.document_blocks import Block
from labels.rules.member_document import Asked

MOST_IN_FAMILY = 3
LABEL = (
    "Le label « Territoires, Villes et Villages Internet » récompense chaque année les collectivités qui mettent le numérique "
    "au service de leurs habitants. Il va de un à cinq arobases."
)
NOTHING = "Les actions de la collectivité ne sont pas encore racontées ici : elles le seront bientôt."


def citizens_of(reading: Reading, asked: Asked) -> Block:
    """Three queries."""
    award = latest_award(reading.place)
    sheets = _running(reading)
    head = plate(
        reading,
        title="Fiche pour les habitants",
        heading="Le numérique à votre service",
        eyebrow="Pour les habitants",
        award=award,
    )
    return head | {
        "chapters": {
            "label": _label(award),
            "actions": _actions(sheets),
            "suite": _more(reading, len(sheets)),
        }
    }


def _running(reading: Reading) -> list[PublicSheet]:
    """The fiches that go on, the latest first."""
    rows = PublicSheet.objects.visible_to(None).filter(collectivity=reading.place, is_running=True)
    return list(rows.only("title", "summary", "family_ids", "updated_at").order_by("-updated_at", "pk"))


def _label(award: Award | None) -> Block:
    if award is None or award.level is None:
        return blocks.chapter("Un label, des arobases", blocks.prose(LABEL))
    level = f"{award.level}" if award.level_is_certain else "4 ou 5"
    won = f"La nôtre en a {level} sur{WIDE}5 au palmarès {award.edition.year}."
    ten = (
        " Elle est aussi « Territoire d’excellence numérique », le titre le plus haut."
        if award.is_ten
        else ""
    )
    return blocks.chapter("Un label, des arobases", blocks.prose(f"{LABEL} {won}{ten}"))


def _actions(sheets: Sequence[PublicSheet]) -> Block:
    """Three of each famille at most, each fiche once, under the first of its familles that has room."""
    families = list(Family.objects.order_by("position"))
    shelves: dict[int, list[PublicSheet]] = {one.pk: [] for one in families}
    for one in sheets:
        open_to = (pk for pk in shelves if pk in one.family_ids and len(shelves[pk]) < MOST_IN_FAMILY)
        if (pk := next(open_to, None)) is not None:
            shelves[pk].append(one)
    columns = [
        blocks.column(family.name, [(one.title, one.summary) for one in shelves[family.pk]], "")
        for family in families
        if shelves[family.pk]
    ]
    if not columns:
        return blocks.chapter("Ce qui existe pour vous", blocks.prose(NOTHING))
    return blocks.chapter("Ce qui existe pour vous", blocks.points(*columns))


def _more(reading: Reading, total: int) -> Block:
    """The address is that of the public page; without the public address of the site, the code is left out."""
    address = settings.PUBLIC_URL + reading.place.get_absolute_url()
    told = f"{plural(total, 'action se lit', 'actions se lisent')} en entier sur la page publique de {reading.place.name}."
    if not settings.PUBLIC_URL:
        return blocks.chapter(
            "Pour en savoir plus", blocks.prose(f"{told} Demandez-en l’adresse à la mairie.")
        )
    return blocks.chapter(
        "Pour en savoir plus",
        blocks.qr(address, f"{told} Visez ce code avec un téléphone, ou tapez l’adresse."),
    )
