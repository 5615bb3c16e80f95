"""Real links in a real browser: further and former addresses lead to the page, and to the passage on it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESK, PHONE, Open
from tests.conftest import REPO, SUB_PATH, Handler, essential, once, run_tracker

pytestmark = pytest.mark.browser


def in_view(page, anchor: str) -> bool:  # type: ignore[no-untyped-def]
    """Whether the passage is in the viewport, below the header."""
    return page.evaluate(
        """anchor => {
            const place = document.getElementById(anchor).getBoundingClientRect();
            const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
            return place.top >= header - 1 && place.top < innerHeight;
        }""",
        anchor,
    )


@pytest.mark.parametrize("folder", essential(["", "zh/"], "zh/"))
@pytest.mark.parametrize("alias", essential(["2/4/", "HSP/HA.2/Res.4/"], "2/4/"))
def test_an_alias_leads_to_the_passage(fresh: Open, folder: str, alias: str) -> None:
    for width in (PHONE, DESK):
        tab = fresh(width)
        page = tab.open(f"{folder}{alias}#op-2")
        page.wait_for_url(f"**/{folder}resolutions/2-4/#op-2")
        page.wait_for_function("document.readyState === 'complete'")
        assert in_view(page, "op-2")
        assert page.evaluate("document.querySelector('#op-2').matches(':target')")
        assert (
            page.evaluate("history.length") <= 2
        )  # the reader's way back does not lead through the alias


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_an_alias_needs_no_script(fresh: Open, folder: str) -> None:
    tab = fresh(DESK, scripts=False)
    tab.open(f"{folder}2/4/").wait_for_url(f"**/{folder}resolutions/2-4/")
    assert not tab.foreign


RETIRED = """\
retired:
  - address: 'resolutions/2-4/#a-workshop'
    to: 'resolutions/2-4/#op-2'
    since: 2025-03-01
  - address: 'resolutions/2-4/#a-rumour'
    was: A rumour
    reason: No source said so.
    since: 2025-03-01
  - address: resolutions/2-11/
    was: Resolution 2/11
    reason: It was entered by mistake.
    see: resolutions/2-10/
    since: 2025-03-01
  - {address: 2/11/, to: resolutions/2-11/, since: 2025-03-01}
  - {address: resolutions/2-4-b/, to: resolutions/2-4/, since: 2025-03-01}
"""
LOCKED = """\
/<lang>2/11/
/<lang>embed/2-11/
/<lang>resolutions/2-11/ op-1
/<lang>resolutions/2-11/eb-2024-2/
/<lang>resolutions/2-4-b/ op-2
/<lang>resolutions/2-4/ a-workshop a-rumour
/api/v1/resolutions/2-11.json
"""


@pytest.fixture(scope="module")
def given_up(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[str, Path]]:
    """The project's site with some addresses given up, served."""

    def make(folder: Path) -> None:
        project = folder.with_name("given-up-project")
        for name in ("data", "docs"):
            import shutil

            shutil.copytree(REPO / name, project / name)
        (project / "mkdocs.yml").write_bytes((REPO / "mkdocs.yml").read_bytes())
        (project / "data" / "retired.yml").write_text(RETIRED)
        with (project / "data" / "permalinks.lock").open("a") as lock:
            lock.write(LOCKED)
        run = run_tracker(
            "build",
            "--root",
            str(project),
            "--into",
            str(folder),
            SITE_URL=f"https://example.org{SUB_PATH}",
        )
        folder.with_suffix(".log").write_text(run.stdout + run.stderr)

    folder = once(tmp_path_factory, "given-up-site", make)
    assert (folder / "index.html").exists(), folder.with_suffix(".log").read_text()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}", folder
    server.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["", "zh/"])
def test_what_is_given_up_goes_on_answering(
    browser: Browser, given_up: tuple[str, Path], folder: str
) -> None:
    root, files = given_up
    page = browser.new_page()
    page.goto(f"{root}{folder}resolutions/2-4/#a-workshop")
    assert in_view(page, "op-2")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#op-2')).boxShadow") != "none"
    )  # highlighted
    page.goto(f"{root}{folder}resolutions/2-4/#a-rumour")
    assert in_view(page, "a-rumour") and "A rumour" in page.inner_text("#a-rumour")
    page.goto(f"{root}{folder}resolutions/2-4-b/#op-2")
    page.wait_for_url(f"**/{folder}resolutions/2-4/#op-2")
    page.goto(f"{root}{folder}2/11/")
    page.wait_for_url(f"**/{folder}resolutions/2-11/")
    assert "Resolution 2/11" in page.inner_text("h1")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex,follow"
    page.click("article a[href$='resolutions/2-10/']")
    page.wait_for_url(f"**/{folder}resolutions/2-10/")
    page.close()
    assert "2-11" not in (files / "sitemap.xml").read_text()
    assert (files / folder / "resolutions/2-11/eb-2024-2/index.html").exists()
