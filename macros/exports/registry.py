"""Which files for machines a site has, and where. Pure: paths and texts out; the modules below make what each says.

Addresses are permanent: `v1` keeps every file, key and column it has; others may be added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from macros.corpus.corpus import Corpus
from macros.exports import (
    apischema,
    calendars,
    datasets,
    feeds,
    guides,
    openapi,
    plaintext,
    portions,
    tables,
)
from macros.exports import (
    datapackage as packages,
)
from macros.exports import (
    embeds as cards,
)
from macros.exports.formats import ROOT
from macros.exports.portions import Portions
from macros.exports.records import Editions
from macros.queries import queries
from macros.render import citations as citing
from macros.render.view import View
from macros.site import gone as tombstones
from macros.site import hosts as hostrules
from macros.site import redirects

File = tuple[str, str | bytes]
"""Path and text, or the bytes of the text where it is very long."""


def of_language(view: View, url: str) -> Iterator[tuple[str, str]]:
    """The files of one language, with paths from its root; `url` is the address of that root."""
    view = view.at(url)
    yield from of_all(view)
    for slug in view.corpus.resolutions:
        yield from of_resolution(view, slug)
        yield from at_aliases(view, slug)


def of_all(view: View, found: Portions | None = None) -> Iterator[tuple[str, str]]:
    """Those that hold all resolutions, and what is at addresses that are given up.

    In: a view at the address of the root; what each resolution adds, if it is at hand.
    """
    return tombstones.with_former(view, _of_all(view, found or portions.made(view)))


def of_resolution(
    view: View, slug: str, found: Portions | None = None
) -> Iterator[tuple[str, str]]:
    """Those of one resolution. In: the same."""
    return tombstones.with_copies(view, _of_resolution(view, slug, found or portions.made(view)))


def at_aliases(view: View, slug: str) -> Iterator[tuple[str, str]]:
    """The pages at these addresses of one resolution."""
    return ((file, redirects.page(view, file, slug)) for file in redirects.by_resolution(view).get(slug, ()))


def of_site(corpora: Mapping[str, Corpus], url: str, today: date | None = None) -> Iterator[File]:
    """The files that hold all languages at once, with paths from the root of the site at `url`.

    `today` is the day of the build; without it, events are judged on the last day that the newest report speaks for.
    """
    period = next(iter(corpora.values())).latest_period
    editions = Editions.of(corpora, url, today or (period.as_of.latest if period else date.min))
    added = {}
    for slug in editions.corpus.resolutions:
        files, added[slug] = site_resolution(editions, slug)
        yield from files
    yield from site_all(editions, url, lambda slug, name: added[slug].get(name))


def site_resolution(editions: Editions, slug: str) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """The files of one resolution in all languages at once; and what it adds to those of all, by name."""
    path, text, added = datasets.of_resolution(editions, slug)
    return list(tombstones.with_copies_shared(editions.views, [(path, text)])), added


def site_all(editions: Editions, url: str, found: Portions) -> Iterator[File]:
    """The files of all resolutions in all languages, given what each adds, and what is at former addresses."""
    return tombstones.with_former_shared(editions.views, _site_all(editions, url, found))


def _of_all(view: View, found: Portions) -> Iterator[tuple[str, str]]:
    slugs, occurrences = view.corpus.resolutions, queries.timeline(view.corpus, view.today)

    def of_each(name: str) -> Iterator[str]:
        return (found(slug, name) for slug in slugs)

    def of_events(name: str) -> Iterator[str]:
        by_slug = dict(zip(slugs, of_each(name)))
        return (by_slug[one.slug][one.event.id] for one in occurrences)

    texts = {
        "resolutions": tables.resolutions(of_each("resolutions")),
        "statements": tables.statements(view, of_each("statements")),
        "funding": tables.funding(view, of_each("funding")),
        "timeline": tables.timeline(of_events("timeline")),
    }
    yield from ((f"{ROOT}{name}.csv", text) for name, text in texts.items())
    yield f"{ROOT}datapackage.json", packages.package(view, texts)
    site = view.corpus.body.site_name
    yield _calendar(
        view,
        "timeline",
        f"{site}{view.t('separator')}{view.t('title.timeline')}",
        of_events("calendar"),
    )
    yield from _feeds(
        view, "changes", site, feeds.newest(portions.feed(view, found, *slugs)), view.url("")
    )
    yield "llms.txt", guides.page(view)


def _of_resolution(view: View, slug: str, found: Portions) -> Iterator[tuple[str, str]]:
    own, name = queries.timeline(view.corpus, view.today, [slug]), view.resolution_name(slug)
    reported = queries.reported_in(view.corpus.resolutions[slug], view.corpus)
    yield f"{ROOT}resolutions/{slug}.md", plaintext.page(view, slug, own, reported)
    yield f"embed/{slug}/index.html", cards.page(view, slug, own)
    yield f"embed/{slug}/oembed.json", cards.oembed(view, slug)
    yield from citing.files(view, slug)
    entries = found(slug, "calendar")
    yield _calendar(view, f"resolutions/{slug}", name, (entries[one.event.id] for one in own))
    title = f"{name}{view.t('separator')}{view.corpus.body.site_name}"
    yield from _feeds(
        view,
        f"resolutions/{slug}",
        title,
        [*portions.feed(view, found, slug)],
        view.resolution_url(slug),
    )


def _calendar(view: View, name: str, title: str, entries: Iterable[str]) -> tuple[str, str]:
    path = f"{ROOT}{name}.ics"
    return path, calendars.calendar(view, title, entries, view.url(path))


def _feeds(
    view: View, name: str, title: str, found: list[feeds.Written], page: str
) -> Iterator[tuple[str, str]]:
    for ending, form in (("atom", feeds.atom), ("feed.json", feeds.json_feed)):
        path = f"{ROOT}{name}.{ending}"
        yield path, form(view, title, found, view.url(path), page)


def _site_all(editions: Editions, url: str, found: Portions) -> Iterator[File]:
    yield f"{ROOT}openapi.json", openapi.document(editions.first)
    yield from apischema.files(editions.corpus, url)
    # by far the longest file: a text of it would take up twice as much, and its bytes as much again
    yield (
        datasets.LINES,
        b"".join(found(slug, "line").encode() for slug in editions.corpus.resolutions),
    )
    yield from datasets.of_all(editions, found)
    yield from hostrules.files(editions.views)
