"""Every route of the people's space and of the association's, seen by every role, on another collectivité's objects."""

import datetime as dt
import re
from functools import cached_property
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from atlaas.models import (
    Attachment,
    Claim,
    ImportedSheet,
    Invitation,
    Mandate,
    Notice,
    Report,
    SavedSearch,
    SheetImport,
    Withdrawal,
)
from jury.models import AssignmentRun, Item, Sitting
from jury.rules.assignment import Plan
from labels.management.commands.import_edition_kit import KIT
from labels.models import Question
from labels.operations.edition_kit import import_edition_kit
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, draft_sheet, published_sheet
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.document import stored
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.labels import AwardFactory

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "nobody", "contributeur", "valideur", "responsable", "mandated", "organiser")
OF_JURY = ("juror", "president", "juror of another edition")
SPACE = "espace/"
ORGANISERS = "organisation/"
JURY = "jury/"
# The link of a mail is its own key: whoever holds it reads it.
BY_SECRET = {"jury/invitation/<slug:secret>/", "jury/invitation/<slug:secret>/accepter/"}
# What the president of a jury alone finds.
PRESIDENT = {
    "jury/<int:year>/avancement/",
    "jury/<int:year>/avancement/noms/",
    "jury/<int:year>/contradictions/",
}
# Anyone may ask to act for a collectivité: that is what this page is for.
OPEN_TO_ALL = {"espace/rattachement/<slug:code>/"}
# Routes of the space that show only what is the person's own: no object of others is named in the address.
OWN = {
    "espace/",
    "espace/messages/",
    "espace/rattachement/",
    "espace/recherches/",
}
# What a form sends, read by no one.
SENT = {
    "espace/messages/choix/",
    "espace/messages/lus/",
}


def plain(pattern):
    """A regular expression as a plain route, so that both kinds are read alike."""
    named = re.sub(r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)", r"<\1>", pattern)
    return named.removeprefix("^").removesuffix("$").replace("/?", "/")


def routes(resolver=None, prefix=""):
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + plain(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern):
            yield route


def edition_to_come(year):
    """An edition whose parts may still be changed, with one of each."""
    later = timezone.now() + dt.timedelta(days=5)
    edition = open_edition(year, opens_at=later, closes_at=later + dt.timedelta(days=5))
    import_edition_kit(KIT, year=year)
    edition.themes.create(name="Éducation", slug="education")
    edition.jury_members.create(name="Camille Exemple")
    edition.editorial_blocks.create(kind="quote", text="Des mots", signatory="Camille Exemple")
    return edition


class Another:
    """A collectivité that is not the visitor's, with one object of each kind."""

    def __init__(self):
        self.town = CommuneFactory()
        self.people = boss = agent_of(self.town)
        self.sheet = published_sheet(self.town, by=boss)
        self.draft = draft_sheet(self.town, by=boss)
        self.revision = self.sheet.revisions.get()
        self.attachment = Attachment.objects.create(
            sheet=self.draft,
            kind="pdf",
            file=ContentFile(b"%PDF-1.4", name=f"{uuid4().hex}.pdf"),
            name="plan.pdf",
            size=8,
            sha256="0" * 64,
        )
        self.run = SheetImport.objects.create(
            collectivity=self.town, by=boss, file_name="fiches.csv", sha256="0" * 64
        )
        ImportedSheet.objects.create(run=self.run, sheet=self.sheet, line=2, is_new=True, version_after=1)
        self.invitation = Invitation.objects.create(
            collectivity=self.town,
            email="autre@exemple.test",
            role="contributeur",
            secret_hash="0" * 64,
            invited_by=boss,
            expires_at=timezone.now() + dt.timedelta(days=3),
        )
        self.mandate = Mandate.objects.create(
            collectivity=self.town,
            holder=UserFactory(),
            holder_body="Une association",
            until=timezone.now() + dt.timedelta(days=30),
            granted_by=boss,
        )
        self.claim = Claim.objects.create(collectivity=self.town, user=UserFactory(), function="DGS")
        self.affiliation = boss.affiliations.get()
        self.notice = Notice.objects.create(user=boss, kind="fiche", key="k", title="Un message")
        self.search = SavedSearch.objects.create(user=boss, name="Une recherche", query="q=bus")
        self.report = Report.objects.create(sheet=self.sheet, message="À revoir")
        self.withdrawal = Withdrawal.objects.create(sheet=self.sheet, reason="Essai", by=boss)
        self.jury()

    @cached_property
    def document(self):
        return stored(self.town)

    def jury(self):
        """Who judges, with a tie and a share."""
        self.edition = edition_to_come(2025)
        self.juror = a_juror(self.edition)
        self.tie = RecusalFactory(juror=self.juror, collectivity=self.town)
        dossier = CandidacyFactory(edition=self.edition, collectivity=self.town)
        sitting = Sitting.objects.create(edition=self.edition)
        self.item = Item.objects.create(sitting=sitting, candidacy=dossier, position=1)
        self.award = AwardFactory(edition=self.edition, collectivity=self.town)
        self.share = AssignmentRun.objects.create(
            edition=self.edition,
            seed=1,
            readers=1,
            plan=Plan(*[frozenset()] * 4).facts() | {"problems": []},
            by=self.people,
        )

    def value(self, route, name):
        """What stands at `<…:name>` of this route; a name nobody foresaw is an error, so that no route is forgotten."""
        if name == "pk" and "<int:pk>" in route:
            folder = route.split("<int:pk>")[0].rstrip("/").rsplit("/", 1)[1]
            return str(self.numbered[folder].pk)
        if name == "pk" and "/documents/" in route:
            return str(self.document.pk)
        if name == "kind" and "/documents/" in route:
            return "note"
        keys = {
            "code": self.town.code,
            "pk": self.draft.pk,
            "attachment": self.attachment.pk,
            "number": self.revision.number,
            "run": self.run.pk,
            "search": self.search.pk,
            "year": 2025,
            "rank": 1,
            "format": "csv",
            "kind": "receipt",
            "tie": self.tie.pk,
            "sheet": self.sheet.pk,
            "secret": "0" * 64,
        }
        return str(keys[name])

    @property
    def numbered(self):
        """The object that a number means, by the word before it in the address."""
        return {
            "apercu": self.share,
            "points": self.item,
            "membres": self.juror,
            "criteres": self.edition.criteria.first(),
            "equipe": self.affiliation,
            "jury": self.edition.jury_members.first(),
            "sieges": self.juror,
            "liens": self.tie,
            "invitations": self.invitation,
            "mandats": self.mandate,
            "messages": self.notice,
            "questions": Question.objects.first(),
            "rattachements": self.claim,
            "recherches": self.search,
            "recompenses": self.award,
            "retraits": self.withdrawal,
            "sections": self.edition.sections.first(),
            "signalements": self.report,
            "textes": self.edition.editorial_blocks.get(),
            "themes": self.edition.themes.get(),
        }

    def address(self, route):
        """The address of a route on this collectivité's objects."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.value(route, found[1]), route)


@pytest.fixture
def another(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Another()


def visitor(role):
    """A person with that role in their own collectivité, and none in the other."""
    if role == "anonymous":
        return None
    if role == "nobody":
        return UserFactory()
    if role == "organiser":
        return UserFactory(is_organiser=True)
    if role in OF_JURY:
        year = 2024 if role == "juror of another edition" else 2025
        return a_juror(open_edition(year), president=role == "president").user
    own = CommuneFactory()
    if role != "mandated":
        return agent_of(own, role)
    holder = UserFactory()
    until = timezone.now() + dt.timedelta(days=30)
    Mandate.objects.create(
        collectivity=own, holder=holder, holder_body="Un syndicat", until=until, granted_by=agent_of(own)
    )
    return holder


def open_as(client, role):
    if person := visitor(role):
        client.force_login(person)
    return client


def of_objects(prefix):
    named = {route for route in routes() if route.startswith(prefix) and "<" in route}
    return sorted(named - OPEN_TO_ALL)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_another_collectivity_is_not_there(client, another, role, method):
    browser = open_as(client, role)

    seen = {
        route: status
        for route in of_objects(SPACE)
        if (status := getattr(browser, method)(another.address(route)).status_code)
        not in (
            {302, 401, 404, 405} if role == "anonymous" else {401, 404, 405}
        )  # 401: autosave of no known page
    }

    assert seen == {}


@pytest.mark.parametrize("role", [*ROLES[:-1], *OF_JURY])
@pytest.mark.parametrize("method", ["get", "post"])
def test_screens_of_organisers_are_not_there_for_others(client, another, role, method):
    browser = open_as(client, role)
    screens = sorted(route for route in routes() if route.startswith(ORGANISERS))

    seen = {
        route: status
        for route in screens
        if (status := getattr(browser, method)(another.address(route)).status_code)
        not in ({302, 404, 405} if role == "anonymous" else {404, 405})
    }

    assert seen == {}


@pytest.mark.parametrize("role", [*ROLES, "juror of another edition"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_a_jury_are_not_there_for_others(client, another, role, method):
    browser = open_as(client, role)
    pages = sorted(route for route in routes() if route.startswith(f"{JURY}<int:year>/"))

    seen = {
        route: status
        for route in pages
        if (status := getattr(browser, method)(another.address(route)).status_code)
        not in (
            {302, 401, 404, 405} if role == "anonymous" else {401, 404, 405}
        )  # 401: autosave of no known page
    }

    assert seen == {}


def not_yet(role):
    """The minutes, which come with the closing; what the president alone sees."""
    minutes = {f"{JURY}<int:year>/pv/{name}" for name in ("", "pv.json", "pv.pdf")}
    own = {f"{JURY}<int:year>/seance/ensemble/", f"{JURY}<int:year>/avancement/"}
    return minutes if role == "president" else minutes | own


@pytest.mark.parametrize("role", ["juror", "president"])
def test_pages_of_a_jury_show_a_juror_their_own(client, another, role):
    browser = open_as(client, role)
    pages = [route for route in routes() if route.startswith(f"{JURY}<int:year>/") and "pk" not in route]
    if role == "juror":
        assert {browser.get(another.address(route)).status_code for route in PRESIDENT} <= {404, 405}
        pages = [route for route in pages if route not in PRESIDENT]

    told = [browser.get(another.address(route)) for route in pages if route not in not_yet(role)]
    theirs = browser.post(another.address("jury/<int:year>/liens/<int:pk>/oter/"))

    assert {one.status_code for one in told} == {200, 405}
    assert [one for one in told if another.town.name in one.content.decode()] == []
    assert theirs.status_code == 404


def test_routes_of_the_jury_are_those_of_an_edition_or_of_a_mail():
    pages = {route for route in routes() if route.startswith(JURY)}

    assert {route for route in pages if not route.startswith(f"{JURY}<int:year>/")} == {JURY, *BY_SECRET}


def test_routes_of_the_space_without_an_object_are_the_ones_named():
    bare = {route for route in routes() if route.startswith(SPACE) and "<" not in route}

    assert bare == OWN | SENT


@pytest.mark.parametrize("role", ROLES[1:])
@pytest.mark.parametrize("route", sorted(OWN))
def test_own_pages_tell_nothing_of_others(client, another, role, route):
    answer = open_as(client, role).get("/" + route)

    told = answer.content.decode()
    assert answer.status_code == 200
    assert [
        word for word in (another.town.name, str(another.draft.pk), "Une recherche") if word in told
    ] == []
