"""What only a browser shows, on every page, at both widths and in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Watched, artefact, serve, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = {
    "": "Overview",
    "partner_cities": "Partner cities",
    "city_profile": "City profile",
    "pilot_outcomes": "Pilot outcomes",
    "urban_growth": "Urban growth",
    "programme": "Programme",
    "methods_and_sources": "Methods and sources",
    "data_gaps": "Data gaps",
    "sdg_progress": "SDG progress",
}
SIZES = {"wide": (1280, 720), "narrow": (360, 780)}
PARTS = {
    "growth-time": "urban_growth?part=time",
    "growth-map": "urban_growth?part=map",
    "growth-drivers": "urban_growth?part=drivers",
    "growth-cities": "urban_growth?part=cities",
    "growth-revisions": "urban_growth?part=revisions",
    "owl-bus": "pilot_outcomes?pilot=ref-owlbus&part=anyway",
    "stages": "pilot_outcomes?part=stages",
    "events": "programme?part=events",
    "policies": "programme?part=policies",
    "city-sdg": "city_profile?city=male&part=goal",
    "city-peers": "city_profile?city=makassar&part=peers",
    "gaps-economies": "data_gaps?part=economies",
    "gaps-cities": "data_gaps?part=cities",
}


def whole_page_picture(page: Page, name: str) -> None:
    """Keep a picture of the whole scrolled page."""
    height = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid="stMain"]');
            return Math.ceil(main.scrollHeight);
        }"""
    )
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height))})
    page.screenshot(path=artefact(f"{name}.png"))
    page.set_viewport_size(size)


def assert_quiet(watch: Watched) -> None:
    assert watch.outside == []
    assert watch.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_draws_without_errors_or_outside_requests(
    browser: Browser, server: str, path: str, size: str, theme: str
) -> None:
    width, height = SIZES[size]
    with watched(browser, server, width=width, height=height, theme=theme) as watch:
        page = watch.open(path)
        assert page.locator("h1").first.inner_text() == PAGES[path]
        assert page.locator('[data-testid="stException"]').count() == 0
        assert "WebGL is not supported" not in page.locator("body").inner_text()
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, "the page scrolls sideways"
        whole_page_picture(page, f"{path or 'overview'}-{size}-{theme}")
        assert_quiet(watch)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_with_charts_draws(browser: Browser, server: str, part: str, theme: str) -> None:
    with watched(browser, server, theme=theme) as watch:
        page = watch.open(PARTS[part])
        assert page.locator('[data-testid="stPlotlyChart"] .main-svg').count() > 0
        whole_page_picture(page, f"{part}-{theme}")
        assert_quiet(watch)
    with watched(browser, server, width=360, height=780, theme=theme) as watch:
        page = watch.open(PARTS[part])
        whole_page_picture(page, f"{part}-narrow-{theme}")
        assert_quiet(watch)


@pytest.mark.parametrize("path", PAGES)
def test_the_first_request_after_a_start_may_be_a_deep_link(browser: Browser, path: str) -> None:
    with serve() as base, watched(browser, base) as watch:
        page = watch.open(path)
        assert page.locator("h1").first.inner_text() == PAGES[path]
        assert page.locator('[role="dialog"]').count() == 0
        assert page.get_by_role("link", name="Overview").count() > 0


def test_a_filter_in_the_link_is_what_the_page_shows(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("urban_growth?part=time&place=BGD,IND&measure=urban&revision=wdi2026-07")
        body = page.locator("body").inner_text()
        assert "Bangladesh" in body
        assert "WDI July 2026" in page.locator("h2").first.inner_text()
        assert "place=BGD%2CIND" in page.url


def test_what_a_link_gets_wrong_is_said_and_the_default_shown(
    browser: Browser, server: str
) -> None:
    with watched(browser, server) as watch:
        page = watch.open("urban_growth?part=map&year=1850&revision=wup1066&group=ATLANTIS")
        warning = page.locator('[data-testid="stAlert"]').first.inner_text()
        assert "1850" in warning
        assert "wup1066" in warning
        assert "ATLANTIS" in warning
        assert page.locator('[data-testid="stPlotlyChart"] .main-svg').count() > 0


def test_markup_in_a_link_is_shown_as_text(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("urban_growth?revision=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
        warning = page.locator('[data-testid="stAlert"]').first
        assert "<img src=x onerror=alert(1)>" in warning.inner_text()
        assert warning.locator("img").count() == 0


def test_the_partner_map_is_not_blank(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("partner_cities")
        canvas = page.locator('[data-testid="stDeckGlJsonChart"] canvas').first
        canvas.wait_for()
        # the map draws after the script has run: wait for colours, not for a time
        page.wait_for_function(
            """() => {
                const canvas = document.querySelector('[data-testid="stDeckGlJsonChart"] canvas');
                const copy = document.createElement('canvas');
                copy.width = 200; copy.height = 100;
                const brush = copy.getContext('2d');
                return new Promise(done => requestAnimationFrame(() => {
                    brush.drawImage(canvas, 0, 0, 200, 100);
                    const pixels = brush.getImageData(0, 0, 200, 100).data;
                    const colours = new Set();
                    for (let i = 0; i < pixels.length; i += 4)
                        colours.add(pixels[i] + ',' + pixels[i + 1] + ',' + pixels[i + 2]);
                    done(colours.size > 8);
                }));
            }""",
            timeout=60_000,
        )
        page.screenshot(path=artefact("partner-map.png"))
        assert_quiet(watch)


def test_the_choropleth_is_not_blank(browser: Browser, server: str) -> None:
    with watched(browser, server) as watch:
        page = watch.open("urban_growth?part=map&shape=map")
        page.wait_for_selector(".choroplethlayer path", state="attached")
        shapes = page.locator(".choroplethlayer path")
        assert shapes.count() >= 57
        fills = shapes.evaluate_all("paths => new Set(paths.map(p => p.getAttribute('fill'))).size")
        assert fills == 6, "one colour a class"
        assert_quiet(watch)


def test_the_chosen_filter_survives_a_change_of_page_and_a_reload(
    browser: Browser, server: str
) -> None:
    with watched(browser, server) as watch:
        page = watch.open("urban_growth?revision=wdi2026-07")
        page.get_by_role("link", name="Overview").click()
        page.wait_for_function("() => document.querySelector('h1')?.innerText === 'Overview'")
        watch.settled()
        page.wait_for_url("**revision=wdi2026-07**")
        page.reload()
        watch.settled()
        assert "revision=wdi2026-07" in page.url
        chosen = page.locator('[data-testid="stSidebar"] [data-testid="stSelectbox"]').nth(1)
        assert "WDI July 2026" in chosen.inner_html()
