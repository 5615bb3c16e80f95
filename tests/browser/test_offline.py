"""A reader keeps the site, and reads and searches it when no server answers any more."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.build import offline
from macros.build.project import write_all
from tests.browser.conftest import DESK, HEIGHTS
from tests.conftest import Built
from tests.host import Hosted, hosted

pytestmark = pytest.mark.browser

NAMES = "caches.keys()"
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
WHOLE = """async (version) => {
    const cache = await caches.keys().then((names) => names.find((name) => name.endsWith(version)));
    return cache && !!(await (await caches.open(cache)).match(new URL("offline.json", document.baseURI)));
}"""


@pytest.fixture
def host(site: Built, tmp_path: Path) -> Iterator[Hosted]:
    """A copy of the site, which a test may change."""
    shutil.copytree(site.folder, tmp_path / "site")
    with hosted(tmp_path / "site") as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHTS[DESK]})
    yield context.new_page()
    context.close()


def keep(page: Page, host: Hosted, folder: str = "") -> None:
    """Ask for the site to be kept, and wait until it is."""
    page.goto(f"{host.url}{folder}accessibility/")
    page.click("[data-keep]")
    page.wait_for_selector("[data-remove]:visible", timeout=60_000)


def until(page: Page, question: str, given: object = None) -> None:
    """Wait until the answer is yes. Playwright's own `wait_for_function` takes the promise of an answer for a yes."""
    end = time.monotonic() + 60
    while not page.evaluate(question, given):
        assert time.monotonic() < end, question
        page.wait_for_timeout(50)


def test_nothing_is_kept_unasked(page: Page, host: Hosted) -> None:
    page.goto(f"{host.url}accessibility/")
    page.wait_for_selector("[data-keep]:visible")
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate(NAMES) == []


@pytest.mark.parametrize(("folder", "query"), [("", "slum"), ("zh/", "贫民窟")])
def test_reading_and_searching_without_a_network(
    page: Page, host: Hosted, folder: str, query: str
) -> None:
    keep(page, host, folder)
    host.fall_silent()
    for address in (
        folder,
        f"{folder}resolutions/2-4/",
        f"{folder}resolutions/2-4/#op-2",
        "zh/timeline/",
        "funding/",
    ):
        page.goto(host.url + address)
        assert page.locator("h1").is_visible(), address
    page.goto(f"{host.url}{folder}search/?q={query}")
    page.wait_for_selector(f".tracker-search__result a[href*='{folder}resolutions/2-2/']")
    assert page.evaluate("document.styleSheets.length") > 0


def test_what_is_kept_is_renewed(page: Page, host: Hosted, tmp_path: Path) -> None:
    keep(page, host)
    folder = tmp_path / "site"
    changed = folder / "resolutions" / "2-4" / "index.html"
    changed.write_text(
        changed.read_text("utf-8").replace("</h1>", " (renewed)</h1>", 1), encoding="utf-8"
    )
    names = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    files = offline.files(
        {name: offline.kept(name, path.read_bytes(), ("zh/",)) for name, path in names.items()}
    )
    write_all(folder, files.items())
    version = files[offline.LIST].split('"version": "')[1].split('"')[0]
    page.goto(host.url)  # the present page at once, and then all that has changed
    whole = WHOLE.replace("document.baseURI", repr(host.url))
    until(page, f"(version) => ({whole})(version)", version)
    until(page, f"{NAMES}.then((names) => names.length === 1)")  # what was kept before goes last
    host.fall_silent()
    page.goto(f"{host.url}resolutions/2-4/")
    assert "(renewed)" in page.inner_text("h1")


def test_pages_come_from_the_network_as_long_as_it_answers(
    page: Page, host: Hosted, tmp_path: Path
) -> None:
    keep(page, host)
    file = tmp_path / "site" / "about" / "index.html"
    file.write_text(file.read_text("utf-8").replace("</h1>", " (new)</h1>", 1), encoding="utf-8")
    page.goto(f"{host.url}about/")
    assert "(new)" in page.inner_text("h1")


def test_removed_when_asked(page: Page, host: Hosted) -> None:
    keep(page, host)
    page.click("[data-remove]")
    page.wait_for_selector("[data-keep]:visible")
    assert page.evaluate(NAMES) == []
    assert page.evaluate(WORKERS) == 0


def test_a_site_without_the_list_ends_it(page: Page, host: Hosted, tmp_path: Path) -> None:
    """So do a preview at the same address, and a host that wants to be rid of it."""
    keep(page, host)
    (tmp_path / "site" / offline.LIST).unlink()
    page.goto(host.url)
    until(page, f"{NAMES}.then((names) => names.length === 0)")
    page.goto(f"{host.url}about/")
    assert page.evaluate(WORKERS) == 0
    assert page.locator("h1").is_visible()
