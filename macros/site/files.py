"""All files of a site that come from data but its pages: exports, redirects, rules for hosts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.exports import registry as exports
from macros.exports.records import Editions
from macros.pages.registry import aliases
from macros.render.view import View
from macros.site import redirects

File = tuple[str, str | bytes]


def language_files(view: View) -> Iterator[File]:
    """Files of one language with all resolutions."""
    return exports.of_all(view)


def resolution_files(view: View, slug: str) -> Iterator[File]:
    """Files of one resolution in one language."""
    yield from exports.of_resolution(view, slug)
    for file in aliases(view).get(slug, ()):
        yield file, redirects.page(view, file, slug)


def site_resolution_files(views: Mapping[str, View], slug: str) -> Iterator[File]:
    """Files of one resolution in all languages."""
    yield from exports.site_resolution(Editions(views), slug)[0]


def site_files(views: Mapping[str, View]) -> Iterator[File]:
    """Files of all resolutions in all languages."""
    editions = Editions(views)
    added = {}
    for slug in editions.corpus.resolutions:
        _, added[slug] = exports.site_resolution(editions, slug)
    url = editions.first.address
    yield from exports.site_all(editions, url, lambda slug, name: added[slug].get(name))
