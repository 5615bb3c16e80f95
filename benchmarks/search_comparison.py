"""This site's search beside Material for MkDocs' own, on the same words and in the same browser; prints tables.

    python -m benchmarks.search_comparison                     # the content of this project
    python -m benchmarks.search_comparison --resolutions 1500  # an invented organ

Both index one page per entry, with its title and words. Material's search is set up as its documentation says for the
language. Bytes are what a server that compresses would send for search alone, from opening the page until the first
result of the first query is shown, and until all that is known of it is; milliseconds run from typing the first query, as
soon as the page is there, to its first result, and for a second query likewise.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright
from playwright.sync_api import TimeoutError as Slow

from benchmarks import corpus
from benchmarks.indexing import entries
from macros.build.project import Site
from macros.render.view import View
from macros.search import documents as search
from macros.search.documents import SearchEntry

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "macros/theme/assets/tracker"
REAL = {
    "en": [
        "slum",
        "housing",
        "Tromsø",
        "Tromso",
        "HSP/EB.2024/17",
        "HSP/HA.2/Res.4",
        "2/4",
        "biodiversty",
        "adequate housing",
    ],
    "zh": [
        "住房",
        "贫民窟",
        "适足住房",
        "特罗姆瑟",
        "HSP/EB.2024/17",
        "第2/4号决议",
        "2/4",
        "生物多样性",
    ],
}
INVENTED = {
    "en": [
        "slums",
        "housing",
        "{accented}",
        "{plain}",
        "CR/INF/17",
        "CR/1/RES/7",
        "1/7",
        "sanitaton",
        "adequate housing",
    ],
    "zh": ["住房", "贫民窟", "适足住房", "CR/INF/17", "第1/7号决议", "1/7", "生物多样性"],
}
PATIENCE = 10_000


@dataclass(frozen=True)
class Engine:
    """How a reader searches with one engine: where to type, where results are, and where their number is said."""

    name: str
    field: str
    result: str
    count: str
    cost: str
    """What in an address marks a file that is there for search alone."""


OURS = Engine("Pagefind", "header input[name=q]", ".tracker-search__option:not(.tracker-search__all, .tracker-search__other)",
              ".tracker-search__live", "/pagefind/")  # fmt: skip
MATERIALS = Engine(
    "Material", ".md-search__input", ".md-search-result__item", ".md-search-result__meta", "search"
)


@dataclass(frozen=True)
class Found:
    """What came of one query."""

    number: int
    first: str
    milliseconds: float
    answers: int
    """The answers of the server that had come, or begun to, when its first result was shown."""


def build_ours(view: View, found: list[SearchEntry], folder: Path) -> None:
    """A page with the field of the header, and the index that it uses."""
    shutil.copytree(ASSETS, folder / "assets")
    search.write_index(found, view.locale.pagefind, folder)
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="{view.locale.html_lang}"><meta charset="utf-8"><link rel="icon" href="data:,"><header>'
        f'<form action="search/" data-tracker-search="header" data-base="./" data-strings="{html.escape(view.search_strings())}">'
        '<input type="search" name="q"></form></header><script type="module" src="assets/search.js"></script></html>',
        encoding="utf-8",
    )


def build_materials(view: View, found: list[SearchEntry], folder: Path) -> None:
    """The same words as Markdown, built by MkDocs with Material and its search."""
    with tempfile.TemporaryDirectory() as name:
        docs = Path(name, "docs")
        for entry in found:
            file = docs / (entry.url.rstrip("/") or "index") / "page.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            words = " ".join([entry.body, *entry.lookups])
            file.write_text(
                f"# {html.escape(entry.title)}\n\n<p>{html.escape(words)}</p>\n", encoding="utf-8"
            )
        (docs / "index.md").write_text("# Start\n", encoding="utf-8")
        theme = {"name": "material", "font": False, "language": view.locale.material}
        settings = {
            "site_name": "Search",
            "docs_dir": str(docs),
            "site_dir": str(folder),
            "theme": theme,
        }
        settings |= {
            "plugins": [{"search": {"lang": view.locale.pagefind}}],
            "nav": [{"Start": "index.md"}],
        }
        settings["validation"] = {"omitted_files": "ignore"}
        Path(name, "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--quiet",
            "--config-file",
            str(Path(name, "mkdocs.yml")),
        ]
        subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def ask(
    page: Page, engine: Engine, query: str, responses: Sequence[Response] = (), delay: int = 0
) -> Found:
    """Ask for a query and wait for its results, or for the engine to say that there are none.

    In: what has come so far; milliseconds from one letter to the next, after the last of which the time begins, or none if
    all is put in at once.
    """
    said = page.locator(engine.count).first
    page.evaluate(
        """([field, result]) => document.querySelector(field).addEventListener("input", () => {
            for (const old of document.querySelectorAll(result)) old.setAttribute("data-before", "");
        }, true)""",
        [engine.field, engine.result],
    )
    if delay:
        page.locator(engine.field).press_sequentially(query[:-1], delay=delay)
    before = said.text_content()
    start = time.perf_counter()
    if delay:
        page.keyboard.insert_text(query[-1])
    else:
        page.fill(engine.field, query)
        page.press(engine.field, "End")  # Material's search listens to keys
    try:
        page.wait_for_function(
            """([engine, before]) => document.querySelector(`${engine.result}:not([data-before])`)
               || !["", before, "Searching…", "正在搜索……"].includes(document.querySelector(engine.count)?.textContent.trim())""",
            arg=[{"result": engine.result, "count": engine.count}, (before or "").strip()],
            timeout=PATIENCE,
            polling=5,
        )
    except Slow:
        return Found(0, "", PATIENCE, len(responses))
    spent, answers = (time.perf_counter() - start) * 1000, len(responses)
    page.wait_for_timeout(400)  # for the number to be said
    first = page.locator(engine.result).first
    title = (
        first.locator("h1, h2, .tracker-search__title").first.inner_text() if first.count() else ""
    )
    digits = "".join(character for character in said.inner_text() if character.isdigit())
    one = 1 if first.count() else 0
    return Found(int(digits) if digits and first.count() else one, title.strip(), spent, answers)


def cost(responses: list[Response], engine: Engine) -> int:
    """The bytes of the files for search among some responses, compressed."""
    bodies = (
        response.body() for response in responses if engine.cost in response.url and response.ok
    )
    return sum(min(len(body), len(gzip.compress(body))) for body in bodies)


def arrive(
    browser: Browser, engine: Engine, address: str, query: str, delay: int = 0
) -> tuple[Page, list[Response], Found]:
    """A reader with nothing stored opens a page and asks. In: milliseconds from letter to letter, as in `ask`.

    Out: the page, the answers of the server, which still come, and what came of the query.
    """
    page = browser.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="domcontentloaded")
    return page, responses, ask(page, engine, query, responses, delay)


def measure(
    browser: Browser, engine: Engine, address: str, queries: list[str]
) -> tuple[int, int, float, float, list[Found]]:
    """Bytes to the first result and of the whole answer, milliseconds to the first result and to that of a second query,
    and what came of each query.
    """
    page, responses, first = arrive(browser, engine, address, queries[0])
    page.wait_for_load_state("networkidle")
    spent = cost(responses[: first.answers], engine), cost(responses, engine)
    results = [first]
    for query in queries[1:]:
        page.fill(engine.field, "")
        page.press(engine.field, "End")
        page.wait_for_timeout(300)
        results.append(ask(page, engine, query))
    page.close()
    return *spent, first.milliseconds, results[1].milliseconds, results


def containing(found: list[SearchEntry], query: str) -> int:
    """The number of pages that hold a query, letters of a plain keyboard standing for others."""
    asked = search.fold(query)
    return sum(
        asked in search.fold(f"{entry.title} {entry.body} {' '.join(entry.lookups)}")
        for entry in found
    )


def compare(site: Site, queries: dict[str, list[str]], browser: Browser, folder: Path) -> None:
    """Print the tables of one organ."""
    for language in site.languages:
        view = site.public_view(language)
        found = list(entries(view))
        asked, measured = queries[language], []
        for engine, build in ((MATERIALS, build_materials), (OURS, build_ours)):
            target = folder / f"{language}-{engine.name}"
            build(view, found, target)
            with served(target) as address:
                measured.append((engine, *measure(browser, engine, address, asked)))
        print(
            f"\n### {view.locale.name}: {len(found)} pages\n\n| engine | bytes to the first result | bytes of the whole answer | first result, ms | next query, ms |"
        )
        print("| --- | ---: | ---: | ---: | ---: |")
        for engine, soon, spent, first, following, _ in measured:
            print(f"| {engine.name} | {soon:,} | {spent:,} | {first:.0f} | {following:.0f} |")
        print(
            "\n| query | pages with it | Material finds | its first | Pagefind finds | its first |\n| --- | ---: | ---: | --- | ---: | --- |"
        )
        for query, theirs, ours in zip(asked, measured[0][-1], measured[1][-1]):
            print(
                f"| {query} | {containing(found, query)} | {theirs.number} | {theirs.first[:40]} | {ours.number} | {ours.first[:40]} |",
                flush=True,
            )


def invented(folder: Path, resolutions: int) -> dict[str, list[str]]:
    """Write an invented organ; returns what to ask of it."""
    corpus.write(folder, resolutions)
    names = [name[0] for name, _ in corpus.Organ(resolutions).cities]
    accented = next(name for name in names if not name.isascii())
    fill = {"accented": accented, "plain": search.fold(accented).capitalize()}
    return {
        language: [query.format(**fill) for query in asked] for language, asked in INVENTED.items()
    }


def main() -> None:
    """Build both, ask both, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--resolutions", type=int, help="as many invented resolutions instead of this project's own"
    )
    parser.add_argument(
        "--chromium", default=os.environ.get("TRACKER_CHROMIUM"), help="the browser to use"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        organ = Path(name, "organ")
        queries = invented(organ, given.resolutions) if given.resolutions else REAL
        site = Site.load(organ if given.resolutions else ROOT)
        browser = playwright.chromium.launch(
            executable_path=given.chromium or None, args=["--no-sandbox", "--disable-gpu"]
        )
        compare(site, queries, browser, Path(name))
        browser.close()


if __name__ == "__main__":
    main()
