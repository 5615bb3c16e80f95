"""The article of a page, from its body: its heading, notices and contents; and what search knows of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from markupsafe import escape

from macros import queries
from macros.i18n.messages import Catalogue
from macros.pages import outline as contents
from macros.pages.outline import Heading
from macros.pages.registry import Page
from macros.queries import facets
from macros.render.view import View
from macros.search.documents import SearchEntry
from macros.site import gone as tombstones


@dataclass(frozen=True)
class Article:
    """What stands within the theme on a page. `entry` is `None` for a page that search does not find."""

    html: str
    outline: Heading
    entry: SearchEntry | None


def article(
    view: View, made: Page | None, url: str, title: str, body: str, notices: str = ""
) -> Article:
    """The article of a page.

    In: the view from the page; the page, if it is one of the data; its address in its language; its title; the HTML of
    its body and of what is told before it.
    """
    html = str(body)  # what is put before it must not be escaped
    if "<h1" not in html:
        html = f'<h1 id="{contents.TITLE}">{escape(title)}</h1>\n{html}'
    html = notices + html
    outline = contents.outline(title, html)
    entry = search_entry(view, made, url, title, html) if made is None or made.searchable else None
    whole = tombstones.with_former_anchors(view, unquote(url), html)
    whole = with_translation_notice(view, with_contents(view, whole, outline.below))
    return Article(whole, outline, entry)


_MARKED = re.compile(r"rt-translation__note rt-translation__note--(?:missing|outdated)")


def with_translation_notice(view: View, html: str) -> str:
    """The HTML of a page; where passages are marked as untranslated or outdated, a notice below its title counts them."""
    if not (count := len(_MARKED.findall(html))):
        return html
    title, end, rest = html.partition("</h1>")
    return "".join((title, end, view.render("translation_notice.html", count=count), rest))


def with_contents(view: View, html: str, headings: list[contents.Heading]) -> str:
    """The HTML of a page; before the first of several sections its contents, for screens without room beside it."""
    if len(headings) < 3:
        return html
    start = re.search(
        rf'<h[23][^>]* id="{re.escape(str(escape(headings[0].anchor)))}"', html
    ).start()
    return "".join((html[:start], view.render("contents.html", headings=headings), html[start:]))


def search_entry(view: View, page: Page | None, url: str, title: str, html: str) -> SearchEntry:
    """What search knows of a page: its words, and for a resolution its state, session, symbol and names."""
    if page is None or page.slug is None:
        return SearchEntry(url=url, title=title, body=contents.words(html))
    corpus, resolution = view.corpus, view.corpus.resolutions[page.slug]
    status = view.status(queries.assessment(resolution, corpus))
    state = status.name if status else view.t("not_reported")
    session = corpus.sessions[resolution.session].name if resolution.session else ""
    label = corpus.label(page.slug)
    spoken = (
        Catalogue.of(language).t("resolution.name", label=label)
        for language in corpus.body.languages
    )
    names = [label, page.slug, *spoken]
    if resolution.symbol:
        names.append(resolution.symbol.value)
    traits = facets.of_resolution(corpus, resolution)
    return SearchEntry(
        url=url,
        title=title,
        body=contents.words(html),
        meta=tuple(
            (name, value) for name, value in (("state", state), ("session", session)) if value
        ),
        filters=tuple((name, value) for name in facets.SEARCH for value in traits[name]),
        lookups=tuple(dict.fromkeys(names)),
    )
