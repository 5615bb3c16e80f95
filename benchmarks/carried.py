"""What readers of a site carry, in each language: its pages, its lists, and a search in a real browser; prints a table.

    python -m benchmarks.carried          # the site of this project
    python -m benchmarks.carried FOLDER   # that of another, built before, such as an invented organ

Compressed is by gzip at its best. Of very many pages of resolutions some are weighed, evenly spread, and all the largest.
Search begins on the home page with nothing stored, as soon as the page is there: the name of a theme (of the organ, if
there are none), which very many pages have, is put into the field at once, or typed there, letter by letter.
"""

from __future__ import annotations

import argparse
import gzip
import heapq
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import mean, median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.search_comparison import OURS, arrive, cost, served
from macros.build.project import Site
from macros.pages import registry as pages

ROOT = Path(__file__).parent.parent
WEIGHED, LARGEST = 2_000, 100
"""Pages of resolutions of a language that are weighed: some, and the largest uncompressed."""
DELAYS = (0, 100)
"""Milliseconds from one letter to the next; a person who types very fast takes as many."""
_ARTICLE = re.compile(rb"<article.*</article>", re.DOTALL)


@dataclass(frozen=True)
class Figure:
    """One figure: what it is of, and the most that it should be."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    told: str = ""

    def row(self) -> str:
        """A row of a table in Markdown."""
        limit = "" if self.limit is None else f"≤ {self.limit:,g}"
        met = "" if self.limit is None else "met" if self.value <= self.limit else "**missed**"
        number = f"{self.value:,.2f}" if self.unit == "s" else f"{self.value:,.0f}"
        return f"| {self.name} | {number} {self.unit} | {limit} | {met} | {self.told} |"


def spread(found: Sequence[str], sizes: Sequence[int]) -> list[str]:
    """The pages that are weighed. In: the addresses of pages, and their sizes."""
    largest = heapq.nlargest(LARGEST, range(len(found)), key=sizes.__getitem__)
    return [
        found[place]
        for place in sorted({*largest, *range(0, len(found), -(-len(found) // WEIGHED))})
    ]


def weights(folder: Path, made: Sequence[pages.Page]) -> Iterator[Figure]:
    """What pages weigh. In: the folder of a language, and its pages."""
    files = {page.path: folder / page.path / "index.html" for page in made}
    own = [page.path for page in made if page.slug]
    if own:
        weighed = spread(own, [files[path].stat().st_size for path in own])
        packed, around = {}, 0
        for path in weighed:
            html = files[path].read_bytes()
            packed[path] = len(gzip.compress(html, 9, mtime=0))
            around = max(around, len(_ARTICLE.sub(b"", html)))
        heaviest = max(packed, key=packed.__getitem__)
        told = f"`{heaviest}`, of {len(weighed):,} weighed"
        yield Figure(
            "page of a resolution, compressed, the largest",
            packed[heaviest],
            "bytes",
            10 * 1024,
            told,
        )
        yield Figure("the same, their mean", mean(packed.values()), "bytes")
        yield Figure("what stands around its article, uncompressed, the most", around, "bytes")
    lists = {page.path: files[page.path].stat().st_size for page in made if not page.slug}
    largest = max(lists, key=lists.__getitem__)
    told = f"`{largest or '/'}`, of {len(lists):,}"
    yield Figure(
        "any other page, uncompressed, the largest", lists[largest], "bytes", 300_000, told
    )


def searched(browser: Browser, address: str, query: str, runs: int) -> Iterator[Figure]:
    """What the first result of a query costs. In: the address of a home page; how often each is measured."""
    for delay in DELAYS:
        seconds, spent = [], []
        for _ in range(runs):
            page, responses, found = arrive(browser, OURS, address, query, delay)
            if not found.number:
                raise SystemExit(f"{address}: nothing is found for “{query}”")
            seconds.append(found.milliseconds / 1000)
            spent.append(cost(responses[: found.answers], OURS))
            page.close()
        when = f"after the last letter, one every {delay / 1000:g} s" if delay else "put in at once"
        all_runs = ", ".join(f"{one:.2f}" for one in sorted(seconds))
        if not delay:
            yield Figure(
                "search: bytes to the first result",
                max(spent),
                "bytes",
                250_000,
                f"“{query}”, the most of {runs}",
            )
        yield Figure(
            f"search: the first result, {when}",
            median(seconds),
            "s",
            0.5,
            f"the median of {all_runs}",
        )


def main() -> None:
    """Print a table for each language of a site that was built."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "project",
        nargs="?",
        type=Path,
        default=ROOT,
        help="the folder of a project whose site/ is built",
    )
    parser.add_argument("--runs", type=int, default=5, help="how often search is measured")
    parser.add_argument(
        "--chromium", default=os.environ.get("TRACKER_CHROMIUM"), help="the browser to use"
    )
    given = parser.parse_args()
    built = given.project / "site"
    if not (built / "index.html").is_file():
        parser.error(f"there is no site in {built}: build it with `tracker build`")
    site = Site.load(given.project)
    with served(built) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=given.chromium or None, args=["--no-sandbox", "--disable-gpu"]
        )
        for language in site.languages:
            view, folder = site.public_view(language), site.folder(language)
            words = next(
                (theme.name for theme in view.corpus.vocabulary.themes), view.corpus.body.name
            )
            print(f"\n### {view.locale.name}: {len(view.corpus.resolutions):,} resolutions\n")
            print("| what | measured | target | | |\n| --- | ---: | ---: | --- | --- |")
            of_pages = weights(built / folder, pages.pages(view))
            for figure in chain(of_pages, searched(browser, address + folder, words, given.runs)):
                print(figure.row(), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
