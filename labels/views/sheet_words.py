"""What machines read on the page of a fiche, in the words of schema.org (a value for the tag `json_ld`)."""

from collections.abc import Iterable

from atlaas.choices import SheetKind
from atlaas.models import PublicSheet, Service


def sheet_words(sheet: PublicSheet, services: Iterable[Service], origin: object) -> dict[str, object]:
    """An article by the collectivité, or an event; only attested services are named."""
    is_event = sheet.kind == SheetKind.EVENT and sheet.started_on
    words: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event" if is_event else "Article",
        "name": sheet.title,
        "description": sheet.summary,
        "url": f"{origin}{sheet.get_absolute_url()}",
        "inLanguage": "fr",
    }
    if is_event:
        return words | {"organizer": _body(sheet, origin), "location": _place(sheet)} | _days(sheet)
    return words | _article(sheet, services, origin)


def _body(sheet: PublicSheet, origin: object) -> dict[str, str]:
    place = sheet.collectivity
    url = f"{origin}{place.get_absolute_url()}"
    return {"@type": "GovernmentOrganization", "name": place.name, "url": url}


def _article(sheet: PublicSheet, services: Iterable[Service], origin: object) -> dict[str, object]:
    return {
        "headline": sheet.title,
        "author": _body(sheet, origin),
        "datePublished": sheet.published_at.isoformat(),
        "dateModified": sheet.updated_at.isoformat(),
        "about": [service.name for service in services if service.is_attested],
        "contentLocation": _place(sheet),
    }


def _place(sheet: PublicSheet) -> dict[str, object]:
    words: dict[str, object] = {"@type": "Place", "name": sheet.address or sheet.collectivity.name}
    if sheet.lat is not None:
        words["geo"] = {"@type": "GeoCoordinates", "latitude": sheet.lat, "longitude": sheet.lon}
    return words


def _days(sheet: PublicSheet) -> dict[str, str]:
    days = {"startDate": sheet.started_on, "endDate": sheet.ended_on}
    return {name: day.isoformat() for name, day in days.items() if day}
