"""On phones the rows of tables are stacked: the label of a cell stands beside its value, never under it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.conftest import essential

pytestmark = pytest.mark.browser

LANGUAGES = {"en": "", "zh": "zh/"}
PAGES = ("funding/", "resolutions/2-4/", "resolutions/2-7/")

OVERPRINTED = """() => {
    const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const rects = node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()];
    };
    // A pseudo-element has no box to ask for, so each label is made an element with the same style.
    const label = cell => {
        const style = getComputedStyle(cell, "::before");
        const made = document.createElement("span");
        for (const name of style) made.style.setProperty(name, style.getPropertyValue(name));
        made.style.blockSize = made.style.height = "auto";
        made.textContent = cell.dataset.label;
        return made;
    };
    const cells = [...document.querySelectorAll("[data-label]")].filter(cell => cell.checkVisibility()
        && !["", "none", "normal"].includes(getComputedStyle(cell, "::before").content));
    const style = document.createElement("style");
    style.textContent = "[data-label]::before { content: none !important; }";
    const labels = cells.map(label);
    document.head.append(style);
    cells.forEach((cell, index) => cell.prepend(labels[index]));
    const boxes = labels.map(rects);
    const after = cells.map(cell => [...cell.childNodes].slice(1).flatMap(rects));
    const rows = Map.groupBy(cells.keys(), index => cells[index].parentNode);
    const bad = cells.filter((cell, index) => boxes[index].some(box =>
        box.left < cell.getBoundingClientRect().left - 1
        || rows.get(cell.parentNode).some(at => [...after[at], ...(at === index ? [] : boxes[at])]
            .some(other => overlap(box, other)))));
    return {labels: cells.length, bad: bad.map(cell => cell.textContent.trim())};
}"""


@pytest.mark.parametrize("width", essential([360, 390], 360))
@pytest.mark.parametrize("language", essential(LANGUAGES, "en"))
def test_labels_of_stacked_cells_are_inside_them_and_not_overprinted(
    browser: Browser, served: str, language: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{served}{LANGUAGES[language]}{path}", wait_until="load")
        result = page.evaluate(OVERPRINTED)
        assert result["labels"], f"{path} has no stacked table"
        assert not result["bad"], path
    page.close()
