"""How long the search index of a site takes, without the rest of its build."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.processes import Cost
from macros import article, frame, pages, search
from macros.builds import Site
from macros.render import View
from macros.search import SearchEntry

COLD, EDITED, SLOWEST = "cold", "edited", "edited, slowest language"


def entries(view: View) -> Iterator[SearchEntry]:
    """What is indexed: the searchable pages of a site in one language."""
    for page in pages.pages(view):
        if page.searchable:
            yield article.search_entry(view, page, page.path, page.title, str(page.body(view.at(frame.base(page.path)))))


def measure(site: Site, runs: int) -> tuple[int, dict[str, list[Cost]]]:
    """How many entries there are in all languages; what an index of all takes, and again when the words of one entry
    changed, all languages one after the other. A build makes them side by side, so it is held up by the slowest alone.
    """
    views = [site.public_view(language) for language in site.languages]
    found = {view.locale.pagefind: list(entries(view)) for view in views}
    costs: dict[str, list[Cost]] = {COLD: [], EDITED: [], SLOWEST: []}
    for run in range(runs):
        with tempfile.TemporaryDirectory() as name:
            cold = [_timed(own, language, Path(name, language)) for language, own in found.items()]
            edited = []
            for language, own in found.items():
                own[run] = replace(own[run], body=f"{own[run].body} again{run}")
                edited.append(_timed(own, language, Path(name, language)))
        for key, seconds in ((COLD, sum(cold)), (EDITED, sum(edited)), (SLOWEST, max(edited))):
            costs[key].append(Cost(seconds, 0, 0))
    return sum(map(len, found.values())), costs


def _timed(own: list[SearchEntry], language: str, folder: Path) -> float:
    """Seconds of writing an index; what it keeps for the next time is kept beside it."""
    site = folder / "site"
    site.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    search.write_index(own, language, site, kept=folder / "kept")
    return time.perf_counter() - start
