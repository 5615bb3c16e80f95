"""A whole page: its article in what stands around it on every page of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote, urlencode

from markupsafe import Markup

from macros import queries
from macros.i18n.locale import Locale
from macros.model.reference import Period
from macros.pages import Content, Page, navigation
from macros.pages.page import NavigationEntry
from macros.render.view import View
from macros.site import structured_data
from macros.site.head import list_files
from macros.site.repository import Repository
from macros.site.sources import Sources, data_file
from macros.site.structured_data import Subject


@dataclass(frozen=True)
class Theme:
    """What pages load, and what the configuration says of the site.

    Attributes:
        sheets: The style sheets, from the root of the language, in order.
        scripts: The scripts by their own names (`search.js`).
        palettes: The sets of colours: media, scheme, primary and accent of each.
        favicon: The icon of the site.
        repo_url: The address of the repository, if it is to be linked.
        repo_name: Its name.
        edit_uri: Where files are edited, from the address of the repository.
        notice: A title and a text that a preview shows above every page.
    """

    sheets: tuple[str, ...]
    scripts: Mapping[str, str]
    palettes: tuple[Mapping[str, str], ...] = ()
    favicon: str = ""
    repo_url: str = ""
    repo_name: str = ""
    edit_uri: str = ""
    notice: tuple[str, str] | None = None


@dataclass(frozen=True)
class Alternate:
    """The same page in another language: `href` is relative, `absolute` for search engines."""

    tag: str
    locale: Locale
    href: str
    absolute: str


@dataclass(frozen=True)
class NavigationItem:
    """A page or a group of pages in the navigation; `path` is from the root of the language."""

    title: str
    path: str
    children: tuple[NavigationItem, ...]
    is_active: bool


@dataclass(frozen=True)
class Footer:
    """What differs below the pages; links are titles with addresses where it can be put right.

    `period` is the newest that says anything of the page.
    """

    changed: date | None = None
    period: Period | None = None
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Layout:
    """What all pages of one language have in common.

    Attributes:
        root_url: The address of the site's root.
        view: The view whose base is the address of the language's root.
        sources: The files that pages are made from.
        theme: What pages load.
        picture: The address of the picture that stands for the site where it is shared.
    """

    root_url: str
    view: View
    sources: Sources
    theme: Theme
    picture: str | None = None

    @cached_property
    def _entries(self) -> list[NavigationEntry]:
        return navigation(self.view)

    @cached_property
    def _repository(self) -> Repository | None:
        return Repository.of(self.theme.repo_url, self.theme.edit_uri)

    def render(
        self,
        article: Content,
        page: Page | None,
        url: str,
        source: str,
        title: str,
        description: str,
    ) -> str:
        """Render a page.

        Args:
            article: Its article.
            page: The page, if it comes from data.
            url: Its address from the root of the language.
            source: The name of its Markdown file, there or not (`resolutions/2-4.md`).
            title: Its title.
            description: What search engines say of it.
        """
        footer = self.make_footer(page, url, source)
        subject = Subject(
            self.view, self.root_url, url, title, description,
            page, footer.changed, footer.period, self.picture,
        )  # fmt: skip
        view = self.view.at(base(url))
        return self._page(
            view,
            url,
            article=Markup(article.html),
            headings=article.outline.below,
            title=title,
            description=description,
            canonical=self.view.base + url,
            page=page,
            picture=self.picture,
            files=list_files(view, page.slug if page else None),
            linked_data=Markup(structured_data.text(subject)),
            footer=footer,
            scripts=_scripts(article.html),
        )

    def make_footer(self, page: Page | None, url: str, source: str) -> Footer:
        """Make what stands below a page; the arguments are those of `render`."""
        changed = self.sources.last_change(source, page, self.view.corpus.language)
        links = tuple(self._footer_links(page, url, source))
        return Footer(changed, self._period(page), links)

    def render_not_found(self, other_views: Iterable[View]) -> str:
        """Render the page that hosts show where nothing is; it is reached from any address.

        Args:
            other_views: The other languages that this page serves too.
        """
        languages = [self.view.at(self.path), *other_views]
        view = languages[0]
        article = view.render("layout/not_found.html", views=languages)
        title = view.t("not_found.title")
        return self._page(
            view, "", article=article, headings=(), title=title, description="", canonical="",
            footer=Footer(), scripts=(*_scripts(""), "missing.js"),
        )  # fmt: skip

    @property
    def path(self) -> str:
        """The path of the language's root at its host (`/tracker/zh/`)."""
        return "/" + self.view.base.partition("://")[2].partition("/")[2]

    def _page(self, view: View, url: str, **values: object) -> str:
        active = url if values["canonical"] else None
        items = tuple(_item(entry, active) for entry in self._entries)
        return view.render(
            "layout/page.html",
            theme=self.theme,
            navigation=items,
            in_section=any(item.is_active and item.children for item in items),
            alternates=self._alternates(view.base, url),
            **values,
        )

    def _alternates(self, start: str, url: str) -> list[Alternate]:
        up = "../" if self.sources.folder(self.view.corpus.language) else ""
        alternates = []
        for tag in self.sources.languages:
            locale, path = Locale.of(tag), self.sources.folder(tag) + url
            href = start + up + path or "./"
            alternates.append(Alternate(tag, locale, href, self.root_url + path))
        return alternates

    def _period(self, page: Page | None) -> Period | None:
        """The newest period that says anything of a page: of its resolution, or of all."""
        corpus = self.view.corpus
        if page and page.period:
            return corpus.periods[page.period]
        if page and page.slug:
            periods = queries.reported_in(corpus.resolutions[page.slug], corpus)
            return corpus.periods[periods[0]] if periods else None
        return corpus.latest_period

    def _footer_links(self, page: Page | None, url: str, source: str) -> Iterable[tuple[str, str]]:
        t, address, repository = self.view.t, self.view.base + url, self._repository
        report = self.view.corpus.body.contact
        if report and report.startswith("mailto:"):
            subject = urlencode({"subject": address}, quote_via=quote)
            report += f"{'&' if '?' in report else '?'}{subject}"
        if repository:
            report = repository.report_mistake(address, page.title if page else address)
        if report:
            yield t("footer.mistake"), report
        if not repository:
            return
        if href := self.sources.edit_text(repository, source, page, self.view.corpus.language):
            yield t("footer.edit_text"), href
        if data := data_file(page):
            is_folder = data.endswith("/")
            href = repository.folder(data.rstrip("/")) if is_folder else repository.edit_file(data)
            if href:
                yield t("footer.edit_data"), href


def base(url: str) -> str:
    """The relative way from a page to the root of its language: `resolutions/2-4/` → `../../`."""
    return "../" * url.count("/")


def _scripts(article: str) -> tuple[str, ...]:
    scripts = ("frame.js", "search.js", "share.js")
    return (*scripts, "filters.js") if "data-filters" in article else scripts


def _item(entry: NavigationEntry, url: str | None) -> NavigationItem:
    title, target = entry
    if isinstance(target, str):
        return NavigationItem(title, target, (), target == url)
    children = tuple(_item(child, url) for child in target)
    is_active = any(child.is_active for child in children)
    return NavigationItem(title, children[0].path, children, is_active)
