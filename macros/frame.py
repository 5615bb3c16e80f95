"""What stands around the body of a page: its navigation, its other languages, its footer, its search entry. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Iterator
from urllib.parse import quote, urlencode

from macros import contents, queries
from macros.builds import Site
from macros.hosting import Repository
from macros.locale import Locale
from macros.pages import Entry, Page
from macros.render import UNKNOWN_STATE, View
from macros.search import SearchEntry


def base(url: str) -> str:
    """The relative way from a page to the root of its language: `resolutions/2-4/` → `../../`."""
    return "../" * url.count("/")


def nav(entries: list[Entry], sources: dict[str, str]) -> list[dict[str, object]]:
    """The navigation in the form of MkDocs, with names of files for paths."""
    return [
        {title: sources[target] if isinstance(target, str) else nav(target, sources)} for title, target in entries
    ]


def sources(items: list) -> Iterator[str]:
    """The names of files in a navigation in the form of MkDocs."""
    for item in items:
        for target in item.values():
            yield from [target] if isinstance(target, str) else sources(target)


def data_file(page: Page | None) -> str | None:
    """The data file that a page is mostly made from."""
    if page is None:
        return None
    if page.slug:
        return f"data/resolutions/{page.slug}.yml"
    names = {"sessions": "sessions", "periods": "periods", "documents": "documents", "partners": "organizations",
             "corrections": "statements", "funding": "statements", "about": "vocabulary"}  # fmt: skip
    name = names.get(page.path.split("/")[0])
    return f"data/{name}.yml" if name else None


def _edit_text(repository: Repository, site: Site, text: str, page: Page | None) -> str | None:
    """Where the words of a page are edited, or begun with what the page shows now."""
    if text in site.contents:
        return repository.edit_file(text)
    if page and page.slug and not page.period:
        begun = f'{{{{ resolution_summary("{page.slug}") }}}}\n\n{{{{ resolution_details("{page.slug}") }}}}\n'
        return repository.new_file(text, begun)
    return None


@dataclass(frozen=True)
class Alternate:
    """The same page in another language. `href` is relative, `absolute` for search engines."""

    tag: str
    html_lang: str
    name: str
    href: str
    absolute: str


@dataclass(frozen=True)
class Frame:
    """For the templates of the theme."""

    view: View
    page: Page | None
    alternates: tuple[Alternate, ...]
    edit_text: str | None = None
    edit_data: str | None = None
    mistake: str | None = None
    changed: date | None = None

    @staticmethod
    def of(
        site: Site, view: View, page: Page | None, url: str, root_url: str, source: str | None, repository: Repository | None
    ) -> Frame:
        """What stands around a page.

        In: the site, the view from this page, the page if it is one of the data, its address in its language, the
        address of the site's root, the name of its Markdown file below `docs/<language>/` (there or not; `None` for
        the page of an error), and the repository, if there is one.
        """
        up = "../" if site.folder(view.corpus.language) else ""
        alternates = []
        for language in site.languages:
            locale = Locale.of(language)
            path = site.folder(language) + url
            alternates.append(Alternate(language, locale.html_lang, locale.name, view.base + up + path or "./", root_url + path))
        if source is None:
            return Frame(view, page, tuple(alternates))
        language = view.corpus.language
        text, data = f"docs/{language}/{source}", data_file(page)
        changes = [site.changes[name] for name in (text, data) if name in site.changes]
        address = root_url + site.folder(language) + url
        contact = view.corpus.body.contact
        mistake = contact
        if contact and contact.startswith("mailto:"):
            mistake = f"{contact}{'&' if '?' in contact else '?'}" + urlencode({"subject": address}, quote_via=quote)
        if repository:
            mistake = repository.report_mistake(address, page.title if page else address)
        return Frame(
            view,
            page,
            tuple(alternates),
            edit_text=repository and _edit_text(repository, site, text, page),
            edit_data=repository and data and repository.edit_file(data),
            mistake=mistake,
            changed=max(changes, default=None),
        )

    @property
    def newest_report(self) -> str | None:
        """The symbol of the newest report that says anything on the page: of its resolution, or of all."""
        corpus = self.view.corpus
        if self.page and self.page.period:
            return corpus.periods[self.page.period].report
        if self.page and self.page.slug:
            found = queries.reported_in(corpus.resolutions[self.page.slug], corpus)
            return corpus.periods[found[0]].report if found else None
        return corpus.latest_period.report if corpus.latest_period else None

    @property
    def others(self) -> tuple[Alternate, ...]:
        """The other languages."""
        return tuple(alternate for alternate in self.alternates if alternate.tag != self.view.corpus.language)


_MARKED = re.compile(r'<(?:span|div) lang="[^"]*" class="rt-translation">')


def with_translation_notice(view: View, html: str) -> str:
    """The HTML of a page; where passages are marked as untranslated or outdated, a notice below its title counts them."""
    if not (count := len(_MARKED.findall(html))):
        return html
    title, end, rest = html.partition("</h1>")
    return "".join((title, end, view.render("translation_notice.html", count=count), rest))


def search_entry(view: View, page: Page | None, url: str, title: str, html: str) -> SearchEntry:
    """What search knows of a page: its words, and for a resolution its state, session, symbol and names."""
    if page is None or page.slug is None:
        return SearchEntry(url=url, title=title, body=contents.words(html))
    corpus, resolution = view.corpus, view.corpus.resolutions[page.slug]
    status = view.status(queries.assessment(resolution, corpus))
    state = status.name if status else view.t("not_reported")
    session = corpus.sessions[resolution.session].name if resolution.session else ""
    names = [corpus.label(page.slug), page.slug, view.resolution_name(page.slug)]
    if resolution.symbol:
        names.append(resolution.symbol.value)
    filters = (("state", status.id if status else UNKNOWN_STATE), ("session", resolution.session or ""))
    return SearchEntry(
        url=url,
        title=title,
        body=contents.words(html),
        meta=tuple((name, value) for name, value in (("state", state), ("session", session)) if value),
        filters=tuple((name, value) for name, value in filters if value),
        lookups=tuple(dict.fromkeys(names)),
    )
