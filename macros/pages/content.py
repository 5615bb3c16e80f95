"""The content of a page, from its body; and what search knows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as escape_html
from urllib.parse import unquote

from markupsafe import escape

from macros.i18n.messages import Catalogue
from macros.pages import outline
from macros.pages.outline import Heading
from macros.pages.page import Page
from macros.queries import facets
from macros.render.view import View

Pairs = tuple[tuple[str, str], ...]

_UNTRANSLATED = re.compile(r"rt-translation__note rt-translation__note--(?:missing|outdated)")
_CELL = re.compile(r"<t[hd]\b[^>]*>")


@dataclass(frozen=True)
class SearchEntry:
    """A page, or a place on one, that search can find.

    Attributes:
        url: From the root of the language, perhaps with an anchor: `resolutions/2-4/`.
        title: Its title.
        body: What is searched and quoted, as plain text.
        meta: Shown with a result; names may not be `title`, `aliases` or `folded`.
        filters: Name and value of each filter that the page falls under; not `q`.
        lookups: Identifiers that, typed as the whole query, lead straight to the page.
    """

    url: str
    title: str
    body: str
    meta: Pairs = ()
    filters: Pairs = ()
    lookups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """What stands within the theme on a page; `entry` is `None` where search does not find it."""

    html: str
    outline: Heading
    entry: SearchEntry | None


def page_content(
    view: View, page: Page | None, url: str, title: str, body: str, notices: str = ""
) -> Content:
    """Make the content of a page.

    Args:
        view: The view from the page.
        page: The page, if it is one of the data.
        url: Its address in its language.
        title: Its title.
        body: The HTML of its body.
        notices: The HTML of what stands before it.
    """
    html = str(body)  # what is put before it must not be escaped
    if "<h1" not in html:
        html = f'<h1 id="{outline.TITLE}">{escape(title)}</h1>\n{html}'
    html = notices + html
    headings = outline.outline(title, html)
    is_searchable = page is None or page.searchable
    entry = search_entry(view, page, url, title, html) if is_searchable else None
    html = with_former_anchors(view, unquote(url), html)
    html = with_translation_notice(view, _with_contents(view, html, headings.below))
    return Content(html, headings, entry)


def search_entry(view: View, page: Page | None, url: str, title: str, html: str) -> SearchEntry:
    """Collect what search knows of a page: words; status, session and names of a resolution."""
    words = outline.words(html)
    if page is None or page.slug is None:
        return SearchEntry(url, title, words)
    corpus, resolution = view.corpus, view.corpus.resolutions[page.slug]
    session = corpus.sessions[resolution.session].name if resolution.session else ""
    meta = {"state": view.status_name(page.slug), "session": session}
    label = corpus.label(page.slug)
    names = [label, page.slug]
    for language in corpus.body.languages:
        names.append(Catalogue.of(language).t("resolution.name", label=label))
    if resolution.symbol:
        names.append(resolution.symbol.value)
    values = facets.resolution_values(corpus, resolution)
    return SearchEntry(
        url,
        title,
        words,
        meta=tuple((name, value) for name, value in meta.items() if value),
        filters=tuple((name, value) for name in facets.SEARCH for value in values[name]),
        lookups=tuple(dict.fromkeys(names)),
    )


def with_translation_notice(view: View, html: str) -> str:
    """Count passages that are marked as untranslated or outdated in a notice below the title."""
    count = len(_UNTRANSLATED.findall(html))
    if not count:
        return html
    title, end, rest = html.partition("</h1>")
    return f"{title}{end}{view.render('translation_notice.html', count=count)}{rest}"


def _with_contents(view: View, html: str, headings: Sequence[Heading]) -> str:
    """Put the contents before the first of several sections, for narrow screens."""
    if len(headings) < 3:
        return html
    first = re.search(rf'<h[23][^>]* id="{re.escape(escape(headings[0].anchor))}"', html)
    if not first:
        return html
    contents = view.render("contents.html", headings=headings)
    return f"{html[: first.start()]}{contents}{html[first.start() :]}"


def with_former_anchors(view: View, path: str, html: str) -> str:
    """Add the anchors that were given up on a page.

    An anchor whose successor is on the page stands at its successor; the others stand at the foot,
    with what became of them.
    """
    gone = []
    for anchor, entry in view.corpus.retired.anchors(path).items():
        target, _, successor = (entry.to or "").partition("#")
        start = _find_inside(html, successor) if successor and target == entry.path else None
        if start is None:
            gone.append((anchor, entry))
        else:
            span = f'<span class="rt-former" id="{escape_html(anchor)}"></span>'
            html = html[:start] + span + html[start:]
    return html + str(view.render("former_anchors.html", entries=gone)) if gone else html


def _find_inside(html: str, anchor: str) -> int | None:
    """Find the place just inside the element with an anchor: of a row, inside its first cell."""
    match = re.search(rf'<(\w+)\b[^>]*\sid="{re.escape(escape_html(anchor))}"[^>]*>', html)
    if match and match[1] == "tr":
        match = _CELL.search(html, match.end())
    return match.end() if match else None
