"""A whole site: what the workers are to write, once the hand-written pages are there."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from macros.build import writing
from macros.build.project import Project
from macros.build.writing import LanguageFiles, LanguageSetup
from macros.pages import SearchEntry

CHUNK = 8
"""Resolutions that a worker renders at a time: few enough to share them evenly."""


@dataclass(frozen=True)
class LanguageResult:
    """What the build of one language's hand-written pages gives.

    Attributes:
        setup: What the rest of the language is made with.
        entries: What search knows of the pages that MkDocs rendered.
    """

    setup: LanguageSetup
    entries: list[SearchEntry]


def write_site(
    pool: Executor,
    project: Project,
    root_url: str,
    site_dir: Path,
    results: Sequence[LanguageResult],
) -> None:
    """Write everything that comes from data, the search indexes and the list of pages.

    Args:
        pool: The workers.
        project: The project.
        root_url: The address of the site's root.
        site_dir: The folder of the site.
        results: What the hand-written pages of each language gave.
    """
    slugs = list(project.corpora[project.languages[0]].resolutions)
    chunks = [slugs[start : start + CHUNK] for start in range(0, len(slugs), CHUNK)]
    tasks: list[Future[None]] = []
    pages: dict[str, list[Future[list[SearchEntry]]]] = {}
    handwritten: dict[str, list[str]] = {}
    for result in results:
        setup, tag = result.setup, result.setup.language
        generated = LanguageFiles(project, setup).pages
        lists = [source for source, page in generated.items() if page.slug is None]
        pages[tag] = [
            *(pool.submit(writing.write_resolutions, setup, chunk) for chunk in chunks),
            *(pool.submit(writing.write_lists, setup, lists[start::4]) for start in range(4)),
        ]
        handwritten[tag] = [source for source in setup.rendered if source not in generated]
        tasks.append(pool.submit(writing.write_language_files, setup))
    tasks += [
        pool.submit(writing.write_site_resolutions, root_url, site_dir, chunk) for chunk in chunks
    ]
    tasks.append(pool.submit(writing.write_site_files, root_url, site_dir))
    for result in results:
        entries = [entry for future in pages[result.setup.language] for entry in future.result()]
        entries = [*result.entries, *entries]
        tasks.append(pool.submit(writing.write_search, result.setup, entries))
    writing.write_sitemap(project, root_url, site_dir, handwritten)
    for task in tasks:
        task.result()
