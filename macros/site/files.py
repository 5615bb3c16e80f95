"""Files of a site that are not pages: exports, and what is at further and former addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.exports import registry as exports
from macros.render.view import View
from macros.report import make_outline, word_file
from macros.site import gone, hosts, redirects

Files = Iterator[tuple[str, str]]
"""Paths from the root of the site or of a language, and texts."""


def language_files(view: View) -> Iterator[tuple[str, str | bytes]]:
    """Give the files of one language but those of single resolutions.

    Args:
        view: A view whose base is the address of the language's root, as in all functions here.
    """
    yield from gone.with_copies(view, exports.language_files(view))
    reports = (
        (f"periods/{period}/report.docx", word_file(view, make_outline(view, period)))
        for period in view.corpus.periods
    )
    yield from gone.with_copies(view, reports)
    yield from gone.language_files(view)


def resolution_files(view: View, slug: str) -> Files:
    """Give the files of one resolution in one language, and redirects at its aliases."""
    yield from gone.with_copies(view, exports.resolution_files(view, slug))
    for file in redirects.by_resolution(view).get(slug, ()):
        yield file, redirects.page(view, file, slug)


def site_resolution_files(views: Mapping[str, View], slug: str) -> Files:
    """Give the files of one resolution in all languages at once.

    Args:
        views: A view in each language, the default language first.
        slug: The resolution.
    """
    first = next(iter(views.values()))
    return gone.with_copies(first, exports.site_resolution_files(views, slug), shared=True)


def site_files(views: Mapping[str, View]) -> Files:
    """Give the files of all languages at once but those of single resolutions."""
    first = next(iter(views.values()))
    yield from gone.with_copies(first, exports.site_files(views), shared=True)
    yield from gone.site_files(views)
    yield from hosts.files(views)
