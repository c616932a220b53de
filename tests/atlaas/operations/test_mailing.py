"""Mails of the outbox: grouped, once, one person's failure holding back nobody."""

import contextlib
import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from atlaas.choices import NoticeKind, Role
from atlaas.models import Invitation, Job, Notice
from atlaas.operations import job, mailing
from atlaas.operations.invitation import invite, revoke
from atlaas.operations.message import silence
from atlaas.operations.notice import tell
from atlaas.queries.invitation import secret_of
from atlaas.queries.message import read_stop_token
from atlaas.rules.mailing import digest_closes_at
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of

DAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def origin(settings):
    settings.PUBLIC_URL = "https://atlaas.test"


@pytest.fixture
def user(db):
    return UserFactory(email="camille@exemple.test", name="Camille Exemple")


def told(user, kind, title, *, at=None, **more):
    tell([user], kind, key=title, title=title, **more)
    written = at or digest_closes_at(DAY) - dt.timedelta(hours=1)
    Notice.objects.filter(user=user, key=title).update(created_at=written)


def states():
    rows = Notice.objects.order_by("pk").values_list("title", "mailed_at", "skipped_at")
    return [(title, mailed is not None, skipped is not None) for title, mailed, skipped in rows]


def test_what_asks_for_an_action_leaves_at_once_in_one_mail(user):
    told(user, NoticeKind.ACTION, "Relisez", url="/espace/", body="Il manque un titre")
    told(user, NoticeKind.ACTION, "Publiez")
    told(user, NoticeKind.SHEET, "Une nouvelle")

    for _ in range(2):
        mailing.send_urgent("all")

    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["camille@exemple.test"], "2 messages vous demandent d’agir")
    ]
    assert states() == [("Relisez", True, False), ("Publiez", True, False), ("Une nouvelle", False, False)]


def test_a_mail_has_text_and_html_with_absolute_links(user):
    told(
        user, NoticeKind.ACTION, "Fiche <b>retirée</b> & l'été", url="/espace/", collectivity=CommuneFactory()
    )

    mailing.send_urgent("all")

    one = mail.outbox[0]
    html = one.alternatives[0].content
    assert one.subject == "Vous devez agir\u00a0: Fiche <b>retirée</b> & l’été"
    assert "- Fiche <b>retirée</b> & l’été (Exempleville" in one.body
    assert "https://atlaas.test/espace/" in one.body.splitlines()
    assert "Fiche &lt;b&gt;retirée&lt;/b&gt; &amp; l’été" in html
    assert "<b>" not in html
    assert set(re.findall(r'href="([^"]*?/)[^/"]*"', html)) <= {
        "https://atlaas.test/",
        "https://atlaas.test/espace/",
        "https://atlaas.test/espace/messages/",
    } | set(re.findall(r'href="(https://atlaas\.test/courriels/arret/[^"]*/)"', html))


def test_one_click_headers_stop_what_the_mail_carries(user):
    told(user, NoticeKind.ACTION, "Relisez")
    told(user, NoticeKind.SHEET, "Une nouvelle")

    mailing.send_urgent("all")
    mailing.send_digests(DAY.isoformat())

    links = [one.extra_headers["List-Unsubscribe"] for one in mail.outbox]
    tokens = [re.fullmatch(r"<https://atlaas\.test/courriels/arret/(.+)/>", link)[1] for link in links]
    assert [read_stop_token(token) for token in tokens] == [(user, "action"), (user, "tout")]
    assert {one.extra_headers["List-Unsubscribe-Post"] for one in mail.outbox} == {
        "List-Unsubscribe=One-Click"
    }


def test_a_digest_groups_everything_not_mailed_by_type(user):
    told(user, NoticeKind.TEAM, "Sacha arrive")
    told(user, NoticeKind.ACTION, "Relisez")
    told(user, NoticeKind.TEAM, "Lou part")

    for _ in range(2):
        mailing.send_digests(DAY.isoformat())

    lines = mail.outbox[0].body.splitlines()
    found = [
        line
        for line in lines
        if line in {"VOUS DEVEZ AGIR", "ÉQUIPE ET RATTACHEMENTS"} or line.startswith("- ")
    ]
    assert found == [
        "VOUS DEVEZ AGIR",
        "- Relisez",
        "ÉQUIPE ET RATTACHEMENTS",
        "- Sacha arrive",
        "- Lou part",
    ]
    assert [one.subject for one in mail.outbox] == ["3 messages sur Atlaas – 2 mars 2026"]


def test_a_day_has_one_digest_whenever_it_is_made(user):
    told(user, NoticeKind.SHEET, "Hier")
    mailing.send_digests(DAY.isoformat())
    told(user, NoticeKind.SHEET, "À sept heures", at=digest_closes_at(DAY))

    mailing.send_digests(DAY.isoformat())
    assert len(mail.outbox) == 1
    mailing.send_digests((DAY + dt.timedelta(days=1)).isoformat())
    assert len(mail.outbox) == 2


def test_stopped_types_are_skipped_but_actions_wait_for_the_digest(user):
    silence(user, kinds=list(NoticeKind))
    told(user, NoticeKind.ACTION, "Relisez")
    told(user, NoticeKind.SHEET, "Une nouvelle")

    mailing.send_urgent("all")
    assert mail.outbox == []
    mailing.send_digests(DAY.isoformat())

    assert [one.subject for one in mail.outbox] == ["1 message vous demande d’agir – 2 mars 2026"]
    assert states() == [("Relisez", True, False), ("Une nouvelle", False, True)]


def test_a_person_with_everything_stopped_gets_no_mail(user):
    silence(user, kinds=[NoticeKind.SHEET])
    told(user, NoticeKind.SHEET, "Une nouvelle")

    mailing.send_digests(DAY.isoformat())

    assert (mail.outbox, states()) == ([], [("Une nouvelle", False, True)])


def test_closed_accounts_get_nothing(user):
    told(user, NoticeKind.SHEET, "Une nouvelle")
    user.is_active = False
    user.save()

    mailing.send_digests(DAY.isoformat())

    assert (mail.outbox, states()) == ([], [("Une nouvelle", False, False)])


@pytest.fixture
def fussy(settings):
    settings.EMAIL_BACKEND = "tests.fussy_mail.Fussy"


def test_one_refused_address_holds_back_nobody_and_doubles_nothing(user, fussy, caplog):
    for one in (UserFactory(email="refusee@exemple.test"), user, UserFactory(email="z@exemple.test")):
        told(one, NoticeKind.SHEET, "Une nouvelle")

    for _ in range(2):
        with pytest.raises(mailing.NotSent, match="1 of"):
            mailing.send_digests(DAY.isoformat())

    assert sorted(one.to[0] for one in mail.outbox) == ["camille@exemple.test", "z@exemple.test"]
    assert sorted(mailed for _, mailed, _ in states()) == [False, True, True]
    assert "did not leave" in caplog.text


def test_mails_without_a_public_address_do_not_leave(user, settings, caplog):
    settings.PUBLIC_URL = ""
    told(user, NoticeKind.SHEET, "Une nouvelle")

    with pytest.raises(mailing.NotSent):
        mailing.send_digests(DAY.isoformat())
    assert (mail.outbox, states()) == ([], [("Une nouvelle", False, False)])
    assert "ATLAAS_PUBLIC_URL is not set" in caplog.text


def test_more_people_than_a_batch_are_mailed_by_another_job(user, monkeypatch):
    monkeypatch.setattr(mailing, "BATCH", 1)  # the real one would ask for two hundred people
    for one in (user, UserFactory()):
        told(one, NoticeKind.SHEET, "Une nouvelle")

    mailing.send_digests(DAY.isoformat())
    assert (len(mail.outbox), [one.kind for one in Job.objects.all()]) == (1, ["digests"])
    job.run_pending()

    assert len(mail.outbox) == 2


def test_the_worker_mails_what_was_told(user):
    told(user, NoticeKind.ACTION, "Relisez", at=timezone.now())

    assert job.run_pending() == 1

    assert len(mail.outbox) == 1
    assert Job.objects.get().state == "done"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_mail_one_person_twice():
    people = [UserFactory() for _ in range(8)]
    for one in people:
        told(one, NoticeKind.SHEET, "Une nouvelle")

    def run():
        with contextlib.closing(connection):
            mailing.send_digests(DAY.isoformat())

    with ThreadPoolExecutor(3) as pool:
        for future in [pool.submit(run) for _ in range(3)]:
            future.result(timeout=30)

    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.email for one in people)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_midway_keeps_what_it_marked(settings):
    """The marks of each person are committed by themselves: what follows fails, they stay."""
    settings.EMAIL_BACKEND = "tests.fussy_mail.Fussy"
    for address in ("a@exemple.test", "refusee@exemple.test"):
        told(UserFactory(email=address), NoticeKind.SHEET, "Une nouvelle")
    job.request("digests", key=DAY.isoformat())

    job.run_pending()

    failing = Job.objects.get()
    assert (failing.state, failing.error) == ("running", "NotSent: 1 of 2 people are left to mail")
    assert sorted(mailed for _, mailed, _ in states()) == [False, True]


def test_an_invitation_is_mailed_with_the_only_link(db):
    place = CommuneFactory(name="Exempleville")
    boss = agent_of(place, name="Camille Exemple")
    sent = invite(place, by=boss, email="sacha@exemple.test", role=Role.PUBLISHER)

    job.run_pending()

    one = mail.outbox[0]
    assert (one.to, one.subject) == (
        ["sacha@exemple.test"],
        "Camille Exemple vous invite à rejoindre Exempleville",
    )
    assert f"https://atlaas.test/invitation/{secret_of(sent)}/" in one.body.splitlines()
    assert secret_of(sent) in one.alternatives[0].content


def test_an_invitation_taken_back_is_not_mailed(db):
    place = CommuneFactory()
    boss = agent_of(place)
    revoke(invite(place, by=boss, email="sacha@exemple.test", role=Role.PUBLISHER), by=boss)

    job.run_pending()

    assert (mail.outbox, Invitation.objects.count()) == ([], 1)


def test_a_name_never_breaks_the_subject(db):
    place = CommuneFactory(name="Exempleville")
    boss = agent_of(place, name="Camille\r\nBcc: tous@exemple.test")
    invite(place, by=boss, email="sacha@exemple.test", role=Role.PUBLISHER)

    job.run_pending()

    assert mail.outbox[0].subject == "Camille Bcc: tous@exemple.test vous invite à rejoindre Exempleville"
