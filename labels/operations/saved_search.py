"""Searches of fiches that a person keeps, and the messages about what is new in them."""

import datetime as dt
from urllib.parse import parse_qsl

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from atlaas.choices import NoticeKind
from atlaas.models import SavedSearch, User
from atlaas.operations.notice import tell
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french, plural
from labels.queries.sheet_search import FOUND_MOST, matching
from labels.queries.sheet_vocabulary import read

MOST = 50  # searches a person keeps
LONGEST_NAME, LONGEST_QUERY = 120, 1000  # characters of the columns
# What was published in the last minutes waits for the next alert: a long transaction dates its fiches from its start.
SETTLED = dt.timedelta(minutes=15)


@transaction.atomic
def save(user: User, *, name: str, query: str, is_alert: bool) -> SavedSearch:
    """Keep a search, written in one settled way (`query` is what follows « ? »); `Refused` when it is kept already."""
    User.objects.select_for_update().get(pk=user.pk)
    reading = read(dict(parse_qsl(query.lstrip("?"))))
    if reading.unread:
        raise Refused(f"Cette recherche ne se garde pas telle quelle : {reading.unread[0].sentence}")
    asked = reading.filters
    settled = asked.query().lstrip("?")
    if len(settled) > LONGEST_QUERY:
        raise Refused("Cette recherche est trop longue pour être gardée : raccourcissez son texte.")
    if user.searches.filter(query=settled).exists():
        raise Refused("Vous gardez déjà cette recherche.")
    if user.searches.count() >= MOST:
        raise Refused(f"Vous gardez déjà {MOST} recherches : oubliez-en une d’abord.")
    return SavedSearch.objects.create(user=user, name=_named(name), query=settled, is_alert=is_alert)


@transaction.atomic
def change(search: SavedSearch, *, name: str, is_alert: bool) -> SavedSearch:
    """Rename a search, start or stop its alert; an alert that starts again tells nothing of the time it was stopped."""
    locked = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if is_alert and not locked.is_alert:
        SavedSearch.objects.filter(pk=locked.pk).update(seen_until=Now())
    SavedSearch.objects.filter(pk=locked.pk).update(name=_named(name), is_alert=is_alert)
    locked.refresh_from_db()
    return locked


@transaction.atomic
def forget(search: SavedSearch) -> None:
    search.delete()


def alert(_key: str = "") -> int:
    """Tell what is new in each search that asks for it; answers how many messages were written. Safe twice and in parallel."""
    waiting = SavedSearch.objects.filter(is_alert=True, user__is_active=True).order_by("pk")
    return sum(_alert(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _alert(pk: int) -> bool:
    """One search: its message and the time it tells until are written together, under the lock of its row."""
    search = (
        SavedSearch.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=pk, is_alert=True)
        .annotate(until=Now() - SETTLED)
        .first()
    )
    if search is None or search.until <= search.seen_until:
        return False
    reading = read(dict(parse_qsl(search.query)))
    if reading.unread:
        return _stop(search, reading.unread[0].sentence)
    fresh = matching(reading.filters, search.user).filter(
        updated_at__gt=search.seen_until, updated_at__lte=search.until
    )
    number = fresh.values("pk")[: FOUND_MOST + 1].count()
    SavedSearch.objects.filter(pk=pk).update(seen_until=search.until)
    if number:
        _tell(search, number)
    return bool(number)


def _stop(search: SavedSearch, why: str) -> bool:
    """A filter that means nothing any more would make the alert tell of every fiche: it stops, and says so."""
    SavedSearch.objects.filter(pk=search.pk).update(is_alert=False)
    tell(
        [search.user],
        NoticeKind.SEARCH,
        key=f"recherche-{search.pk}-arret",
        title=f"L’alerte de {french(f'« {search.name} »')} s’arrête",
        body=french(
            f"Un de ses filtres ne veut plus rien dire. {why} Choisissez-en un autre, puis gardez la recherche."
        ),
        url=reverse("saved-searches"),
    )
    return True


def _tell(search: SavedSearch, number: int) -> None:
    counted = plural(
        min(number, FOUND_MOST), "fiche nouvelle ou mise à jour", "fiches nouvelles ou mises à jour"
    )
    told = f"plus de {counted}" if number > FOUND_MOST else counted
    tell(
        [search.user],
        NoticeKind.SEARCH,
        key=f"recherche-{search.pk}-{search.seen_until:%Y%m%dT%H%M%S%f}",
        title=f"{french(f'« {search.name} » :')} {told}",
        body=french("Votre recherche gardée a du nouveau ; la page les montre, les plus récentes d’abord."),
        url=reverse("saved-search", args=[search.pk]),
    )


def _named(name: str) -> str:
    told = " ".join(name.split())[:LONGEST_NAME]
    if not told:
        raise Refused("Donnez un nom à cette recherche.")
    return told
