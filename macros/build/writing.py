"""The files of a site that come from data: rendered and written, by this process or by workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from macros.build.project import Project
from macros.build.workers import current_project
from macros.exports import embeds
from macros.i18n.locale import Locale
from macros.pages import Content, Page, SearchEntry, page_content, pages, pages_of_resolution
from macros.render.view import View
from macros.search.documents import write_index
from macros.site import files, sitemaps
from macros.site.layout import Layout, Theme, base
from macros.site.sources import Sources


@dataclass(frozen=True)
class LanguageSetup:
    """What the files of one language are made with, besides the project.

    Attributes:
        language: The language.
        root_url: The address of the site's root.
        folder: Where the files of the language are written.
        theme: What pages load.
        picture: The address of the picture that stands for the site where it is shared.
        rendered: The names of the Markdown files of pages that are written already.
    """

    language: str
    root_url: str
    folder: Path
    theme: Theme
    picture: str | None = None
    rendered: frozenset[str] = frozenset()


class LanguageFiles:
    """The pages and data exports of one language."""

    def __init__(self, project: Project, setup: LanguageSetup) -> None:
        """Take the project and what its files are made with."""
        self.project, self.setup = project, setup
        address = setup.root_url + project.folder(setup.language)
        self.view = project.view(setup.language, address)
        self.public_view = project.public_view(setup.language, address)
        sources = Sources(project.languages, project.contents, project.changes)
        self.layout = Layout(setup.root_url, self.view, sources, setup.theme, setup.picture)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """All pages that come from data, by the names of their Markdown files."""
        return {page.source: page for page in pages(self.view)}

    @cached_property
    def _public_pages(self) -> dict[str, Page]:
        return {page.source: page for page in pages(self.public_view)}

    def render(self, page: Page) -> tuple[str, SearchEntry | None]:
        """Render a page that comes from data.

        Returns:
            Its HTML, and what search knows of it.
        """
        body = page.body(self.view.at(base(page.path)))
        notices = self.draft_notice() if self.project.drafts and self.is_draft(page, body) else ""
        article = self.make_article(page, page.path, page.title, body, notices)
        description = page.description or self.view.corpus.body.description
        html = self.layout.render(article, page, page.path, page.source, page.title, description)
        return html, article.entry

    def make_article(
        self, page: Page | None, url: str, title: str, body: str, notices: str = ""
    ) -> Content:
        """Make the article of a page from its body and what is said before it."""
        return page_content(self.view.at(base(url)), page, url, title, body, notices)

    def is_draft(self, page: Page, body: str) -> bool:
        """Whether a page would be another, or none, to the public."""
        public = self._public_pages.get(page.source)
        return public is None or public.body(self.public_view.at(base(page.path))) != body

    def is_draft_card(self, slug: str, card: str) -> bool:
        """Whether a card to embed would be another, or none, to the public."""
        if not self.project.drafts:
            return False
        public = self.public_view.at(self.public_view.address)
        return slug not in public.corpus.resolutions or embeds.card(public, slug) != card

    def draft_notice(self) -> Markup:
        """What stands above a page that the public does not see like this."""
        return self.view.render("draft.html")

    def fallback_notice(self) -> Markup:
        """What stands above a page that is not translated."""
        default = Locale.of(self.project.languages[0])
        return self.view.render("fallback.html", language=default)

    def absolute_view(self) -> View:
        """The view whose links are whole addresses, for exports."""
        return self.view.at(self.view.address)


def write_resolutions(setup: LanguageSetup, slugs: Sequence[str]) -> list[SearchEntry]:
    """Write the pages and exports of some resolutions; returns what search knows of the pages."""
    language = _language_files(current_project(), setup)
    entries = []
    for slug in slugs:
        entries += _write_pages(language, pages_of_resolution(language.view, slug))
        write_files(setup.folder, resolution_files(language, slug))
    return entries


def resolution_files(language: LanguageFiles, slug: str) -> Iterator[tuple[str, str | bytes]]:
    """The exports of a resolution; a card that the public does not see like this says so."""
    card = f"embed/{slug}/index.html"
    for name, text in files.resolution_files(language.absolute_view(), slug):
        is_draft = name == card and language.is_draft_card(slug, text)
        yield name, embeds.card(language.absolute_view(), slug, True) if is_draft else text


def write_lists(setup: LanguageSetup, sources: Sequence[str]) -> list[SearchEntry]:
    """Write some pages that do not belong to one resolution, by the names of their files."""
    language = _language_files(current_project(), setup)
    return _write_pages(language, [language.pages[source] for source in sources])


def write_language_files(setup: LanguageSetup) -> None:
    """Write the exports of one language that hold all resolutions."""
    view = _language_files(current_project(), setup).absolute_view()
    write_files(setup.folder, files.language_files(view))


def write_site_resolutions(root_url: str, site_dir: Path, slugs: Sequence[str]) -> None:
    """Write the exports of some resolutions that hold all languages at once."""
    views = _views(current_project(), root_url)
    for slug in slugs:
        write_files(site_dir, files.site_resolution_files(views, slug))


def write_site_files(root_url: str, site_dir: Path) -> None:
    """Write the exports of all resolutions that hold all languages at once."""
    write_files(site_dir, files.site_files(_views(current_project(), root_url)))


def write_search(setup: LanguageSetup, entries: Sequence[SearchEntry]) -> None:
    """Write the search index of one language."""
    language = Locale.of(setup.language).pagefind
    write_index(entries, language, setup.folder)


def write_sitemap(
    project: Project, root_url: str, site_dir: Path, others: dict[str, list[str]]
) -> None:
    """List the pages that search engines may find, and say where the list is.

    Args:
        project: The project.
        root_url: The address of the site's root.
        site_dir: The folder of the site.
        others: The hand-written pages of each language that take the place of no other, by the
            names of their files.
    """
    sources = Sources(project.languages, project.contents, project.changes)
    languages = []
    for tag in project.languages:
        address = root_url + project.folder(tag)
        listed = {
            address + page.path: sources.last_change(page.source, page, tag)
            for page in pages(project.view(tag, address))
            if page.indexed
        }
        for source in others[tag]:
            path = source.removesuffix(".md").removesuffix("index")
            url = f"{path}/" if path and not path.endswith("/") else path
            listed[address + url] = sources.last_change(source, None, tag)
        languages.append((tag, project.folder(tag), listed))
    write_files(site_dir, sitemaps.of_site(root_url, languages))
    robots = sitemaps.robots(root_url, public=not project.drafts)
    write_files(site_dir, [("robots.txt", robots)])


def write_files(folder: Path, contents: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files, given as path below a folder and contents."""
    for name, text in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def _write_pages(language: LanguageFiles, pages: Iterable[Page]) -> list[SearchEntry]:
    entries = []
    for page in pages:
        if page.source in language.setup.rendered:
            continue
        html, entry = language.render(page)
        write_files(language.setup.folder, [(f"{page.path}index.html", html)])
        if entry:
            entries.append(entry)
    return entries


def _views(project: Project, root_url: str) -> dict[str, View]:
    views = {}
    for tag in project.languages:
        view = project.view(tag, root_url + project.folder(tag))
        views[tag] = view.at(view.address)
    return views


_cache: list[LanguageFiles] = []


def _language_files(project: Project, setup: LanguageSetup) -> LanguageFiles:
    """The files of one language; those asked for last stay at hand."""
    for known in _cache:
        if known.project is project and known.setup == setup:
            return known
    made = LanguageFiles(project, setup)
    _cache[:] = [*_cache[-3:], made]
    return made
