"""axe-core, an accessibility checker, on every kind of page in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import test_pages
from tests.browser.conftest import DESK, PHONE, Open
from tests.peers.conftest import Tell

pytestmark = pytest.mark.peers

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    *test_pages.PAGES,
    "search/?q=2/4",
    "search/?q=qwertzuiop",
    "404.html",
    "embed/2-4/",
    "2/4/",
]
"""One page of every kind; the last is an alias."""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """async (tags) => {
    const got = await axe.run(document, { runOnly: tags, resultTypes: ["violations", "incomplete"] });
    return {
        passes: got.passes.length,
        incomplete: got.incomplete.map((rule) => `${rule.id} (${rule.nodes.length})`),
        violations: got.violations.map((rule) =>
            [`${rule.id}: ${rule.help}`, ...rule.nodes.slice(0, 5).map((node) => node.html.slice(0, 200))].join("\\n    ")
        ),
    };
}"""

SETTLED = """() => {
    const said = document.querySelector(".tracker-search__status").textContent;
    return said && said !== JSON.parse(document.querySelector("[data-tracker-search=page]").dataset.strings).searching;
}"""


def stay(page: Page) -> None:
    """Let an alias be looked at: the script that leads on does nothing."""
    page.route(
        "**/redirect.js", lambda route: route.fulfill(content_type="text/javascript", body="")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(
    shared: Open, tell: Tell, address: str, folder: str, width: int, scheme: str
) -> None:
    assert AXE.is_file(), "axe-core is needed: run make test-all"
    tab = shared(width, scheme)
    if address == PAGES[-1]:
        stay(tab.page)
    page = tab.open(folder + address)
    if "?q=" in address:
        page.wait_for_function(SETTLED)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN, TAGS)
    page.unroute_all()
    where = f"/{folder}{address}"
    assert found["passes"] > 5, f"{where}: axe looked at next to nothing"
    counts = f"{len(found['violations'])} found", f"{found['passes']} rules passed"
    tell(
        "axe-core",
        where,
        f"{width} px",
        scheme,
        *counts,
        "undecided: " + (", ".join(found["incomplete"]) or "none"),
    )
    assert not found["violations"], f"{where}, {width} px, {scheme}:\n" + "\n".join(
        found["violations"]
    )
