"""All files that are not pages: data exports, and what is at further and former addresses."""

from __future__ import annotations

from collections.abc import Iterator

from macros.exports import registry as exports
from macros.exports.converter import Views
from macros.pages import filters
from macros.pages.registry import aliases
from macros.render.view import View
from macros.site import gone, hosts, redirects

Files = Iterator[tuple[str, str]]
"""Paths from the root of the site or of a language, and texts."""


def language_files(view: View) -> Files:
    """Give the files of one language but those of single resolutions."""
    made = [*exports.language_files(view), *filters.files(view)]
    return gone.with_former(view, made)


def resolution_files(view: View, slug: str) -> Files:
    """Give the files of one resolution in one language, and redirects at its aliases."""
    yield from gone.with_copies(view, exports.resolution_files(view, slug))
    for file in aliases(view).get(slug, ()):
        yield file, redirects.page(view, file, slug)


def site_resolution_files(views: Views, slug: str) -> Files:
    """Give the files of one resolution in all languages at once."""
    return gone.with_copies_shared(views, exports.site_resolution_files(views, slug))


def site_files(views: Views) -> Files:
    """Give the files of all languages at once but those of single resolutions."""
    made = [*exports.site_files(views), *hosts.files(views)]
    return gone.with_former_shared(views, made)
