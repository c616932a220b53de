"""A laureate downloads its kit, and a stranger scans the panel: the address comes out of the picture, not out of the test."""

import re

import pypdfium2
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def sign_in(page):
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile("Devenir responsable", re.IGNORECASE)).click()


def downloaded(page, name, folder):
    """What the link gives, saved under the name that the site proposes."""
    with page.expect_download() as waited:
        page.get_by_role("link", name=name, exact=True).click()
    target = folder / waited.value.suggested_filename
    waited.value.save_as(target)
    return target


def scanned(picture):
    return [one.text for one in zxingcpp.read_barcodes(picture.convert("RGBA").convert("RGB"))]


def on_paper(path, scale):
    return pypdfium2.PdfDocument(path)[0].render(scale=scale).to_pil()


def on_screen(visit, path):
    """The drawing as a browser shows it."""
    page = visit(viewport={"width": 700, "height": 1000}).page
    page.set_content(path.read_text())
    target = path.with_suffix(".shot.png")
    page.locator("svg").first.screenshot(path=target)
    return Image.open(target)


def test_laureate_downloads_the_kit_and_a_stranger_scans_it(visit, tmp_path):
    agent = visit().page
    sign_in(agent)
    agent.goto("/espace/14271/")
    agent.get_by_role("link", name="Kits du lauréat").click()
    agent.locator(".rows a").filter(has_text="2025").first.click()
    expect(agent.locator("h1")).to_have_text("Le kit de Fleury-sur-Orne")

    files = {kind: downloaded(agent, f"Panneau en {kind}", tmp_path) for kind in ("SVG", "PNG", "PDF")}
    certificate = downloaded(agent, "Certificat en PDF", tmp_path)

    assert {one.name.partition(".")[0] for one in files.values()} == {
        "panneau-ville-internet-2025-fleury-sur-orne"
    }
    read = [
        *scanned(on_screen(visit, files["SVG"])),
        *scanned(Image.open(files["PNG"])),
        *scanned(on_paper(files["PDF"], 0.5)),
        *scanned(on_paper(certificate, 2)),
    ]
    assert len(read) == 4
    assert len(set(read)) == 1
    see_as_a_stranger(visit, read[0])


def see_as_a_stranger(visit, address):
    """On a phone, without JavaScript, without an account."""
    stranger = visit(viewport={"width": 360, "height": 800}, java_script_enabled=False).page

    answer = stranger.goto(address)

    assert (answer.status, "set-cookie" in answer.headers) == (200, False)
    expect(stranger.locator("h1")).to_have_text("Fleury-sur-Orne")
    expect(stranger.locator(".lead")).to_contain_text("Ville Internet 2025")
    assert stranger.evaluate("document.documentElement.scrollWidth") == 360
    told = stranger.request.get(address, headers={"accept": "application/json"}).json()
    assert (told["collectivity"]["code"], told["year"]) == ("14271", 2025)


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])
def test_proof_is_accessible_and_as_wide_as_the_screen(visit, width, theme):
    page = visit(viewport={"width": width, "height": 800}, color_scheme=theme).page
    page.goto("/collectivites/14271-fleury-sur-orne/")

    page.get_by_role("link", name="Vérifier ce niveau").click()

    expect(page).to_have_url(re.compile(r"/verifier/[0-9a-f-]{36}/$"))
    found = Axe().run(page).response["violations"]
    assert {one["id"]: [node["html"][:200] for node in one["nodes"]] for one in found} == {}
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_copied_badge_shows_on_another_site(visit):
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    page = one.page
    page.goto("/collectivites/14271-fleury-sur-orne/kit/2025/")
    page.get_by_role("button", name="Copier le code du badge").click()
    expect(page.locator("[role=status]").first).to_have_text("Le code est copié.")
    code = page.evaluate("navigator.clipboard.readText()")

    page.set_content(f"<p>Bienvenue</p>{code}")

    badge = page.locator("img")
    expect(badge).to_have_attribute("alt", re.compile("^Fleury-sur-Orne, Ville Internet 2025"))
    assert badge.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
