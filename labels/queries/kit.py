"""The kit of a laureate: panel, badge and certificate, drawn by typst from the facts of one public award.

They are drawn when they are asked, and kept by content: no file exists before its palmarès is public, and a corrected level
leaves none behind. A drawing is a pure function of its `Kit`, so the same award gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

import segno
from django.conf import settings
from django.utils.formats import date_format
from PIL import Image

from atlaas.rules.document import pdf
from atlaas.rules.picture import png, svg
from atlaas.rules.text import french, listed
from labels.models import Award
from labels.queries.certificate import Certificate
from labels.rules.arobase import arobases
from labels.rules.edition import number
from labels.rules.kit import Kit, why_none

_TEMPLATES = Path(settings.BASE_DIR) / "templates" / "labels" / "kit"
# Of the panel: 500 × 700 mm make 1,181 × 1,654 dots, for screens; of the badge, twice its size on a page.
PANEL_PPI, BADGE_PPI = 60, 144
SHADES = 32
PROPOSED = french("Visuel proposé par la plateforme Atlaas")
_INK = "#14233f"


def why_no_kit(award: Award) -> str:
    """Why it has no kit yet, and what to do; empty when it has one."""
    return why_none(
        level=award.level, is_certain=award.level_is_certain, is_complete=award.edition.is_complete
    )


def kit_of(found: Certificate, origin: str) -> Kit:
    """The facts of an award that has a kit."""
    award = found.award
    titles = [year for held in found.titles[:1] for year in held.editions]
    return Kit(
        name=award.collectivity.name,
        place=award.collectivity.place,
        category=award.category,
        year=award.edition.year,
        number=number(award.edition.year),
        level=award.level or 0,
        ten_years=tuple(titles),
        mentions=tuple(found.mentions),
        ceremony=award.edition.ceremony_on,
        is_demo=award.edition.is_demo,
        url=origin + award.get_absolute_url(),
    )


def drawn(kit: Kit, name: str) -> bytes:
    """One file of the kit, by its name in `FILES`."""
    return FILES[name](kit)


@lru_cache(maxsize=32)
def _panel_svg(kit: Kit) -> bytes:
    return svg(_source("panel.typ"), _facts(kit), title=kit.alt)


@lru_cache(maxsize=32)
def _panel_png(kit: Kit) -> bytes:
    return png(_source("panel.typ"), _facts(kit), ppi=PANEL_PPI)


@lru_cache(maxsize=32)
def _panel_pdf(kit: Kit) -> bytes:
    return pdf(_source("panel.typ").encode(), _facts(kit), made_at=_made_at(kit))


@lru_cache(maxsize=128)
def _badge_svg(kit: Kit) -> bytes:
    return svg(_source("badge.typ"), _facts(kit), title=kit.alt)


@lru_cache(maxsize=128)
def _badge_png(kit: Kit) -> bytes:
    return _lighter(png(_source("badge.typ"), _facts(kit), ppi=BADGE_PPI))


@lru_cache(maxsize=32)
def _certificate_pdf(kit: Kit) -> bytes:
    return pdf(_source("certificate.typ").encode(), _facts(kit), made_at=_made_at(kit))


def _bulletin(kit: Kit) -> bytes:
    return kit.bulletin.encode()


FILES: dict[str, Callable[[Kit], bytes]] = {
    "panneau.svg": _panel_svg,
    "panneau.png": _panel_png,
    "panneau.pdf": _panel_pdf,
    "badge.svg": _badge_svg,
    "badge.png": _badge_png,
    "certificat.pdf": _certificate_pdf,
    "bulletin.txt": _bulletin,
}


def _lighter(picture: bytes) -> bytes:
    """Few shades are enough of two colours."""
    made = BytesIO()
    with Image.open(BytesIO(picture)) as image:
        image.quantize(SHADES, method=Image.Quantize.FASTOCTREE).save(made, "PNG", optimize=True)
    return made.getvalue()


@cache
def _source(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _made_at(kit: Kit) -> datetime:
    """A date that never moves: the ceremony, or the first day of the vintage."""
    if kit.ceremony:
        return datetime.combine(kit.ceremony, time(), UTC)
    return datetime(kit.year, 1, 1, tzinfo=UTC)


def _facts(kit: Kit) -> dict[str, object]:
    """Texts only, typeset here."""
    return asdict(kit) | {
        "title": french(f"{kit.label} {kit.year} – {kit.name}"),
        "label": kit.label,
        "bearer": kit.category.capitalize(),
        "level_words": kit.level_words,
        "ten": [french("Territoire d’excellence numérique"), listed(kit.ten_years)] if kit.ten_years else [],
        "mentions": list(kit.mention_words),
        "ceremony": french(f"Palmarès proclamé le {date_format(kit.ceremony)}") if kit.ceremony else "",
        "demo": french("Démonstration") if kit.is_demo else "",
        "demo_words": french("Démonstration : édition inventée, sans valeur") if kit.is_demo else "",
        "edition": french("édition du label « Territoires, Villes et Villages Internet »"),
        "proposed": PROPOSED,
        "alt": kit.alt,
        "arobases": arobases(kit.level, "#ffffff"),
        "arobases_ink": arobases(kit.level, "#163a75"),
        "arobases_alt": kit.level_words,
        "qr": _qr(kit.url, "q"),  # outdoors: a quarter of it may be scratched
        "small_qr": _qr(kit.url, "m"),
        "qr_alt": french(f"Code QR : {kit.url}"),
    }


def _qr(url: str, error: str) -> dict[str, object]:
    """Dark on white with its quiet zone of four modules, and how many modules are on a side."""
    made = segno.make(url, error=error, micro=False, boost_error=False)
    drawing = made.svg_inline(border=4, dark=_INK, light="#ffffff", omitsize=True)
    side, _ = made.symbol_size(border=4)
    return {"svg": drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1), "modules": side}
