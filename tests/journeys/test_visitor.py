"""What a visitor does, with a keyboard, with a mouse, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def test_fleury_sur_orne_is_found_by_keyboard_only(visit):
    page = visit().page
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("fleury sur orne")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/collectivites/\?"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Fleury-sur-Orne":
            break
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/collectivites/14271-fleury-sur-orne/$"))
    expect(page.locator("h1")).to_have_text("Fleury-sur-Orne")


@pytest.mark.parametrize("javascript", [True, False], ids=("javascript", "no javascript"))
def test_map_and_list_are_filtered_by_region_and_level(visit, javascript):
    page = visit(java_script_enabled=javascript).page
    page.goto("/palmares/2025/")

    page.get_by_label("Région", exact=True).select_option(label="Normandie")
    page.get_by_label("Niveau", exact=True).select_option(label="3 @")
    page.get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile(r"region=normandie"))
    expect(page).to_have_url(re.compile(r"niveau=3"))

    expect(page.get_by_role("status").first).to_contain_text("4\u00a0lauréats")
    names = page.locator("section.region .rows a").all_text_contents()
    assert [name.strip() for name in names] == [
        "CA Lisieux Normandie",
        "Doudeauville-en-Vexin",
        "Trévières",
        "Vernon",
    ]


def test_filter_stands_in_the_address(visit):
    page = visit().page

    page.goto("/palmares/2025/?region=corse")

    assert [name.strip() for name in page.locator("section.region .rows a").all_text_contents()] == [
        "CA de Bastia",
        "CA du Pays Ajaccien",
    ]
