"""From a red mark to value, year, source, method and formula in at most two clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import watched
from tests.browser.test_pages import assert_quiet, whole_page_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PARTS = ("goals", "indicators", "cell", "distance", "cities")
DIALOG = '[role="dialog"]'


def click_mark(page: Page, named: str) -> None:
    """Click the first mark of a rating or status in the page's matrix."""
    page.wait_for_selector(".scatterlayer .trace .point", state="attached")
    place = page.evaluate(
        "name => document.querySelector('.js-plotly-plot').data.findIndex(t => t.name === name)",
        named,
    )
    assert place >= 0, f"no mark of {named}"
    point: Locator = page.locator(".scatterlayer .trace").nth(place).locator(".point").first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def opened_text(page: Page, expected: str) -> str:
    page.wait_for_selector(DIALOG)
    page.wait_for_function(
        "text => document.querySelector('[role=\"dialog\"]')?.innerText.includes(text)",
        arg=expected,
    )
    return page.locator(DIALOG).inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_one_click_on_a_red_goal_shows_its_evidence(
    browser: Browser, server: str, width: int
) -> None:
    with watched(browser, server, width=width, height=780) as watch:
        page = watch.open("sdg_progress?part=goals&group=SSWA")
        click_mark(page, "Red")
        text = opened_text(page, "Formula.")
        assert "Red, score" in text
        for column in ("VALUE", "YEAR", "SOURCE", "RATING"):
            assert column in text.upper()
        assert "(2019)" in text, "the source of each value"
        assert "Sustainable Development Report 2019" in text
        assert "100 × (value − worst) ÷ (best − worst)" in text
        page.keyboard.press("Escape")
        page.wait_for_selector(DIALOG, state="detached")
        watch.settled()
        page.wait_for_function("() => !location.search.includes('economy=IDN')")
        assert_quiet(watch)


def test_one_click_on_a_falling_indicator_shows_its_evidence(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("sdg_progress?part=indicators&group=SEA")
        click_mark(page, "Deterioration")
        text = opened_text(page, "Current status index, after ESCAP.")
        for expected in (
            "Deterioration",
            "Statistics Canada",
            "UNSD Progress Chart",
            "SDG Global Database, harvest of 17 December 2023",
            "(latest ÷ base)^(1 ÷ years) − 1",
            "Latest value: 20",
        ):
            assert expected in text
        assert page.locator(f"{DIALOG} .main-svg").count() > 0
        assert_quiet(watch)


def test_the_same_mark_opens_again_after_it_was_closed(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("sdg_progress?part=goals&group=SSWA")
        for _time in range(2):
            click_mark(page, "Red")
            opened_text(page, "Formula.")
            page.keyboard.press("Escape")
            page.wait_for_selector(DIALOG, state="detached")
            watch.settled()
        assert_quiet(watch)


def test_the_same_evidence_is_reached_without_a_mouse(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("sdg_progress?part=goals&group=SSWA")
        box = page.get_by_role("combobox", name="Economy")
        box.focus()
        box.press("ArrowDown")
        box.press_sequentially("Nepal")
        box.press("Enter")
        page.wait_for_function(
            "() => [...document.querySelectorAll('h2')].some(h => h.innerText.startsWith('Nepal'))"
        )
        body = page.locator("body").inner_text()
        assert "Nepal, goal 11 Cities" in body
        assert "(value − worst) ÷ (best − worst)" in body
        assert_quiet(watch)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_draws(browser: Browser, server: str, part: str, theme: str) -> None:
    for width, name in ((1280, "wide"), (360, "narrow")):
        with watched(browser, server, width=width, height=780, theme=theme) as watch:
            page = watch.open(f"sdg_progress?part={part}")
            assert page.locator('[data-testid="stPlotlyChart"] .main-svg').count() > 0
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, "the page scrolls sideways"
            whole_page_picture(page, f"sdg_progress-{part}-{name}-{theme}")
            assert_quiet(watch)
