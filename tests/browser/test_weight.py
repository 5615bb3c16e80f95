"""What a first load costs: bytes over the line, and whether anything moves while it arrives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESK, HEIGHTS, PHONE
from tests.conftest import Built, essential
from tests.host import hosted
from tests.weight import PAGES, first_load

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIMIT = 200 * 1024
HTML_LIMIT = 60 * 1024

SEEN = 0.001
"""A shift that anybody could see (browsers call 0.1 good): the columns of a long table settle by less while it arrives."""

SHIFTS = """() => new Promise((done) => {
    const found = [];
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) {
            const moved = shift.sources.map(({ node }) => (node?.cloneNode?.().outerHTML ?? node?.data ?? "?").slice(0, 120));
            found.push(`${shift.value}: ${moved.join(" ")}`);
        }
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(found), 0)));
})"""


@pytest.fixture(scope="module")
def host(site: Built) -> Iterator[str]:
    """The built site as a host serves it."""
    with hosted(site.folder) as served:
        yield served


@pytest.mark.parametrize("folder", essential(["", "zh/"], ""))
@pytest.mark.parametrize("address", essential(PAGES, "", "resolutions/", "resolutions/2-4/"))
def test_first_load_is_light(browser: Browser, host: str, address: str, folder: str) -> None:
    loads = first_load(browser, host + folder + address)
    total = sum(size for size, _ in loads.values())
    assert total <= LIMIT, f"/{folder}{address}: {total} bytes: {loads}"


def test_html_of_every_resolution_is_small(site: Built) -> None:
    pages = [
        page
        for page in site.pages()
        if "resolutions" in page.parts and page.parent.name != "resolutions"
    ]
    assert len(pages) > 20
    sizes = {page.relative_to(site.folder).as_posix(): page.stat().st_size for page in pages}
    assert not {page: size for page, size in sizes.items() if size > HTML_LIMIT}


@pytest.mark.parametrize("width", essential([PHONE, DESK], PHONE))
@pytest.mark.parametrize("folder", essential(["", "zh/"], ""))
@pytest.mark.parametrize(
    "address",
    essential(
        ["", "resolutions/2-4/", "resolutions/", "funding/", "timeline/"],
        *("resolutions/2-4/", "resolutions/"),
    ),
)
def test_nothing_moves(browser: Browser, host: str, address: str, folder: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]})
    page = context.new_page()
    page.goto(host + folder + address, wait_until="networkidle")
    shifts = [shift for shift in page.evaluate(SHIFTS) if float(shift.partition(":")[0]) >= SEEN]
    context.close()
    assert not shifts, f"/{folder}{address}, {width} px:\n" + "\n".join(shifts)
