"""The feed of a search: the fiches that it finds, the last updated first."""

import datetime as dt
import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from atlaas.models import PublicSheet
from atlaas.rules.text import french
from atlaas.views.context import site
from labels.queries.sheet_search import matching
from labels.queries.sheet_vocabulary import read
from labels.rules.sheet_filters import FILTERS, SheetFilters

ENTRIES = 50
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
REFUSED_BY_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    def latest_post_date(self) -> dt.datetime:
        """An empty feed says a fixed date, so that two readings of it are the same."""
        return super().latest_post_date() if self.items else NEVER


@login_not_required
@require_safe
@conditional_page
def sheet_feed(request: HttpRequest) -> HttpResponse:
    """Same parameters as the page; a reader that has it already is answered 304."""
    reading = read(request.GET.dict())
    if reading.unread:
        sentence = french(reading.unread[0].sentence)
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    filters = reading.filters
    found = matching(filters, request.user).order_by("-updated_at", "pk")
    sheets = list(found.select_related("collectivity").defer("text", "search")[:ENTRIES])
    response = HttpResponse(
        _feed(str(site(request)["origin"]), filters, sheets).writeString("utf-8"),
        content_type="application/atom+xml; charset=utf-8",
    )
    if sheets:
        response["Last-Modified"] = http_date(sheets[0].updated_at.timestamp())
    return response


def _feed(origin: str, filters: SheetFilters, sheets: list[PublicSheet]) -> Feed:
    asked = [filters.q, *(french(f"{FILTERS[name]} : {one.label}") for name, one in filters.chosen.items())]
    feed = Feed(
        title=_text(" – ".join(["Fiches action", *(one for one in asked if one)])),
        link=f"{origin}{reverse('sheet-list')}{filters.query()}",
        description=None,
        feed_url=f"{origin}{reverse('sheet-feed')}{filters.query()}",
        language="fr",
    )
    for sheet in sheets:
        feed.add_item(**_entry(origin, sheet))
    return feed


def _entry(origin: str, sheet: PublicSheet) -> dict[str, Any]:
    return {
        "title": _text(sheet.title),
        "link": origin + sheet.get_absolute_url(),
        "description": _text(sheet.summary),
        "unique_id": sheet.pk.urn,
        "pubdate": sheet.published_at,
        "updateddate": sheet.updated_at,
        "author_name": _text(sheet.collectivity.name),
        "categories": [_text(name) for name in sheet.service_names.split(" · ") if name],
    }


def _text(text: str) -> str:
    """Without the characters that XML cannot hold at all."""
    return REFUSED_BY_XML.sub(" ", text)
