"""Kept searches and their messages."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from atlaas.models import Notice, PublicSheet, SavedSearch
from atlaas.rules.refusal import Refused
from labels.operations.saved_search import MOST, alert, change, forget, save
from tests.factories.atlaas import CommuneFactory, ServiceFactory, UserFactory, agent_of, published_sheet
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def kept(user=None, query="q=bus", **fields):
    return save(user or UserFactory(), **{"name": "Les bus", "query": query, "is_alert": True} | fields)


def an_hour_passes():
    """Everything that was done is an hour older."""
    SavedSearch.objects.update(seen_until=F("seen_until") - HOUR)
    PublicSheet.objects.update(updated_at=F("updated_at") - HOUR)


def test_save_writes_a_search_in_one_settled_way():
    search = kept(query="?tri=date&inconnu=1&nature=lieu&q=+bus+", name="  Les   bus ")

    assert (search.name, search.query, search.is_alert) == ("Les bus", "q=bus&nature=lieu&tri=date", True)


def test_save_refuses_the_same_search_twice():
    user = UserFactory()
    kept(user)

    with pytest.raises(Refused, match="déjà cette recherche"):
        kept(user, query="q=bus&inconnu=1")
    with refused_by("saved_search_once"):
        SavedSearch.objects.create(user=user, name="Encore", query="q=bus")


def test_save_refuses_more_than_a_person_reads():
    user = UserFactory()
    SavedSearch.objects.bulk_create(
        SavedSearch(user=user, name=f"N° {number}", query=f"q={number}") for number in range(MOST)
    )

    with pytest.raises(Refused, match="oubliez-en une"):
        kept(user)


@pytest.mark.parametrize(
    ("fields", "why"), [({"name": " \n "}, "un nom"), ({"query": f"q={'é' * 200}"}, "trop longue")]
)
def test_save_refuses_what_the_row_cannot_hold(fields, why):
    with pytest.raises(Refused, match=why):
        kept(**fields)


def test_change_renames_and_starts_again_from_now():
    search = kept(is_alert=False)
    SavedSearch.objects.update(seen_until=timezone.now() - HOUR)

    changed = change(search, name="Bus", is_alert=True)

    assert (changed.name, changed.is_alert) == ("Bus", True)
    assert changed.seen_until > timezone.now() - HOUR / 2


def test_change_keeps_what_an_alert_has_not_told_yet():
    search = kept()
    SavedSearch.objects.update(seen_until=timezone.now() - HOUR)

    assert change(search, name="Bus", is_alert=True).seen_until < timezone.now() - HOUR / 2


def test_forget_erases():
    forget(kept())

    assert not SavedSearch.objects.exists()


def test_alert_tells_the_number_once():
    commune = CommuneFactory()
    agent = agent_of(commune)
    search = kept()
    for title in ("Un bus", "Deux bus"):
        published_sheet(commune, by=agent, title=title)
    published_sheet(commune, by=agent, title="Un drone", summary="Vole", text="Haut")
    an_hour_passes()
    SavedSearch.objects.update(seen_until=F("seen_until") - HOUR)

    told = [alert(), alert("2026-01-01")]

    notice = Notice.objects.get()
    assert told == [1, 0]
    assert (notice.user, notice.kind) == (search.user, "recherche")
    assert notice.title == "«\u00a0Les bus\u00a0»\u00a0: 2\u00a0fiches nouvelles ou mises à jour"
    assert notice.url == f"/espace/recherches/{search.pk}/"


def test_alert_waits_for_what_was_published_a_moment_ago():
    kept()
    SavedSearch.objects.update(seen_until=timezone.now() - HOUR)
    published_sheet()

    alert()
    assert not Notice.objects.exists()

    an_hour_passes()
    alert()
    assert Notice.objects.count() == 1


def test_alert_of_everything_counts_in_the_singular():
    commune = CommuneFactory()
    search = kept(query="")
    published_sheet(commune)
    an_hour_passes()
    SavedSearch.objects.update(seen_until=F("seen_until") - HOUR)

    alert()

    assert (
        Notice.objects.get(user=search.user).title
        == "«\u00a0Les bus\u00a0»\u00a0: 1\u00a0fiche nouvelle ou mise à jour"
    )


@pytest.mark.parametrize("change_to", ["stopped", "inactive", "nothing new"])
def test_alert_tells_nothing_to_who_asks_nothing(change_to):
    search = kept(is_alert=change_to != "stopped")
    if change_to != "nothing new":
        published_sheet()
        an_hour_passes()
    search.user.is_active = change_to != "inactive"
    search.user.save()
    SavedSearch.objects.update(seen_until=F("seen_until") - HOUR)

    alert()

    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_alerts_at_once_tell_once():
    kept()
    published_sheet()
    an_hour_passes()
    SavedSearch.objects.update(seen_until=F("seen_until") - HOUR)
    gate, told = Barrier(2), []

    def work():
        gate.wait()
        told.append(alert())
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == [0, 1]
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_keep_one_search():
    user, gate, refused = UserFactory(), Barrier(2), []

    def work():
        gate.wait()
        try:
            kept(user)
        except Refused as why:
            refused.append(str(why))
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == ["Vous gardez déjà cette recherche."]
    assert user.searches.count() == 1


def test_save_refuses_a_filter_that_means_nothing():
    with pytest.raises(Refused, match="ne se garde pas telle quelle"):
        kept(query="q=bus&service=INCONNU")


def test_alert_whose_filter_vanished_stops_and_says_so():
    service = ServiceFactory()
    search = kept(query=f"service={service.code}")
    published_sheet()
    an_hour_passes()
    service.delete()

    assert (alert(), alert()) == (1, 0)
    search.refresh_from_db()
    assert search.is_alert is False
    assert "s’arrête" in Notice.objects.get().title
