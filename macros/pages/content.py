"""The article of a page, from its body: its heading, notices and contents; and what search knows of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from markupsafe import escape

from macros.i18n.messages import Catalogue
from macros.pages import outline as contents
from macros.pages.outline import Heading
from macros.pages.registry import Page
from macros.queries import facets, queries
from macros.render.view import View


@dataclass(frozen=True)
class SearchEntry:
    """A page that search can find.

    Attributes:
        url: Relative to the root of the site's language: `resolutions/2-4/`.
        title: Its title.
        body: What is searched and quoted, as plain text.
        meta: Shown with a result, in the order of their names, which may not be `title`, `aliases` or `folded`.
        filters: Name and value of each filter that the page falls under; the name may not be `q`.
        aliases: Words that find the page although it may not contain them.
        lookups: Identifiers that, typed as the whole query, lead straight to the page. They are aliases too.
    """

    url: str
    title: str
    body: str
    meta: tuple[tuple[str, str], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()


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
    whole = _with_former_anchors(view, unquote(url), html)
    whole = with_translation_notice(view, with_contents(view, whole, outline.below))
    return Article(whole, outline, entry)


_CELL = re.compile(r"<t[hd]\b[^>]*>")
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


def _with_former_anchors(view: View, path: str, html: str) -> str:
    """The HTML of a page with the anchors that were given up on it.

    An anchor whose successor is on the page stands at its successor; the others stand at the foot, with what became
    of them.
    """
    html, rest = str(html), []
    for anchor, entry in view.corpus.retired.anchors(path).items():
        target, _, successor = (entry.to or "").partition("#")
        place = _inside(html, successor) if successor and target == entry.path else None
        if place is None:
            rest.append((anchor, entry))
        else:
            html = (
                f'{html[:place]}<span class="rt-former" id="{escape(anchor)}"></span>{html[place:]}'
            )
    return html + str(view.render("former_anchors.html", entries=rest)) if rest else html


def _inside(html: str, anchor: str) -> int | None:
    """The place just inside the element with an anchor: in a row of a table, inside its first cell."""
    match = re.search(rf'<(\w+)\b[^>]*\sid="{re.escape(escape(anchor))}"[^>]*>', html)
    if match and match[1] == "tr":
        match = _CELL.search(html, match.end())
    return match.end() if match else None
