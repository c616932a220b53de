"""A corpus of hostile texts in every field of a fiche, looked for in every place where the field comes out."""

import json
from html.parser import HTMLParser
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from atlaas.models import Claim, Notice, PublicSheet, SheetImport
from atlaas.operations.invitation import invite
from atlaas.operations.mail_text import answer_mail, digest_mail, invitation_mail, urgent_mail
from atlaas.operations.moderation import answer, contest, report, withdraw
from atlaas.operations.sheet import publish, save, start
from tests.factories.atlaas import CommuneFactory, ServiceFactory, UserFactory, agent_of

pytestmark = pytest.mark.django_db

MARK = "pwned"
CORPUS = (
    f"<script>{MARK}()</script>",
    f"<img src=x onerror={MARK}()>",
    f'"><svg/onload={MARK}()>',
    f"' onfocus='{MARK}()' autofocus='",
    f"</title><script>{MARK}()</script>",
    f"</textarea><script>{MARK}()</script>",
    f'<a href="javascript:{MARK}()">x</a>',
    f"[x](javascript:{MARK}())",
    f"[x](jAvAsCrIpT&colon;{MARK}())",
    f"[x](data:text/html;base64,{MARK})",
    f"![x](https://ailleurs.example/{MARK}.png)",
    f'![x" onerror="{MARK}()](x)',
    f"<iframe srcdoc='<script>{MARK}()</script>'></iframe>",
    f"<math><mtext></p><style><img src=x onerror={MARK}()>",
    f"]]><script>{MARK}()</script>",
    f"{{{{ {MARK} }}}}{{% debug %}}",
    f"\u2028<script>{MARK}()</script>",
)
TEXTS = ("title", "summary", "text", "audience", "partners", "address", "operator_name", "contact_function")
LONGEST = 110


class Hearer(HTMLParser):
    """Everything in a page that a browser would run, or fetch from elsewhere, because of the corpus."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.tag = ""

    def handle_starttag(self, tag, attrs):
        self.tag = tag
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name == "srcdoc":
                self.found.append((tag, name, value))
            if name in {"href", "src", "action", "formaction", "xlink:href"} and (
                text.startswith(("javascript:", "data:text", "vbscript:"))
                or f"ailleurs.example/{MARK}" in text
            ):
                self.found.append((tag, name, value))

    def handle_endtag(self, tag):
        self.tag = ""

    def handle_data(self, data):
        if self.tag in {"script", "style"} and MARK in data and not data.lstrip().startswith(("{", "[")):
            self.found.append((self.tag, "", data))


def heard(html):
    hearer = Hearer()
    hearer.feed(html)
    hearer.close()
    return hearer.found


@pytest.fixture
def town():
    return CommuneFactory(name="Exempleville-l’Essai")


@pytest.fixture
def person(town):
    return agent_of(town, is_organiser=True, is_staff=True, is_superuser=True)


def hostile(town, person, field, payload):
    """A published fiche with the payload in one field."""
    facts = {
        "title": f"Essai {field}",
        "summary": "En une phrase.",
        "text": "Le récit.",
        "operator": "association",
        "operator_name": "Une association",
        "contact_email": "mairie@exemple.test",
        field: payload[:LONGEST],
    }
    sheet = start(town, by=person, draft_key=uuid4())
    sheet = save(sheet, by=person, version=1, facts=facts, services=[ServiceFactory(code="ESS-01").code])
    publish(sheet, by=person, version=sheet.version)
    return sheet


@pytest.fixture
def sheets(town, person):
    return [hostile(town, person, field, payload) for field in TEXTS for payload in CORPUS]


def sinks(town, sheets):
    """The pages on which several fiches come out."""
    yield "/fiches/"
    yield f"/fiches/?collectivite={town.code}"
    yield f"/fiches/?q={MARK}"
    yield "/carte/"
    yield f"/espace/{town.code}/"
    yield f"/espace/{town.code}/reconduction/"
    yield "/espace/"
    yield "/espace/messages/"
    yield "/referentiel/services/ESS-01/"
    yield f"/referentiel/{'enjeu-d-essai'}/"
    yield town.get_absolute_url()
    yield "/admin/atlaas/sheet/"
    yield "/admin/atlaas/publicsheet/"
    yield "/admin/atlaas/revision/"


def pages_of(town, sheet):
    yield f"/fiches/{sheet.pk}/"
    yield f"/fiches/{sheet.pk}/versions/"
    yield f"/fiches/{sheet.pk}/diffusion/"
    yield f"/fiches/{sheet.pk}/signaler/"
    yield f"/espace/{town.code}/fiches/{sheet.pk}/"
    yield f"/admin/atlaas/sheet/{sheet.pk}/change/"
    yield f"/admin/atlaas/publicsheet/{sheet.pk}/change/"


@pytest.mark.deep
def test_no_page_runs_what_people_wrote(client, town, person, sheets):
    client.force_login(person)

    found = {}
    for address in [*sinks(town, sheets), *(page for sheet in sheets for page in pages_of(town, sheet))]:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        if one := heard(answer.content.decode()):
            found[address] = one[:3]

    assert found == {}


@pytest.mark.parametrize("payload", CORPUS)
def test_the_pages_of_a_fiche_run_nothing(client, town, person, payload):
    sheet = hostile(town, person, "text", payload)
    PublicSheet.objects.filter(pk=sheet.pk).update(title=payload[:LONGEST], summary=payload)
    client.force_login(person)

    for address in [*sinks(town, [sheet]), *pages_of(town, sheet)]:
        answer = client.get(address, follow=True)
        assert (address, answer.status_code, heard(answer.content.decode())) == (address, 200, [])


@pytest.mark.parametrize("payload", CORPUS)
def test_what_is_asked_for_is_not_run(client, payload):
    for address in ("/fiches/", "/collectivites/", "/carte/"):
        answer = client.get(address, {"q": payload, "enjeu": payload, "tri": payload, "apres": payload})

        assert heard(answer.content.decode()) == []


def test_the_feed_is_text(client, town, person, sheets):
    answer = client.get("/fiches/flux.atom")

    root = ET.fromstring(answer.content)
    for entry in root.iter():
        if entry.get("type") in {"html", "xhtml"}:
            assert heard(entry.text or "") == []
    assert {one.get("href", "https").split(":")[0] for one in root.iter()} <= {"http", "https"}


@pytest.mark.parametrize("address", ["/api/v1/fiches/", "/carte/points.json?bbox=-180,-85,180,85&zoom=5"])
def test_json_cannot_be_read_as_a_page(client, town, person, sheets, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] in {"application/json", "application/geo+json"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert json.loads(answer.content) is not None


def test_a_stranger_sees_the_same(client, town, person):
    sheet = hostile(town, person, "title", CORPUS[0])
    client.force_login(UserFactory())

    assert heard(client.get(f"/fiches/{sheet.pk}/").content.decode()) == []


def test_the_hearer_hears():
    assert heard(f"<p onclick='{MARK}()'>") == [("p", "onclick", f"{MARK}()")]
    assert heard(f"<script>{MARK}()</script>") == [("script", "", f"{MARK}()")]
    assert heard(f"<a href=' javascript:{MARK}()'>") == [("a", "href", f" javascript:{MARK}()")]
    assert heard(f"<p>&lt;script&gt;{MARK}()</p>") == []


@pytest.mark.parametrize("payload", CORPUS)
def test_mails_and_the_registers_of_the_team_run_nothing(client, settings, town, person, payload):
    settings.PUBLIC_URL = "https://atlaas.test"
    sheet = hostile(town, person, "title", payload)
    reported = answer(report(sheet.public, message=payload), by=person, text=payload)
    contest(withdraw(sheet, by=person, reason=payload), by=person, text=payload)
    Claim.objects.create(collectivity=town, user=UserFactory(name=payload[:LONGEST]), function=payload)
    SheetImport.objects.create(
        collectivity=town, file_name=payload, sha256="0" * 64, columns=[payload], remarks=[payload]
    )
    notices = [
        *Notice.objects.filter(user=person),
        Notice(user=person, title=payload, body=payload, kind="fiche"),
    ]
    mails = [
        urgent_mail(person, notices),
        digest_mail(person, notices, today=sheet.saved_at.date()),
        answer_mail(reported),
        invitation_mail(invite(town, by=person, email="invitee@exemple.test", role="valideur")),
    ]
    client.force_login(person)

    for mail in mails:
        assert (mail.subject, heard(mail.html)) == (mail.subject, [])
        assert "\n" not in mail.subject
    for address in REGISTERS:
        page = client.get(address)
        assert (address, page.status_code, heard(page.content.decode())) == (address, 200, [])


REGISTERS = (
    "/organisation/moderation/",
    "/organisation/rattachements/",
    *(
        f"/admin/atlaas/{name}/"
        for name in ("report", "withdrawal", "claim", "sheetimport", "notice", "invitation")
    ),
)
