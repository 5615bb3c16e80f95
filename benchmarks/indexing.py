"""How long the search index of a site takes, without the rest of its build."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.processes import Cost
from macros.build import ledger, parts
from macros.build import project as builds
from macros.build.ledger import Ledger
from macros.build.project import Site
from macros.pages.content import page_content
from macros.pages import registry as pages
from macros.render.view import View
from macros.search.documents import SearchEntry
from macros.site import context as frame

COLD, EDITED = "cold", "edited"


def entries(view: View) -> Iterator[SearchEntry]:
    """What is indexed: the searchable pages of a site in one language."""
    for page in pages.pages(view):
        if page.searchable:
            yield article.search_entry(
                view, page, page.path, page.title, str(page.body(view.at(frame.base(page.path))))
            )


def measure(site: Site, runs: int) -> tuple[int, dict[str, list[Cost]]]:
    """How many entries there are in all languages; what an index of all takes, and again when the words of one entry
    changed: as in a build, the languages side by side, and of what has not changed nothing anew.
    """
    views = [site.public_view(language) for language in site.languages]
    found = {view.locale.pagefind: list(entries(view)) for view in views}
    costs: dict[str, list[Cost]] = {COLD: [], EDITED: []}
    for run in range(runs):
        with tempfile.TemporaryDirectory() as name:
            costs[COLD].append(_timed(found, Path(name)))
            for own in found.values():
                own[run] = replace(own[run], body=f"{own[run].body} again{run}")
            costs[EDITED].append(_timed(found, Path(name)))
    return sum(map(len, found.values())), costs


def _timed(found: Mapping[str, list[SearchEntry]], folder: Path) -> Cost:
    """What writing the indexes takes; what is kept for the next time is kept beside them."""
    start = time.perf_counter()
    started = [
        builds.start_other(partial(_write, own, language, folder / language))
        for language, own in found.items()
    ]
    builds.join_others(other for other in started if other)
    return Cost(time.perf_counter() - start, 0, 0)


def _write(own: list[SearchEntry], language: str, folder: Path) -> None:
    """An index as a build writes it."""
    file = folder / "ledger.json"
    last = ledger.read(file)
    made = Ledger(file, folder / "site", "", lambda name, data: ("", len(data)), last, last.files)
    parts.of_search(made, own, language, folder / "kept")
    made.save()
