"""Home on a phone, and pictures as a browser draws them: sharp in the reader's own colours, never wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, HEIGHTS, PHONE, Open
from tests.conftest import essential

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOLDERS = essential(["", "zh/"], "")
PICTURED = essential(["", "resolutions/", "sessions/2/", "funding/", "timeline/"], "", "funding/")

ENDS = "(e) => e.getBoundingClientRect().bottom"

SEEN = """() => [...document.querySelectorAll("svg.rt-picture")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect(), problems = [];
    if (frame.width < 100 || frame.height < 10) problems.push(`${svg.id} is ${frame.width} × ${frame.height}`);
    for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize);
        if (!box.width) continue;
        if (size < 9.5) problems.push(`${text.textContent} is written in ${size} px`);
        if (box.left < frame.left - 2 || box.right > frame.right + 2) problems.push(`${text.textContent} sticks out`);
    }
    return problems;
})"""
"""What cannot be read in the pictures of a page."""

COVERED = """() => [...document.querySelectorAll("svg.rt-picture")].flatMap((svg) => {
    const boxes = [...svg.querySelectorAll("text")].map((t) => [t.textContent, t.getBoundingClientRect()]).filter(([, b]) => b.width);
    return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
        .filter(([, q]) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 3 && q.top < p.bottom - 3)
        .map(([b]) => `${a} over ${b}`));
})"""
"""Words of pictures that stand over each other."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_search_and_sessions_are_in_reach_without_scrolling(shared: Open, folder: str) -> None:
    page = shared(PHONE).open(folder)
    for what in (
        "#home-search",
        "form[data-tracker-search=home] button",
        ".rt-jump a[href='sessions/1/']",
        ".rt-jump a[href='sessions/2/']",
        ".rt-jump a[href='resolutions/']",
    ):
        found = page.locator(what)
        assert found.is_visible()
        assert found.evaluate(ENDS) <= HEIGHTS[PHONE], f"/{folder}: {what} is below the fold"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("address", PICTURED)
def test_pictures_can_be_read(shared: Open, address: str, folder: str, width: int) -> None:
    page = shared(width).open(folder + address)
    assert page.locator("svg.rt-picture").count() > 0
    assert page.evaluate(SEEN) == []
    assert page.evaluate(COVERED) == []


@pytest.mark.parametrize("address", PICTURED)
def test_opened_tables_fit_a_phone(shared: Open, address: str) -> None:
    page = shared(PHONE).open(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("address", ["", "timeline/"])
def test_cells_and_summaries_are_large_enough_to_press(shared: Open, address: str) -> None:
    page = shared(PHONE).open(address)
    sizes = page.locator(".rt-strip__cell, details.rt-same > summary").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).map((b) => Math.min(b.width, b.height))"
    )
    assert sizes and min(sizes) >= 24


COLOURS = """() => {
    const mixed = new Set();
    for (const shape of document.querySelectorAll("svg.rt-picture :is(rect, path, circle, line), svg.rt-spark *, svg.rt-glyph *")) {
        const style = getComputedStyle(shape);
        mixed.add(style.stroke).add(style.fill);
    }
    const known = new Set(["none"]), probe = document.body.appendChild(document.createElement("i"));
    probe.style.forcedColorAdjust = "none";
    for (const name of ["Canvas", "CanvasText", "LinkText", "VisitedText", "GrayText", "Highlight", "ButtonText"]) {
        probe.style.color = name;
        known.add(getComputedStyle(probe).color);
    }
    return [...mixed].filter((colour) => !known.has(colour));
}"""
"""Colours in pictures that are none of the reader's own."""


@pytest.fixture(scope="module")
def forced(browser: Browser, served: str):  # type: ignore[no-untyped-def]
    """A page in forced colours."""
    context = browser.new_context(
        forced_colors="active", viewport={"width": PHONE, "height": HEIGHTS[PHONE]}
    )
    page = context.new_page()

    def go(address: str) -> Page:
        page.goto(served + address, wait_until="load")
        return page

    yield go
    context.close()


@pytest.mark.parametrize("address", PICTURED)
def test_forced_colours_show_shapes(forced, address: str) -> None:  # type: ignore[no-untyped-def]
    page = forced(address)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(COLOURS) == []
    unseen = page.evaluate(
        """() => [...document.querySelectorAll("svg.rt-picture rect, svg.rt-picture use")]
            .filter((e) => getComputedStyle(e).stroke === "none" && getComputedStyle(e).fill === getComputedStyle(document.body).backgroundColor)
            .map((e) => e.outerHTML)"""
    )
    assert unseen == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_home_needs_no_scripts(shared: Open, folder: str) -> None:
    page = shared(PHONE, "light", False).open(folder)
    assert page.locator("svg.rt-picture").first.is_visible()
    page.locator("details.rt-same > summary").first.click()
    assert page.locator("details.rt-same table").first.is_visible()


# Chinese typography


@pytest.mark.parametrize("address", [*PICTURED, "resolutions/2-4/"])
def test_nothing_is_slanted_in_chinese(shared: Open, address: str) -> None:
    page = shared(PHONE).open(f"zh/{address}")
    slanted = page.evaluate(
        """() => [...document.querySelectorAll("article *")]
            .filter((e) => getComputedStyle(e).fontStyle !== "normal").map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert slanted == []


BROKEN = """() => {
    const found = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.closest(".rt-amounts, .rt-event__when, .rt-strip__title, .rt-asof")) continue;
        for (const match of node.data.matchAll(/[0-9](?=[年月日万亿]|美元)/g)) {
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + 2);
            const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
            if (lines.size > 1) found.push(node.data);
        }
    }
    return found;
}"""
"""Figures that stand on another line than their unit."""


@pytest.mark.parametrize("address", ["", "funding/", "timeline/", "resolutions/2-1/"])
def test_figures_stay_with_their_units(shared: Open, address: str) -> None:
    assert shared(PHONE).open(f"zh/{address}").evaluate(BROKEN) == []
