"""The list of pages for search engines, with each page's other languages; what tells them where it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from xml.etree import ElementTree

from markupsafe import escape

from macros.i18n.locale import Locale

LIMIT = 50_000
"""How many addresses one file may hold, by the protocol (https://www.sitemaps.org/protocol.html)."""

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

Pages = Mapping[str, date | None]
"""The addresses of pages, with the day of the last change where it is known."""


def of_language(pages: Pages) -> str:
    """The list of the pages of one language."""
    return _urlset((address, changed, ()) for address, changed in pages.items())


def read(text: str) -> dict[str, date | None]:
    """The pages of a list that `of_language` made."""
    names = {"s": SITEMAP}
    found = {}
    for url in ElementTree.fromstring(text).iterfind("s:url", names):
        changed = url.findtext("s:lastmod", None, names)
        found[url.findtext("s:loc", "", names)] = date.fromisoformat(changed) if changed else None
    return found


def of_site(
    root: str, languages: Sequence[tuple[str, str, Pages]], limit: int = LIMIT
) -> Iterator[tuple[str, str]]:
    """The files that list all pages of a site, by name. What does not fit into one is in several, and one lists those.

    In: the address of the site; of each language, the default one first, its tag, its folder (`zh/`) and its pages.
    """
    entries = []
    for _, folder, pages in languages:
        for address, changed in pages.items():
            path = address.removeprefix(root + folder)
            same = [
                (tag, root + other + path)
                for tag, other, there in languages
                if root + other + path in there
            ]
            entries.append((address, changed, same if len(same) > 1 else ()))
    if len(entries) <= limit:
        yield "sitemap.xml", _urlset(entries)
        return
    names = []
    for start in range(0, len(entries), limit):
        names.append(f"sitemap-{len(names) + 1}.xml")
        yield names[-1], _urlset(entries[start : start + limit])
    parts = "".join(f"<sitemap><loc>{escape(root + name)}</loc></sitemap>\n" for name in names)
    yield "sitemap.xml", f'{_HEAD}<sitemapindex xmlns="{SITEMAP}">\n{parts}</sitemapindex>\n'


def _urlset(entries: Iterable[tuple[str, date | None, Sequence[tuple[str, str]]]]) -> str:
    lines = []
    for address, changed, same in entries:
        lines.append(f"<url>\n<loc>{escape(address)}</loc>\n")
        if changed:
            lines.append(f"<lastmod>{changed.isoformat()}</lastmod>\n")
        named = [(Locale.of(tag).html_lang, other) for tag, other in same]
        for tag, other in [*named, *(("x-default", other) for _, other in named[:1])]:
            lines.append(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(other)}"/>\n')
        lines.append("</url>\n")
    return f'{_HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{_XHTML}">\n{"".join(lines)}</urlset>\n'


def robots(root: str, public: bool = True) -> str:
    """What may be indexed: all of a site, nothing of a preview of drafts."""
    return (
        f"User-agent: *\nDisallow:\n\nSitemap: {root}sitemap.xml\n"
        if public
        else "User-agent: *\nDisallow: /\n"
    )
