"""The files of a site that come from data: rendered and written, by this process or by workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path

from markupsafe import Markup

from macros.build.project import Project
from macros.build.workers import current_project
from macros.exports import embeds
from macros.i18n.locale import Locale
from macros.pages import (
    Content,
    MacroError,
    Page,
    SearchEntry,
    page_content,
    pages,
    pages_of_resolution,
)
from macros.render.view import View
from macros.search.documents import write_index
from macros.site import files, sitemaps
from macros.site.addresses import page_address
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
    theme: Theme = field(hash=False)  # it holds lists by name
    picture: str | None = None
    rendered: frozenset[str] = frozenset()


class LanguageFiles:
    """The pages and data exports of one language."""

    def __init__(self, project: Project, setup: LanguageSetup) -> None:
        """Take the project and what its files are made with."""
        self.project, self.setup = project, setup
        address = setup.root_url + project.folder(setup.language)
        self.view = project.view(setup.language, address)
        self.public_view = project.public_view(setup.language, address) if project.drafts else None
        sources = Sources(project.languages, project.contents, project.changes)
        self.layout = Layout(setup.root_url, self.view, sources, setup.theme, setup.picture)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """All pages that come from data, by the names of their Markdown files."""
        return {page.source: page for page in pages(self.view)}

    def render(self, page: Page) -> tuple[str, SearchEntry | None]:
        """Render a page that comes from data.

        Returns:
            Its HTML, and what search knows of it.
        """
        body = page.body(self.view.at(base(page.path)))
        is_draft = self.is_draft(page.body, base(page.path), body)
        article = self.make_article(page, page.path, page.title, body, is_draft)
        description = page.description or self.view.corpus.body.description
        html = self.layout.render(article, page, page.path, page.source, page.title, description)
        return html, article.entry

    def make_article(
        self,
        page: Page | None,
        url: str,
        title: str,
        body: str,
        is_draft: bool = False,
        is_fallback: bool = False,
    ) -> Content:
        """Make the article of a page.

        Args:
            page: The page, if it comes from data.
            url: Its address from the root of the language.
            title: Its title.
            body: Its HTML.
            is_draft: Whether to say that the public does not see it like this.
            is_fallback: Whether to say that it is not translated.
        """
        view = self.view.at(base(url))
        notices = view.render("draft.html") if is_draft else Markup()
        if is_fallback:
            default = Locale.of(self.project.languages[0])
            notices += view.render("fallback.html", language=default)
        return page_content(view, page, url, title, body, str(notices))

    def is_draft(self, render: Callable[[View], str], start: str, html: str) -> bool:
        """Whether something would be another, or nothing, to the public.

        Args:
            render: What rendered it.
            start: The base of the view that it was rendered with.
            html: What it is now.
        """
        if self.public_view is None:
            return False
        try:
            return render(self.public_view.at(start)) != html
        except (MacroError, LookupError, ValueError):  # it shows what is under embargo
            return True

    def exports(self, slug: str | None = None) -> Iterator[tuple[str, str | bytes]]:
        """The files of one resolution that are no pages, or else all other such files.

        A card that the public does not see like this says so.
        """
        for name, text in files.language_files(self.view, slug):
            if slug and name == f"embed/{slug}/index.html":
                draw = partial(embeds.card, slug=slug)
                is_draft = self.is_draft(draw, self.view.base, text)
                yield name, embeds.card(self.view, slug, is_draft=True) if is_draft else text
            else:
                yield name, text
        if slug is None:
            yield from files.reports(self.view)


def write_resolutions(setup: LanguageSetup, slugs: Sequence[str]) -> list[SearchEntry]:
    """Write the pages and exports of some resolutions.

    With the default language come the exports that hold all languages at once.

    Returns:
        What search knows of the pages.
    """
    project = current_project()
    language = _language_files(project, setup)
    entries = []
    for slug in slugs:
        entries += _write_pages(language, pages_of_resolution(language.view, slug))
        write_files(setup.folder, language.exports(slug))
        if setup.language == project.languages[0]:
            write_site_exports(setup, slug)
    return entries


def write_lists(setup: LanguageSetup, part: int, parts: int) -> list[SearchEntry]:
    """Write a part of the pages that do not belong to one resolution."""
    language = _language_files(current_project(), setup)
    lists = [page for page in language.pages.values() if page.slug is None]
    return _write_pages(language, lists[part::parts])


def write_exports(setup: LanguageSetup) -> None:
    """Write the exports of one language that hold all resolutions."""
    write_files(setup.folder, _language_files(current_project(), setup).exports())


def write_site_exports(setup: LanguageSetup, slug: str | None = None) -> None:
    """Write the exports that hold all languages at once: of one resolution, or else all others.

    Args:
        setup: That of the default language.
        slug: The resolution.
    """
    project, root = current_project(), setup.root_url
    views = {tag: project.view(tag, root + project.folder(tag)) for tag in project.languages}
    write_files(setup.folder, files.site_files(views, slug))


def write_search(setup: LanguageSetup, entries: Sequence[SearchEntry]) -> None:
    """Write the search index of one language."""
    write_index(entries, Locale.of(setup.language).pagefind, setup.folder)


def write_sitemap(project: Project, setups: Sequence[LanguageSetup]) -> None:
    """List the pages that search engines may find, and say where the list is.

    Args:
        project: The project.
        setups: What each language is made with, the default one first.
    """
    sources = Sources(project.languages, project.contents, project.changes)
    root, languages = setups[0].root_url, []
    for setup in setups:
        tag, folder = setup.language, project.folder(setup.language)
        generated = pages(project.view(tag, root + folder))
        listed = {
            root + folder + page.path: sources.last_change(page.source, page, tag)
            for page in generated
            if page.indexed
        }
        for source in sorted(setup.rendered - {page.source for page in generated}):
            address = root + folder + page_address(source)
            listed[address] = sources.last_change(source, None, tag)
        languages.append((tag, folder, listed))
    write_files(setups[0].folder, sitemaps.of_site(root, languages))
    robots = sitemaps.robots(root, public=not project.drafts)
    write_files(setups[0].folder, [("robots.txt", robots)])


def write_files(folder: Path, contents: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files, given as path below a folder and contents."""
    for name, text in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def _write_pages(language: LanguageFiles, pages: Iterable[Page]) -> list[SearchEntry]:
    entries = []
    for page in pages:
        if page.source not in language.setup.rendered:
            html, entry = language.render(page)
            write_files(language.setup.folder, [(f"{page.path}index.html", html)])
            entries += [entry] if entry else []
    return entries


@lru_cache(maxsize=8)
def _language_files(project: Project, setup: LanguageSetup) -> LanguageFiles:
    """The files of one language, which many tasks of a worker share."""
    return LanguageFiles(project, setup)
