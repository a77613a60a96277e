"""Every part of the house in a browser: accessible in all shapes, menus by keyboard, nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe
from tests.journeys.conftest import Opens

SHAPES = [(320, "light"), (320, "dark"), (768, "light"), (1440, "light"), (1440, "dark")]
PAGES = ["/parts/", "/help/", "/privacy/", "/toegankelijkheid/", "/nergens/"]


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_parts_and_pages_of_the_house_are_accessible_and_never_scroll_sideways(
    open_page: Opens, width: int, scheme: str
) -> None:
    for locale in ("nl-NL", "en-GB"):
        page = open_page(locale=locale, viewport={"width": width, "height": 800}, color_scheme=scheme)
        for path in PAGES:
            page.goto(path)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} at {width}"


def test_parts_fit_with_text_twice_as_large(page: Page) -> None:
    page.goto("/parts/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_high_contrast_is_accessible(open_page: Opens) -> None:
    page = open_page(forced_colors="active")
    page.goto("/parts/")
    axe(page)


def test_the_menu_opens_and_closes_by_keyboard(open_page: Opens) -> None:
    page = open_page(viewport={"width": 390, "height": 800})
    page.goto("/help/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    summary = page.locator(".lk-menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lk-menu")).to_have_attribute("open", "")
    axe(page)
    page.keyboard.press("Escape")
    expect(page.locator(".lk-menu")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_language_and_theme_are_chosen_without_script(open_page: Opens) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/help/")
    page.locator(".lk-me").get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is how Leerkring works")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_draft_outlives_a_reload(page: Page) -> None:
    page.goto("/parts/")
    wording = page.locator("#right_wording")
    wording.fill("Hoe krijgen we inkoop eerder aan tafel?")
    expect(page.get_by_text("Bewaard op dit apparaat.")).to_be_visible()
    page.reload()
    expect(wording).to_have_value("Hoe krijgen we inkoop eerder aan tafel?")
    page.get_by_role("button", name="Begin opnieuw").click()
    expect(wording).to_have_value("")


def test_one_of_two_texts_is_taken_over(page: Page) -> None:
    page.goto("/parts/")
    page.get_by_role("button", name="Neem deze tekst").first.click()
    expect(page.locator("#right_wording")).to_have_value("Hoe wordt circulair werken iets van het team?")
