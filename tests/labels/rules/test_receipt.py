"""What a receipt reads of the filed document."""

import datetime as dt

from labels.rules.clock import zone_of
from labels.rules.receipt import receipt_of
from labels.rules.snapshot import canonical

DOCUMENT = {
    "number": "2028-00042",
    "rank": 1,
    "edition": {"year": 2028, "is_demo": False},
    "collectivity": {"name": "Exempleville", "code": "97209"},
    "category": {"category": "ville"},
    "filed_by": "Camille Exemple",
    "mandate": "",
    "arrived_at": dt.datetime(2028, 11, 15, 22, 59, 58, tzinfo=dt.UTC),
    "flagships": ["b"],
    "sheets": [
        {"id": "a", "revision": 3, "content": {"title": "Atelier", "services": ["S1", "S2"]}},
        {"id": "b", "revision": 1, "content": {"title": "Bus", "services": ["S2"]}},
    ],
}


def test_receipt_puts_flagships_first_and_counts_services_once():
    text = canonical(DOCUMENT)

    receipt = receipt_of(text, sha256="0" * 64, zone=zone_of("972"))

    assert [(one.title, one.revision, one.services, one.is_flagship) for one in receipt.sheets] == [
        ("Bus", 1, 1, True),
        ("Atelier", 3, 2, False),
    ]
    assert (receipt.services, receipt.size) == (2, len(text.encode()))


def test_receipt_tells_both_clocks_to_the_second():
    receipt = receipt_of(canonical(DOCUMENT), sha256="0" * 64, zone=zone_of("972"))

    assert str(receipt.arrived) == (
        "mercredi 15\u00a0novembre 2028 à 23\u00a0h\u00a059\u00a0min\u00a058\u00a0s (heure de Paris), "
        "soit mercredi 15\u00a0novembre 2028 à 18\u00a0h\u00a059\u00a0min\u00a058\u00a0s (heure locale)"
    )
