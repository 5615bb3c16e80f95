"""axe-core, an accessibility checker, on every kind of page in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import test_pages
from tests.browser.conftest import DESK, PHONE, Open
from tests.conftest import Built
from tests.peers.conftest import Tell

pytestmark = pytest.mark.peers

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [*test_pages.PAGES, "search/?q=2/4", "search/?q=qwertzuiop", "404.html", "embed/2-4/", "2/4/"]
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


def stay(page: Page, built: Built, address: str) -> None:
    """Let an alias be looked at: what it leads to has nothing to say, with which a browser stays where it is."""
    target = re.search(r'url=([^"]+)"', built.read(address))
    assert target, f"/{address} leads nowhere"
    page.route(f"**/{target[1].rpartition('../')[2]}", lambda route: route.fulfill(status=204))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(
    shared: Open, site: Built, tell: Tell, address: str, folder: str, width: int, scheme: str
) -> None:
    assert AXE.is_file(), "axe-core is needed: run make test-peers"
    tab = shared(width, scheme)
    if address == PAGES[-1]:
        stay(tab.page, site, folder + address)
    page = tab.open(folder + address)
    if "?q=" in address:
        page.wait_for_function(SETTLED)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN, TAGS)
    page.unroute_all()
    where = f"/{folder}{address}"
    assert found["passes"] > 5, f"{where}: axe looked at next to nothing"
    counts = f"{len(found['violations'])} found", f"{found['passes']} rules passed"
    tell("axe-core", where, f"{width} px", scheme, *counts, "undecided: " + (", ".join(found["incomplete"]) or "none"))
    assert not found["violations"], f"{where}, {width} px, {scheme}:\n" + "\n".join(found["violations"])
