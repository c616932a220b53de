"""A receipt, read from its snapshot: the page, the PDF and the mail show the same facts."""

from pathlib import Path

from django.conf import settings

from atlaas.rules.document import pdf
from atlaas.rules.text import french, grouped, plural
from labels.models import Snapshot
from labels.queries.clock import zone_for
from labels.rules.receipt import FiledSheet, Receipt, receipt_of

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "labels" / "receipt" / "receipt.typ"
DEMO = french("Démonstration : ce document ne prouve rien, l’édition et la candidature sont inventées.")
CHECK = french(
    "L’empreinte est le SHA-256 du dossier déposé (JSON, clés triées, sans espace, UTF-8). Elle ne change plus : ce que vous "
    "modifiez ensuite dans vos fiches paraît au public, et non dans ce que lit le jury. Pour déposer une nouvelle version, "
    "choisissez « Corriger » dans la candidature tant qu’elle est ouverte."
)


def receipt(snapshot: Snapshot) -> Receipt:
    """No query when the candidacy and its collectivité are loaded."""
    zone = zone_for(snapshot.candidacy.collectivity)
    return receipt_of(snapshot.document, sha256=snapshot.sha256, zone=zone)


def receipt_pdf(snapshot: Snapshot) -> bytes:
    """The same file each time: it is dated by the filing, not by the reading."""
    return pdf(TEMPLATE.read_bytes(), _facts(receipt(snapshot)), made_at=snapshot.arrived_at)


def _facts(told: Receipt) -> dict[str, object]:
    """Texts only, typeset here: the template lays out and knows nothing."""
    counted = plural(len(told.sheets), "fiche comptée", "fiches comptées")
    return {
        "title": f"Accusé de dépôt {told.number} – {told.collectivity}",
        "demo": DEMO if told.is_demo else "",
        "eyebrow": french(f"Label « Territoires, Villes et Villages Internet » · édition {told.year}"),
        "heading": "Accusé de dépôt",
        "lead": told.collectivity,
        "rows": _rows(told),
        "sheets_heading": f"{counted}, {plural(told.services, 'service couvert', 'services couverts')}",
        "columns": ["", "Fiche action", "Version"],
        "sheets": [_line(rank, one) for rank, one in enumerate(told.sheets, 1)],
        "check_heading": "Ce que prouve ce document",
        "check": CHECK,
        "foot": french(f"Atlaas · dépôt {told.number}{' · démonstration' if told.is_demo else ''}"),
    }


def _rows(told: Receipt) -> list[dict[str, object]]:
    filed = told.filed_by + (f" ({told.mandate})" if told.mandate else "")
    again = f"Dépôt n° {told.rank} de cette candidature" if told.rank > 1 else ""
    return [
        _row("Numéro", told.number, again),
        _row("Demande arrivée", told.arrived.paris, told.arrived.local),
        _row("Collectivité", f"{told.collectivity} ({told.code})", f"Catégorie : {told.category}"),
        _row("Déposé par", filed),
        _row("Empreinte SHA-256", told.sha256, f"{grouped(told.size)} octets", mono=True),
    ]


def _row(name: str, value: str, more: str = "", *, mono: bool = False) -> dict[str, object]:
    return {"name": name, "value": value, "more": french(more), "mono": mono}


def _line(rank: int, one: FiledSheet) -> dict[str, str]:
    flagship = "action phare" if one.is_flagship else ""
    return {"rank": str(rank), "title": one.title, "flagship": flagship, "revision": str(one.revision)}
