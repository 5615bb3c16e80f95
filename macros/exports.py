"""Which files for machines a site has, and where. Pure: paths and texts out; the modules below make what each says.

Addresses are permanent: `v1` keeps every file, key and column it has; others may be added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from macros import calendars, cards, datasets, feeds, narrowing, pages, plaintext, queries, redirects, tables
from macros.catalogue import Catalogue
from macros.corpus import Corpus
from macros.formats import KINDS, ROOT
from macros.records import Editions, dump
from macros.render import View


def of_language(view: View, url: str) -> Iterator[tuple[str, str]]:
    """The files of one language, with paths from its root; `url` is the address of that root."""
    view = view.at(url)
    occurrences = queries.timeline(view.corpus, view.today)
    by_slug: dict[str, list[queries.Occurrence]] = {slug: [] for slug in view.corpus.resolutions}
    for found in occurrences:
        by_slug[found.slug].append(found)
    reported = {slug: queries.reported_in(found, view.corpus) for slug, found in view.corpus.resolutions.items()}
    yield f"{ROOT}resolutions.csv", tables.resolutions(view, by_slug, reported)
    yield f"{ROOT}statements.csv", tables.statements(view)
    yield f"{ROOT}funding.csv", tables.funding(view)
    yield f"{ROOT}timeline.csv", tables.timeline(view, occurrences)
    yield from narrowing.files(view)
    yield from _calendars(view, occurrences)
    yield from _feeds(view)
    for slug, own in by_slug.items():
        yield f"{ROOT}resolutions/{slug}.md", plaintext.page(view, slug, own, reported[slug])
        yield f"embed/{slug}/index.html", cards.page(view, slug, own)
    for file, slug in redirects.aliases(view.corpus, (page.path for page in pages.pages(view))):
        yield file, redirects.page(view, file, slug)


def of_site(corpora: Mapping[str, Corpus], url: str, today: date | None = None) -> Iterator[tuple[str, str]]:
    """The files that hold all languages at once, with paths from the root of the site at `url`.

    `today` is the day of the build; without it, events are judged on the last day that the newest report speaks for.
    """
    default = next(iter(corpora.values()))
    period = default.latest_period
    editions = Editions.of(corpora, url, today or (period.as_of.latest if period else date.min))
    yield f"{ROOT}index.json", dump(_index(editions))
    yield from datasets.files(editions)


def _index(editions: Editions) -> dict[str, Any]:
    """What there is: name, licence, date, languages, and every kind of file with its address and description."""
    views = editions.views
    files = []
    for kind in KINDS:
        path = ROOT + kind.path
        files.append({
            "path": path,
            "url": editions.urls(path) if kind.per_language else editions.first.url(path),
            "media_type": kind.media_type,
            "description": {language: Catalogue.of(language).t(f"export.file.{kind.key}") for language in views},
        })  # fmt: skip
    return {
        "name": {language: view.corpus.body.site_name for language, view in views.items()},
        **editions.header(editions.corpus.latest_period),
        "version": 1,
        "organ": {language: view.corpus.body.name for language, view in views.items()},
        "description": {language: view.corpus.body.description for language, view in views.items()},
        "home": editions.urls(""),
        "languages": list(views),
        "built_on": editions.first.today.isoformat(),
        "resolutions": list(editions.corpus.resolutions),
        "periods": list(editions.corpus.periods),
        "files": files,
    }


def _calendars(view: View, occurrences: list[queries.Occurrence]) -> Iterator[tuple[str, str]]:
    host = urlsplit(view.base).hostname or "localhost"
    entries: dict[str, list[str]] = {slug: [] for slug in view.corpus.resolutions}
    whole = []
    for found in occurrences:
        if entry := calendars.entry(view, found, host):
            entries[found.slug].append(entry)
            whole.append(entry)
    path = f"{ROOT}timeline.ics"
    name = f"{view.corpus.body.site_name}{view.t('separator')}{view.t('title.timeline')}"
    yield path, calendars.calendar(view, name, whole, view.url(path))
    for slug, own in entries.items():
        path = f"{ROOT}resolutions/{slug}.ics"
        yield path, calendars.calendar(view, view.resolution_name(slug), own, view.url(path))


def _feeds(view: View) -> Iterator[tuple[str, str]]:
    found = list(feeds.entries(view))
    path, site = f"{ROOT}changes.atom", view.corpus.body.site_name
    yield path, feeds.feed(view, site, feeds.newest(found), view.url(path), view.url(""))
    by_slug: dict[str, list[feeds.Entry]] = {slug: [] for slug in view.corpus.resolutions}
    for entry in found:
        by_slug[entry.slug].append(entry)
    for slug, own in by_slug.items():
        path = f"{ROOT}resolutions/{slug}.atom"
        title = f"{view.resolution_name(slug)}{view.t('separator')}{site}"
        yield path, feeds.feed(view, title, own, view.url(path), view.resolution_url(slug))
