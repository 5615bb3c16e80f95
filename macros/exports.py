"""Which files for machines a site has, and where. Pure: paths and texts out; the modules below make what each says.

Addresses are permanent: `v1` keeps every file, key and column it has; others may be added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from macros import (
    apischema, calendars, cards, citing, datasets, feeds, guides, hostrules, narrowing, openapi, packages, pages,
    plaintext, queries, redirects, tables, tombstones,
)  # fmt: skip
from macros.corpus import Corpus
from macros.formats import ROOT
from macros.records import Editions
from macros.render import View


def of_language(view: View, url: str) -> Iterator[tuple[str, str]]:
    """The files of one language, with paths from its root; `url` is the address of that root."""
    view = view.at(url)
    yield from of_all(view)
    for slug in view.corpus.resolutions:
        yield from of_resolution(view, slug)


def of_all(view: View, statements: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """Those that hold all resolutions, and what is at former addresses.

    In: a view at the address of the root; of each resolution its lines in the table of statements, if they are at hand.
    """
    statements = statements or (tables.statements_of(view, slug) for slug in view.corpus.resolutions)
    return tombstones.with_former(view, _of_all(view, statements))


def of_resolution(view: View, slug: str) -> Iterator[tuple[str, str]]:
    """Those of one resolution. In: a view at the address of the root."""
    return tombstones.with_copies(view, _of_resolution(view, slug))


def of_site(corpora: Mapping[str, Corpus], url: str, today: date | None = None) -> Iterator[tuple[str, str]]:
    """The files that hold all languages at once, with paths from the root of the site at `url`.

    `today` is the day of the build; without it, events are judged on the last day that the newest report speaks for.
    """
    period = next(iter(corpora.values())).latest_period
    editions = Editions.of(corpora, url, today or (period.as_of.latest if period else date.min))
    lines = []
    for slug in editions.corpus.resolutions:
        files, line = site_resolution(editions, slug)
        yield from files
        lines.append(line)
    yield from site_all(editions, url, lines)


def site_resolution(editions: Editions, slug: str) -> tuple[list[tuple[str, str]], str]:
    """The files of one resolution in all languages at once; and all of it on one line."""
    path, text, line = datasets.of_resolution(editions, slug)
    return list(tombstones.with_copies_shared(editions.views, [(path, text)])), line


def site_all(editions: Editions, url: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files of all resolutions in all languages, of which `lines` are everything, and what is at former addresses."""
    return tombstones.with_former_shared(editions.views, _site_all(editions, url, lines))


def _of_all(view: View, statements: Iterable[str]) -> Iterator[tuple[str, str]]:
    occurrences = queries.timeline(view.corpus, view.today)
    by_slug: dict[str, list[queries.Occurrence]] = {slug: [] for slug in view.corpus.resolutions}
    for found in occurrences:
        by_slug[found.slug].append(found)
    reported = {slug: queries.reported_in(found, view.corpus) for slug, found in view.corpus.resolutions.items()}
    texts = {
        "resolutions": tables.resolutions(view, by_slug, reported),
        "statements": tables.statements(view, statements),
        "funding": tables.funding(view),
        "timeline": tables.timeline(view, occurrences),
    }
    yield from ((f"{ROOT}{name}.csv", text) for name, text in texts.items())
    yield f"{ROOT}datapackage.json", packages.package(view, texts)
    yield from narrowing.files(view)
    site = view.corpus.body.site_name
    yield _calendar(view, "timeline", f"{site}{view.t('separator')}{view.t('title.timeline')}", occurrences)
    yield from _feeds(view, "changes", site, feeds.newest(feeds.entries(view)), view.url(""))
    yield "llms.txt", guides.page(view)
    for file, slug in redirects.aliases(view.corpus, (page.path for page in pages.pages(view))):
        yield file, redirects.page(view, file, slug)


def _of_resolution(view: View, slug: str) -> Iterator[tuple[str, str]]:
    own, name = queries.timeline(view.corpus, view.today, [slug]), view.resolution_name(slug)
    reported = queries.reported_in(view.corpus.resolutions[slug], view.corpus)
    yield f"{ROOT}resolutions/{slug}.md", plaintext.page(view, slug, own, reported)
    yield f"embed/{slug}/index.html", cards.page(view, slug, own)
    yield f"embed/{slug}/oembed.json", cards.oembed(view, slug)
    yield from citing.files(view, slug)
    yield _calendar(view, f"resolutions/{slug}", name, own)
    title = f"{name}{view.t('separator')}{view.corpus.body.site_name}"
    changes = list(feeds.entries(view, [slug]))
    yield from _feeds(view, f"resolutions/{slug}", title, changes, view.resolution_url(slug))


def _calendar(view: View, name: str, title: str, occurrences: list[queries.Occurrence]) -> tuple[str, str]:
    path = f"{ROOT}{name}.ics"
    entries = [entry for found in occurrences if (entry := calendars.entry(view, found))]
    return path, calendars.calendar(view, title, entries, view.url(path))


def _feeds(view: View, name: str, title: str, found: list[feeds.Entry], page: str) -> Iterator[tuple[str, str]]:
    for ending, form in (("atom", feeds.atom), ("feed.json", feeds.json_feed)):
        path = f"{ROOT}{name}.{ending}"
        yield path, form(view, title, found, view.url(path), page)


def _site_all(editions: Editions, url: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield f"{ROOT}openapi.json", openapi.document(editions.first)
    yield from apischema.files(editions.corpus, url)
    yield from datasets.of_all(editions, lines)
    yield from hostrules.files(editions.views)
