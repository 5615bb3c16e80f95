"""Which files for machines a site has, and where. Pure: paths and texts out; the modules below make what each says.

Addresses are permanent: `v1` keeps every file, key and column it has; others may be added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    return tombstones.with_former(view, _of_language(view))


def _of_language(view: View) -> Iterator[tuple[str, str]]:
    occurrences = queries.timeline(view.corpus, view.today)
    by_slug: dict[str, list[queries.Occurrence]] = {slug: [] for slug in view.corpus.resolutions}
    for found in occurrences:
        by_slug[found.slug].append(found)
    reported = {slug: queries.reported_in(found, view.corpus) for slug, found in view.corpus.resolutions.items()}
    texts = {
        "resolutions": tables.resolutions(view, by_slug, reported),
        "statements": tables.statements(view),
        "funding": tables.funding(view),
        "timeline": tables.timeline(view, occurrences),
    }
    yield from ((f"{ROOT}{name}.csv", text) for name, text in texts.items())
    yield f"{ROOT}datapackage.json", packages.package(view, texts)
    yield from narrowing.files(view)
    yield from _calendars(view, occurrences)
    yield from _feeds(view)
    yield "llms.txt", guides.page(view)
    for slug, own in by_slug.items():
        yield f"{ROOT}resolutions/{slug}.md", plaintext.page(view, slug, own, reported[slug])
        yield f"embed/{slug}/index.html", cards.page(view, slug, own)
        yield f"embed/{slug}/oembed.json", cards.oembed(view, slug)
        yield from citing.files(view, slug)
    for file, slug in redirects.aliases(view.corpus, (page.path for page in pages.pages(view))):
        yield file, redirects.page(view, file, slug)


def of_site(corpora: Mapping[str, Corpus], url: str, today: date | None = None) -> Iterator[tuple[str, str]]:
    """The files that hold all languages at once, with paths from the root of the site at `url`.

    `today` is the day of the build; without it, events are judged on the last day that the newest report speaks for.
    """
    default = next(iter(corpora.values()))
    period = default.latest_period
    editions = Editions.of(corpora, url, today or (period.as_of.latest if period else date.min))
    return tombstones.with_former_shared(editions.views, _of_site(editions, url))


def _of_site(editions: Editions, url: str) -> Iterator[tuple[str, str]]:
    yield f"{ROOT}openapi.json", openapi.document(editions.first)
    yield from apischema.files(editions.corpus, url)
    yield from datasets.files(editions)
    yield from hostrules.files(editions.views)


def _calendars(view: View, occurrences: list[queries.Occurrence]) -> Iterator[tuple[str, str]]:
    entries: dict[str, list[str]] = {slug: [] for slug in view.corpus.resolutions}
    whole = []
    for found in occurrences:
        if entry := calendars.entry(view, found):
            entries[found.slug].append(entry)
            whole.append(entry)
    path = f"{ROOT}timeline.ics"
    name = f"{view.corpus.body.site_name}{view.t('separator')}{view.t('title.timeline')}"
    yield path, calendars.calendar(view, name, whole, view.url(path))
    for slug, own in entries.items():
        path = f"{ROOT}resolutions/{slug}.ics"
        yield path, calendars.calendar(view, view.resolution_name(slug), own, view.url(path))


def _feeds(view: View) -> Iterator[tuple[str, str]]:
    def both(name: str, title: str, found: list[feeds.Entry], page: str) -> Iterator[tuple[str, str]]:
        for ending, form in (("atom", feeds.atom), ("feed.json", feeds.json_feed)):
            path = f"{ROOT}{name}.{ending}"
            yield path, form(view, title, found, view.url(path), page)

    found, site = list(feeds.entries(view)), view.corpus.body.site_name
    yield from both("changes", site, feeds.newest(found), view.url(""))
    by_slug: dict[str, list[feeds.Entry]] = {slug: [] for slug in view.corpus.resolutions}
    for entry in found:
        by_slug[entry.slug].append(entry)
    for slug, own in by_slug.items():
        title = f"{view.resolution_name(slug)}{view.t('separator')}{site}"
        yield from both(f"resolutions/{slug}", title, own, view.resolution_url(slug))
