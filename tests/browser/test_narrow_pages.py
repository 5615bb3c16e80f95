"""A list that is split into pages: narrowed from its file of rows, it leads to pages that are narrowed alike."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.corpus import Organ
from macros.corpus.corpus import Corpus
from macros.corpus.loading import load
from macros.pages import filters as narrowing
from macros.pages import pagination as paging
from macros.pages import registry as pages
from macros.queries import facets
from macros.render.view import View
from tests.conftest import REPO, Handler
from tests.organ import TODAY

pytestmark = pytest.mark.browser

ASSETS = REPO / "macros/theme/assets/tracker"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load({name: text.encode() for name, text in Organ(130).files()}).corpora["en"]


@pytest.fixture(scope="module")
def address(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The lists of an organ, bare of the theme, at an address."""
    folder, view = tmp_path_factory.mktemp("lists"), View(corpus, TODAY)
    shutil.copytree(ASSETS, folder / "assets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "LIMIT", paging.AROUND + 100_000)
        patch.setattr(narrowing.Listing, "ALL", 200)  # so that a timeline is read facet by facet
        for page in pages.pages(view):
            if page.slug is None and page.path.startswith(
                ("resolutions/", "sessions/", "timeline/")
            ):
                _write(folder / page.path, view.at("../" * page.path.count("/")), page)
        for path, text in narrowing.files(view):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/tracker/"
    server.shutdown()


def _write(folder: Path, view: View, page: pages.Page) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en" class="js"><meta charset="utf-8"><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{view.base}assets/narrow.css"><main class="md-typeset">{page.body(view)}</main>'
        f'<script type="module" src="{view.base}assets/narrow.js"></script></html>',
        encoding="utf-8",
    )


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_narrowing_counts_on_each_page_and_leads_there(
    tab: Page, address: str, corpus: Corpus
) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}resolutions/")
    tab.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/rows/" in url], "nothing is read before somebody narrows"
    tab.click("summary:has-text('State')")
    tab.check("details[open] input[value=done]")
    tab.wait_for_function(
        "document.querySelector('.rt-narrow__status').textContent.includes(' of ')"
    )
    done = [
        s
        for s, r in corpus.resolutions.items()
        if "done" in facets.of_resolution(corpus, r)["state"]
    ]
    assert (
        tab.inner_text(".rt-narrow__status")
        == f"{len(done)} of {len(corpus.resolutions)} resolutions"
    )
    parts = tab.locator("[data-part]:visible")
    counts = [int(text) for text in parts.locator(".rt-quiet").all_inner_texts()]
    assert sum(counts) == len(done) and all(counts)
    tab.keyboard.press("Escape")  # the menu lies over the list
    parts.first.locator("a").click()
    tab.wait_for_url("**/sessions/*/?state=done")
    assert tab.locator("tr[data-traits]:visible").count() == counts[0]


def test_an_address_narrows_the_pages_of_the_timeline(
    tab: Page, address: str, corpus: Corpus
) -> None:
    tab.goto(f"{address}timeline/?event=workshop")
    tab.wait_for_function(
        "document.querySelector('.rt-narrow__status').textContent.includes(' of ')"
    )
    workshops = sum(
        event.kind == "workshop" for r in corpus.resolutions.values() for event in r.events
    )
    counts = tab.locator("[data-part]:visible .rt-quiet").all_inner_texts()
    assert sum(map(int, counts)) == workshops
    tab.click(".rt-narrow__reset")
    counts = tab.locator("[data-part]:visible .rt-quiet").all_inner_texts()
    assert sum(map(int, counts)) == sum(len(r.events) for r in corpus.resolutions.values())


def test_of_a_long_list_only_what_is_chosen_is_read(
    tab: Page, address: str, corpus: Corpus
) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}timeline/?event=workshop")
    tab.wait_for_function(
        "document.querySelector('.rt-narrow__status').textContent.includes(' of ')"
    )
    assert [url.rsplit("/", 1)[1] for url in asked if "/rows/" in url] == ["event.json"]
    theme = tab.locator("input[name=theme]").first
    count = theme.locator("xpath=..").locator(".rt-quiet")
    assert count.text_content() == "", "how many there would be is not known yet"
    tab.click("summary:has-text('Theme')")
    theme.check()
    tab.wait_for_function("document.querySelectorAll('.rt-narrow__chip').length === 2")
    assert [url.rsplit("/", 1)[1] for url in asked if "/rows/" in url] == [
        "event.json",
        "theme.json",
    ]
    value = theme.get_attribute("value")
    found = sum(
        event.kind == "workshop"
        for r in corpus.resolutions.values()
        if value in r.themes
        for event in r.events
    )
    counts = tab.locator("[data-part]:visible .rt-quiet").all_inner_texts()
    assert sum(map(int, counts)) == found > 0
    assert int(count.text_content()) == found
    tab.keyboard.press("Escape")
    tab.click(".rt-narrow__reset")
    tab.wait_for_function(
        "!document.querySelector('.rt-narrow__status').textContent.includes(' of ')"
    )
    assert sum(map(int, tab.locator("[data-part]:visible .rt-quiet").all_inner_texts())) == sum(
        len(r.events) for r in corpus.resolutions.values()
    )
    assert (
        int(
            tab.locator("input[name=state]")
            .first.locator("xpath=..")
            .locator(".rt-quiet")
            .text_content()
        )
        > 0
    )


def test_a_facet_that_cannot_be_read_is_told_and_read_again(tab: Page, address: str) -> None:
    tab.route("**/rows/theme.json", lambda route: route.abort())
    tab.goto(f"{address}timeline/?event=workshop")
    tab.wait_for_function(
        "document.querySelector('.rt-narrow__status').textContent.includes(' of ')"
    )
    tab.click("summary:has-text('Theme')")
    theme = tab.locator("input[name=theme]").first
    error = tab.evaluate("JSON.parse(document.querySelector('form').dataset.narrow).error")
    theme.check()
    tab.wait_for_function(
        "error => document.querySelector('.rt-narrow__status').textContent === error", arg=error
    )
    tab.unroute("**/rows/theme.json")
    theme.uncheck()
    theme.check()
    tab.wait_for_function("document.querySelectorAll('.rt-narrow__chip').length === 2")
