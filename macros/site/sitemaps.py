"""Sitemaps: the list of pages for search engines, with their other languages; `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import escape

from macros.i18n.locale import Locale

LIMIT = 50_000
"""How many addresses one file may hold (https://www.sitemaps.org/protocol.html)."""

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

Pages = Mapping[str, date | None]
"""The addresses of pages, with the day of the last change where it is known."""


def of_site(
    root: str, languages: Sequence[tuple[str, str, Pages]], limit: int = LIMIT
) -> Iterator[tuple[str, str]]:
    """Write the files that list all pages of a site, and one that lists them if they are several.

    Args:
        root: The address of the site.
        languages: Tag, folder (`zh/`) and pages of each language, the default one first.
        limit: How many addresses one file may hold.
    """
    urls = []
    for _, folder, pages in languages:
        for address, changed in pages.items():
            path = address.removeprefix(root + folder)
            there = [
                (Locale.of(tag).html_lang, root + other + path)
                for tag, other, listed in languages
                if root + other + path in listed
            ]
            urls.append(_url(address, changed, there if len(there) > 1 else []))
    if len(urls) <= limit:
        yield "sitemap.xml", _urlset(urls)
        return
    parts = [urls[start : start + limit] for start in range(0, len(urls), limit)]
    named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
    yield from ((name, _urlset(part)) for name, part in named.items())
    index = "".join(f"<sitemap><loc>{escape(root + name)}</loc></sitemap>\n" for name in named)
    yield "sitemap.xml", f'{_HEAD}<sitemapindex xmlns="{SITEMAP}">\n{index}</sitemapindex>\n'


def _url(address: str, changed: date | None, alternates: list[tuple[str, str]]) -> str:
    lines = [f"<url>\n<loc>{escape(address)}</loc>"]
    if changed:
        lines.append(f"<lastmod>{changed.isoformat()}</lastmod>")
    for tag, other in (*alternates, *(("x-default", other) for _, other in alternates[:1])):
        lines.append(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(other)}"/>')
    return "\n".join([*lines, "</url>\n"])


def _urlset(urls: Iterable[str]) -> str:
    return f'{_HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{_XHTML}">\n{"".join(urls)}</urlset>\n'


def robots(root: str, public: bool = True) -> str:
    """Say what may be indexed: all of a site, nothing of a preview of drafts."""
    rule = f"Disallow:\n\nSitemap: {root}sitemap.xml" if public else "Disallow: /"
    return f"User-agent: *\n{rule}\n"
