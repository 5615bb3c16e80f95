"""Files of a site that are not pages: exports, and what is at further and former addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros import exports
from macros.exports.registry import Files
from macros.render.view import View
from macros.report import make_outline, word_file
from macros.site import gone, hosts, redirects


def language_files(view: View, slug: str | None = None) -> Files:
    """Give the files of one language: of one resolution with its redirects, or else all others.

    Args:
        view: A view whose base is the address of the language's root, as in all functions here.
        slug: The resolution.
    """
    yield from gone.with_copies(view, exports.language_files(view, slug))
    if slug is None:
        yield from gone.language_files(view)
    else:
        for file in redirects.by_resolution(view).get(slug, ()):
            yield file, redirects.page(view, file, slug)


def reports(view: View) -> Iterator[tuple[str, bytes]]:
    """Give the reports of one language as Word files."""
    made = (
        (f"periods/{period}/report.docx", word_file(view, make_outline(view, period)))
        for period in view.corpus.periods
    )
    return gone.with_copies(view, made)


def site_files(views: Mapping[str, View], slug: str | None = None) -> Files:
    """Give the files of all languages at once: of one resolution, or else all others.

    Args:
        views: A view in each language, the default language first.
        slug: The resolution.
    """
    first = next(iter(views.values()))
    yield from gone.with_copies(first, exports.site_files(views, slug), shared=True)
    if slug is None:
        yield from gone.site_files(views)
        yield from hosts.files(views)
