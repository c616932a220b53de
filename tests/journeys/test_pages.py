"""Every page: no accessibility violation, light enough, from our own host only."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

PAGES = (
    "/",
    "/palmares/",
    "/palmares/2025/",
    "/palmares/2025/?region=corse&niveau=1",
    "/palmares/2024/",
    "/palmares/2025/dossier-de-presse/",
    "/palmares/2025/jury/",
    "/palmares/2025/regions/normandie/",
    "/palmares/2025/regions/la-reunion/",
    "/collectivites/",
    "/collectivites/?q=vilneuve+dask",
    "/collectivites/?q=zzzzzz",
    "/collectivites/14271-fleury-sur-orne/",
    "/collectivites/200066462-ca-du-pays-ajaccien/",
    "/collectivites/14271-fleury-sur-orne/mosaique/",
    "/collectivites/14271-fleury-sur-orne/kit/2025/",
    "/collectivites/14271-fleury-sur-orne/kit/2024/",
    "/collectivites/14271-fleury-sur-orne/integrer/",
    "/integrer/14271/niveau/",
    "/integrer/14271/fiches/",
    "/fiches/",
    "/fiches/?q=num%C3%A9riqeu&nature=lieu&service=x",
    "/fiches/?q=zzzzzz",
    "/carte/",
    "/inscription/",
    "/mot-de-passe/",
    "/connexion/code/",
    "/referentiel/",
    "/statistiques/2025/",
    "/accessibilite/",
    "/donnees/",
    "/mentions-legales/",
    "/connexion/",
    "/demo/courriels/",
    "/api/docs/",
    "/cette-page-n-existe-pas/",
)
# A phone by day and a desk by night; the deep run crosses them.
VARIANTS = [
    (360, "light"),
    (1280, "dark"),
    pytest.param(360, "dark", marks=pytest.mark.deep),
    pytest.param(1280, "light", marks=pytest.mark.deep),
]
# What a person of a commune reads and writes, and what anybody reads of a fiche, by the role that opens it.
SPACE = (
    ("organisateur", "/organisation/moderation/"),
    ("organisateur", "/organisation/rattachements/"),
    ("responsable", "{fiche}"),
    ("responsable", "{fiche}versions/"),
    ("responsable", "{fiche}diffusion/"),
    ("responsable", "{fiche}signaler/"),
    ("responsable", "{service}"),
    ("responsable", "{enjeu}"),
    ("responsable", "/fiches/?q=numerique"),
    ("responsable", "/espace/"),
    ("responsable", "/espace/messages/"),
    ("responsable", "/espace/recherches/"),
    ("responsable", "/espace/rattachement/"),
    ("responsable", "/espace/14271/"),
    ("responsable", "/espace/14271/equipe/"),
    ("responsable", "/espace/14271/equipe/mandats/"),
    ("responsable", "/espace/14271/equipe/passation/"),
    ("responsable", "/espace/14271/equipe/quitter/"),
    ("responsable", "/espace/14271/reconduction/"),
    ("responsable", "/espace/14271/import/"),
    ("responsable", "/espace/14271/fiches/nouvelle/"),
    ("responsable", "/espace/14271/candidature/2028/"),
    ("responsable", "/espace/14271/candidature/2028/fiches/"),
    ("responsable", "/espace/14271/candidature/2028/verification/"),
    ("responsable", "/espace/14271/candidature/2028/derogation/"),
    ("responsable", "/espace/14271/mosaique/"),
    ("responsable", "/espace/14271/kit/"),
    ("responsable", "/espace/14271/documents/"),
    ("responsable", "/espace/14271/documents/note/"),
    ("responsable", "/espace/14271/documents/habitants/"),
    ("responsable", "/espace/14271/documents/bilan/"),
    ("responsable", "/espace/14271/documents/passation/"),
    ("responsable", "/espace/14271/auto-evaluation/"),
    ("responsable", "/espace/14271/prochain-arobase/"),
    ("organisateur", "/organisation/2028/"),
    ("organisateur", "/organisation/2028/edition/"),
    ("organisateur", "/organisation/2028/adhesions/"),
    ("organisateur", "/organisation/2028/palmares/"),
    ("organisateur", "/organisation/2028/palmares/corrections/"),
    ("organisateur", "/organisation/2025/dossier-de-presse/"),
    ("organisateur", "/organisation/2025/dossier-de-presse/apercu/"),
    ("organisateur", "/organisation/2025/dossier-de-presse/textes/nouveau/"),
    ("organisateur", "/organisation/edition/nouvelle/"),
)
BUDGET_BYTES = 100_000
BUDGET_REQUESTS = 10
PATIENCE = 90  # seconds


def violations(page):
    found = Axe().run(page).response["violations"]
    return {one["id"]: [node["html"][:200] for node in one["nodes"]][:3] for one in found}


@pytest.mark.parametrize(("width", "theme"), VARIANTS)
@pytest.mark.parametrize("address", [one for one in PAGES if one != "/api/docs/"])
def test_page_has_no_accessibility_violation(visit, address, width, theme):
    one = visit(viewport={"width": width, "height": 800}, color_scheme=theme)
    one.page.goto(address)

    assert violations(one.page) == {}


@pytest.mark.parametrize("address", [one for one in PAGES if one != "/api/docs/"])
def test_page_does_not_scroll_sideways_on_a_phone(visit, address):
    one = visit(viewport={"width": 360, "height": 800})
    one.page.goto(address)

    assert one.page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.fixture(scope="module")
def opened(browser, site):
    """The cookies of each role of `SPACE`, and where the words between braces lead."""
    states = {}
    for role in dict.fromkeys(role for role, _ in SPACE):
        context = browser.new_context(base_url=site)
        page = context.new_page()
        page.goto("/palmares/")
        page.get_by_text("Essayer un rôle").click()
        page.get_by_role("button", name=re.compile(f"Devenir {role}", re.IGNORECASE)).click()
        states[role] = context.storage_state()
        if role == "responsable":
            wait_for_campaign(page)
        context.close()
    return states, found_places(browser, site)


def wait_for_campaign(page):
    """The worker invents the campaign after the fiches; the page of the open edition answers once it stands."""
    for _ in range(PATIENCE):
        if page.goto("/espace/14271/candidature/2028/verification/").status == 200:
            return
        page.wait_for_timeout(1000)


def found_places(browser, site):
    """The address of a fiche, of one of its services, of an enjeu; the worker writes the fiches once the site is up."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    fiches = page.locator(".found h3 a")
    for _ in range(PATIENCE):
        page.goto("/fiches/")
        if fiches.count():
            break
        page.wait_for_timeout(1000)
    page.goto(fiches.first.get_attribute("href"))
    fiche = urlsplit(page.url).path
    service = page.locator("main a[href^='/referentiel/services/']").first.get_attribute("href")
    page.goto("/referentiel/")
    enjeu = page.locator("main a[href^='/referentiel/']").first.get_attribute("href")
    context.close()
    return {"fiche": fiche, "service": service, "enjeu": enjeu}


@pytest.mark.parametrize(
    ("width", "theme", "script"),
    [
        (360, "light", True),
        pytest.param(768, "dark", True, marks=pytest.mark.deep),
        pytest.param(1280, "light", True, marks=pytest.mark.deep),
        pytest.param(360, "dark", False, marks=pytest.mark.deep),
    ],
)
@pytest.mark.parametrize(("role", "address"), SPACE)
def test_page_of_a_role_is_accessible_and_as_wide_as_the_screen(
    visit, opened, role, address, width, theme, script
):
    states, places = opened
    one = visit(viewport={"width": width, "height": 800}, color_scheme=theme, storage_state=states[role])
    if not script:  # ours come empty: where the browser runs none, axe would wait for its own for ever
        one.page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))

    answer = one.page.goto(address.format(**places))

    assert answer.status == 200
    assert one.page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(one.page) == {}


@pytest.mark.deep
@pytest.mark.parametrize(("role", "address"), SPACE)
def test_page_of_a_role_stands_with_scripts_off(visit, opened, role, address):
    states, places = opened
    one = visit(viewport={"width": 360, "height": 800}, java_script_enabled=False, storage_state=states[role])

    answer = one.page.goto(address.format(**places))

    assert answer.status == 200
    assert one.page.get_by_role("heading", level=1).is_visible()
    assert one.page.evaluate("document.documentElement.scrollWidth") == 360


def test_mosaic_prints_its_table_and_no_tool(visit):
    page = visit().page
    page.goto("/collectivites/14271-fleury-sur-orne/mosaique/")
    rows, link = (
        page.locator(".printed tbody tr"),
        page.get_by_role("link", name="La mosaïque en image (SVG)"),
    )
    number = page.locator(".tiles a").count()  # other journeys publish in services of their own
    assert (rows.count(), rows.last.is_visible(), link.is_visible()) == (number, False, True)

    page.emulate_media(media="print")

    assert (rows.first.is_visible(), rows.last.is_visible(), link.is_visible()) == (True, True, False)
    assert page.locator(".printed tbody").inner_text().count("\n") >= number - 1


@pytest.mark.parametrize(
    "address", ["/", "/palmares/2025/", "/collectivites/14271-fleury-sur-orne/", "/statistiques/2025/"]
)
def test_page_is_light(visit, address):
    one = visit()
    sizes = []
    one.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))

    one.page.goto(address, wait_until="networkidle")

    assert len(sizes) <= BUDGET_REQUESTS
    assert sum(sizes) <= BUDGET_BYTES


def test_documentation_of_the_api_works_offline_under_the_strict_policy(visit):
    page = visit().page

    page.goto("/api/docs/", wait_until="networkidle")

    page.locator(".opblock").first.wait_for(timeout=20_000)
    assert page.locator(".opblock").count() == 10
