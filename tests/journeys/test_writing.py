"""A fiche is written and published in a real browser: by keyboard, without JavaScript, offline, signed out, while the server dies."""

import os
import re
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")


def sign_in(page, role="responsable"):
    """By the bar « démonstration »; answers the code of the collectivité."""
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile(f"Devenir {role}", re.IGNORECASE)).click()
    page.goto("/espace/")
    links = page.locator("a[href^='/espace/']").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return next(found[1] for link in links if (found := re.match(r"^/espace/(\w{5})/", link)))


@pytest.fixture
def writer(visit):
    def opened(**options):
        one = visit(**options)
        one.code = sign_in(one.page)
        return one

    return opened


def new_fiche(one):
    one.page.goto(f"/espace/{one.code}/fiches/nouvelle/")
    return one.page


def status(page):
    return page.locator("[data-status]")


def violations(page):
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in Axe().run(page).response["violations"]
    ]


def reopened(page):
    """What the site itself kept: the page opened again, with nothing left in this browser."""
    page.evaluate("localStorage.clear()")
    page.goto(page.url)
    return page


def test_a_fiche_is_written_and_published_by_keyboard(writer):
    page = new_fiche(writer())
    page.get_by_label("Titre", exact=True).focus()
    page.keyboard.type("Un bus numérique dans les hameaux")
    page.keyboard.press("Tab")
    page.keyboard.type("Une médiatrice va de hameau en hameau aider aux démarches.")
    page.keyboard.press("Tab")
    page.keyboard.type("Le dernier guichet a fermé.")

    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_role("link", name="Ajouter des images et des documents")).to_be_visible()
    assert violations(page) == []
    page.locator("#propositions input").first.focus()
    page.keyboard.press("Space")
    expect(status(page)).to_have_text(SAVED)
    publish = page.get_by_role("button", name="Publier", exact=True)
    publish.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/fiches/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Un bus numérique dans les hameaux")


def test_the_same_without_javascript(writer):
    one = writer(java_script_enabled=False)
    page = new_fiche(one)
    page.get_by_label("Titre", exact=True).fill("Des cours de tablette pour les aînés")
    page.get_by_label("En une phrase").fill("Un atelier chaque mardi, avec des lycéens.")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("2 choses à corriger")
    page.get_by_label("Le récit").fill("Les seniors apprennent la tablette.")
    page.get_by_role("button", name="Proposer des services").click()
    page.locator("#propositions input").first.check()
    page.get_by_role("button", name="Publier", exact=True).click()

    expect(page).to_have_url(re.compile(r"/fiches/[0-9a-f-]{36}/$"))
    one.complaints.clear()  # the 422, as the browser says it


def test_offline_keeps_the_text_and_online_sends_it(writer):
    one = writer()
    page = new_fiche(one)
    page.get_by_label("Titre", exact=True).fill("Le premier titre")
    expect(status(page)).to_have_text(SAVED)

    one.context.set_offline(True)
    page.get_by_label("Titre", exact=True).fill("Le titre écrit hors connexion")
    expect(status(page)).to_contain_text("Hors connexion")
    one.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED, timeout=20_000)

    expect(reopened(page).get_by_label("Titre", exact=True)).to_have_value("Le titre écrit hors connexion")
    one.complaints.clear()  # the browser's own words for a failed request


def test_a_text_typed_after_a_sign_out_elsewhere_is_kept_and_replayed(writer):
    one = writer()
    page = new_fiche(one)
    page.get_by_label("Titre", exact=True).fill("Avant la déconnexion")
    expect(status(page)).to_have_text(SAVED)
    other = one.context.new_page()
    other.goto("/espace/")
    other.get_by_role("button", name="Se déconnecter").first.click()

    page.get_by_label("Titre", exact=True).fill("Après la déconnexion")
    expect(status(page)).to_contain_text("plus connecté")
    address = page.url
    page.close()
    sign_in(other)
    other.goto(address)

    expect(other.get_by_label("Titre", exact=True)).to_have_value("Après la déconnexion")
    expect(status(other)).to_have_text(SAVED)
    expect(reopened(other).get_by_label("Titre", exact=True)).to_have_value("Après la déconnexion")
    one.complaints.clear()  # the 401, as the browser says it


def test_a_voluntary_sign_out_warns_then_erases(writer):
    one = writer()
    page = new_fiche(one)
    page.get_by_label("Titre", exact=True).fill("Avant")
    expect(status(page)).to_have_text(SAVED)
    one.context.set_offline(True)
    page.get_by_label("Titre", exact=True).fill("Jamais envoyé")
    expect(status(page)).to_contain_text("Hors connexion")
    page.get_by_role("button", name="Se déconnecter").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Jamais envoyé")
    one.context.set_offline(False)

    page.get_by_role("button", name="Se déconnecter et effacer").click()
    page.wait_for_url(re.compile(r"/(connexion/)?$"))

    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('atlaas:')).length") == 0
    one.complaints.clear()


def test_killing_the_web_server_while_typing_loses_nothing(writer, site):
    one = writer()
    page = new_fiche(one)
    title = page.get_by_label("Titre", exact=True)
    title.fill("Avant la panne")
    expect(status(page)).to_have_text(SAVED)

    title.press_sequentially(" et pendant")
    for pid in web_server(urlsplit(site).port):
        os.kill(pid, signal.SIGKILL)
    title.press_sequentially(" aussi")

    expect(status(page)).to_have_text(SAVED, timeout=60_000)
    expect(reopened(page).get_by_label("Titre", exact=True)).to_have_value("Avant la panne et pendant aussi")
    one.complaints.clear()


def web_server(port):
    """The processes of this site's gunicorn, the master first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "gunicorn" in words and f":{port}" in words:
            found.append(int(folder.name))
    return sorted(found)
