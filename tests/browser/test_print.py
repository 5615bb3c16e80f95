"""Pages on paper, and pages without any style."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, Open
from tests.browser.test_pages import FOLDERS, too_pale
from tests.conftest import Built, essential

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOWN = """(selector) => [...document.querySelectorAll(selector)]
    .filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.cloneNode().outerHTML.slice(0, 120))"""


def sheets(page: Page) -> int:
    """How many pages of paper a page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_resolution_takes_two_sheets(shared: Open, site: Built, folder: str) -> None:
    tab = shared()
    resolutions = sorted(
        path.name for path in (site.folder / folder / "resolutions").iterdir() if path.is_dir()
    )
    assert "2-4" in resolutions
    taken = {slug: sheets(tab.open(f"{folder}resolutions/{slug}/")) for slug in resolutions}
    assert {slug: count for slug, count in taken.items() if count > 2} == {}
    assert sheets(tab.open(f"{folder}timeline/")) > 2, "sheets are not counted right"


@pytest.mark.parametrize("scheme", essential(["light", "dark"], "light"))
@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_printed(shared: Open, site: Built, folder: str, scheme: str) -> None:
    page = shared(DESK, scheme).open(f"{folder}resolutions/2-4/")
    page.emulate_media(media="print")
    try:
        for_screens = "header.md-header, nav, button, input, .rt-permalink, .md-sidebar, .rt-neighbours, details"
        assert page.evaluate(SHOWN, for_screens) == []
        assert f"{site.url}{folder}resolutions/2-4/" in page.inner_text("footer")
        assert "HSP/EB.2024/20" in page.inner_text("article")
        address = (
            "getComputedStyle(document.querySelector('article a[rel=external]'), '::after').content"
        )
        assert "undocs.org" in page.evaluate(
            "document.querySelector('article a[rel=external]').href"
        )
        assert "attr(href)" in page.evaluate(address) or "undocs.org" in page.evaluate(address)
        assert (
            page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        )
        assert too_pale(page, "article") == []
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("folder", FOLDERS)
def test_readable_with_styles_off(browser: Browser, served: str, folder: str) -> None:
    """The title, the state, the money and what comes next stand in this order near the top."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{served}{folder}resolutions/2-4/")
    names = ["h1", "#answer-state", "#answer-money", "#answer-next", "#paragraphs"]
    tops = [page.locator(name).bounding_box()["y"] for name in names]
    assert tops == sorted(tops), dict(zip(names, tops, strict=True))
    assert all(page.locator(name).is_visible() for name in names)
    assert tops[0] < 1000, "far below the top"
    large = page.eval_on_selector_all(
        "svg", "all => all.map(e => e.getBoundingClientRect().height).filter(h => h > 100)"
    )
    assert not large, f"pictures that fill the screen: {large}"
    context.close()
