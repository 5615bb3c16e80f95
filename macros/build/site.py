"""A whole site: what the workers are to write, once the hand-written pages are there."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from macros.build import writing
from macros.build.project import Project
from macros.build.writing import LanguageSetup
from macros.pages import SearchEntry

CHUNK = 8
"""Resolutions that a worker renders at a time: few enough to share them evenly."""

PARTS = 4
"""Tasks that share the pages of a language that belong to no resolution."""


@dataclass(frozen=True)
class LanguageResult:
    """What the build of one language's hand-written pages gives.

    Attributes:
        setup: What the rest of the language is made with.
        entries: What search knows of the pages that MkDocs rendered.
    """

    setup: LanguageSetup
    entries: list[SearchEntry]


def write_site(pool: Executor, project: Project, results: Sequence[LanguageResult]) -> None:
    """Write everything that comes from data, the search indexes and the list of pages.

    Args:
        pool: The workers.
        project: The project.
        results: What the hand-written pages of each language gave, the default one first.
    """
    setups = [result.setup for result in results]
    slugs = list(project.corpora[project.languages[0]].resolutions)
    chunks = [slugs[start : start + CHUNK] for start in range(0, len(slugs), CHUNK)]
    tasks = [pool.submit(writing.write_site_exports, setups[0])]
    tasks += [pool.submit(writing.write_exports, setup) for setup in setups]
    pages = [
        [
            *(pool.submit(writing.write_resolutions, setup, chunk) for chunk in chunks),
            *(pool.submit(writing.write_lists, setup, part, PARTS) for part in range(PARTS)),
        ]
        for setup in setups
    ]
    writing.write_sitemap(project, setups)
    for result, futures in zip(results, pages, strict=True):
        entries = [*result.entries, *(entry for future in futures for entry in future.result())]
        tasks.append(pool.submit(writing.write_search, result.setup, entries))
    for task in tasks:
        task.result()
