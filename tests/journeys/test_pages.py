"""Every public page: no accessibility violation, light enough, from our own host only."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

PAGES = (
    "/",
    "/palmares/",
    "/palmares/2025/",
    "/palmares/2025/?region=corse&niveau=1",
    "/palmares/2024/",
    "/palmares/2025/regions/normandie/",
    "/palmares/2025/regions/la-reunion/",
    "/collectivites/",
    "/collectivites/?q=vilneuve+dask",
    "/collectivites/?q=zzzzzz",
    "/collectivites/14271-fleury-sur-orne/",
    "/collectivites/200066462-ca-du-pays-ajaccien/",
    "/fiches/",
    "/fiches/?q=num%C3%A9riqeu&nature=lieu&service=x",
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
BUDGET_BYTES = 100_000
BUDGET_REQUESTS = 10


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
