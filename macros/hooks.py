"""The MkDocs plugin: a corpus to pages, one build per language. The only module that knows MkDocs' build.

`mkdocs build` of the default language starts the builds of the other languages beside itself, each in a
process of its own, and takes their results in at its end. The build of one language alone is chosen by
`TRACKER_LANG`.
"""

from __future__ import annotations

import functools
import logging
import os
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urljoin, urlsplit

import click
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros import builds, contents, exports, frame, pages, search
from macros.catalogue import Catalogue
from macros.contributed import MARKERS
from macros.hosting import Repository
from macros.locale import Locale
from macros.render import DRAFT_MARK, View
from macros.sections import MACROS

log = logging.getLogger("mkdocs.plugins.tracker")

THEME = Path(__file__).parent / "theme"


class FinishedPage(Page):
    """A page that is HTML from the start: nothing to read from the disk, no Markdown to convert."""

    def __init__(self, page: pages.Page, file: File, config: MkDocsConfig, view: View) -> None:
        super().__init__(None, file, config)
        self._made = page
        self._view = view

    def read_source(self, config: MkDocsConfig) -> None:
        """Set what front matter would."""
        self.markdown = ""
        self.meta = {"title": self._made.title, "description": self._made.description}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Call the body of the page."""
        self.content = self._made.body(self._view.at(frame.base(self.url)))
        self.present_anchor_ids = contents.anchors(self.content)


class TrackerPlugin(BasePlugin):
    """Turns the organ's data into the pages of a MkDocs site."""

    def __init__(self) -> None:
        self.command = "build"
        self.site: builds.Site | None = None
        self.faults = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or the live preview."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check all data, and set up MkDocs for the language of this build."""
        root = Path(config.config_file_path).parent
        self._load(root)
        self.language = os.environ.get(builds.LANGUAGE_VARIABLE) or self.site.languages[0]
        if self.language not in self.site.languages:
            raise PluginError(f"{builds.LANGUAGE_VARIABLE}={self.language}: the languages are {', '.join(self.site.languages)}")
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(self.site.epoch))
        self.whole = self.command == "build" and builds.LANGUAGE_VARIABLE not in os.environ
        self.view = self.site.view(self.language)
        self.locale = Locale.of(self.language)
        self.pages = {page.source: page for page in pages.pages(self.view)}
        self.slots: dict[str, list[str]] = {}
        self.entries: list[search.SearchEntry] = []
        self.fallbacks: set[str] = set()
        self._configure(config, root)
        return config

    def _load(self, root: Path) -> None:
        """Read the project. The preview goes on with what was last good, and shows the problems on every page."""
        try:
            fresh = builds.Site.load(root)
        except builds.BuildFailed as error:
            raise Abort(str(error)) from error
        self.faults = fresh.report(Catalogue.of("en").t) if fresh.errors else ""
        if not self.faults:
            self.site = fresh
        elif self.command == "serve" and self.site:
            click.echo(self.faults, err=True)
        else:
            raise Abort(self.faults)

    def _configure(self, config: MkDocsConfig, root: Path) -> None:
        body = self.view.corpus.body
        self.root_url = config.site_url or ""
        self.repository = Repository.of(config.repo_url, config.edit_uri)
        if self.command == "build":
            config.site_url = urljoin(self.root_url, self.site.folder(self.language))
        config.site_name = body.site_name
        config.site_description = body.description
        pages_by_hand = root / "docs" / self.language
        pages_by_hand.mkdir(parents=True, exist_ok=True)  # MkDocs needs it, though all pages may come from data
        config.docs_dir = str(pages_by_hand)
        config.theme["language"] = self.locale.material
        config.theme["direction"] = self.locale.direction
        config.extra["scope"] = urlsplit(self.root_url).path or "/"  # the choice of colours holds for all languages
        for palette in config.theme["palette"] or ():
            dark = palette["scheme"] == "slate"
            palette["toggle"]["name"] = self.view.t("nav.theme.light" if dark else "nav.theme.dark")
        config.theme.dirs.insert(0, str(THEME))
        config.nav = frame.nav(pages.navigation(self.view), {page.path: page.source for page in self.pages.values()})
        config.validation.nav.omitted_files = logging.DEBUG
        config.extra_css = ["assets/tracker/tracker.css", "assets/tracker/search.css", *config.extra_css]
        config.watch = [*config.watch, str(root / "data"), str(root / "docs")]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Start the builds of the other languages."""
        self._fence(config)
        self.others = builds.start_others(self.site, config) if self.whole else []

    def _fence(self, config: MkDocsConfig) -> None:
        """A second wall behind the check of pages: macros run in a sandbox that knows nothing but them."""
        plugin = config.plugins["macros"]
        sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, **MARKERS)
        sandbox.globals = {name: plugin.macros[name] for name in MACROS}
        plugin._env = sandbox

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that nobody wrote by hand, and in another language those written in the default one."""
        default = self.site.root / "docs" / self.site.languages[0]
        for path in sorted(default.rglob("*")) if self.language != self.site.languages[0] else ():
            name = path.relative_to(default).as_posix()
            if path.is_file() and name not in files.src_uris:
                files.append(File(name, str(default), config.site_dir, config.use_directory_urls))
                self.fallbacks.add(name)
        self._keep_back(files, config)
        in_nav = set(frame.sources(config.nav))
        for source, page in self.pages.items():
            file = files.get_file_from_path(source)
            if file is None:
                file = File.generated(config, source, content="")
                files.append(file)
                FinishedPage(page, file, config, self.view)
            file.inclusion = InclusionLevel.INCLUDED if source in in_nav else InclusionLevel.NOT_IN_NAV
        for file in files.documentation_pages():
            if file.src_uri not in self.pages:
                file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    def _keep_back(self, files: Files, config: MkDocsConfig) -> None:
        """Take away the pages that are held, and while there are problems show the others as they last were."""
        for file in list(files.documentation_pages()):
            language = self.site.languages[0] if file.src_uri in self.fallbacks else self.language
            name = f"docs/{language}/{file.src_uri}"
            if name in self.site.held_pages and not self.site.drafts:
                files.remove(file)
            elif self.faults:
                files.remove(file)
                if name in self.site.contents:
                    files.append(File.generated(config, file.src_uri, content=self.site.contents[name]))

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a hand-written page the title and description it lacks."""
        if made := self.pages.get(page.file.src_uri):
            page.meta.setdefault("title", made.title)
            page.meta.setdefault("description", made.description)
        return markdown

    def slot(self, page: Page, html: str) -> str:
        """Keep a macro's HTML aside and return what holds its place, so that Markdown leaves it alone."""
        slots = self.slots.setdefault(page.file.src_uri, [])
        slots.append(html)
        return f'\n\n<div data-tracker-slot="{len(slots) - 1}"></div>\n\n'

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the macros' HTML in place; read headings, anchors and words from the finished page."""
        for index, part in enumerate(self.slots.pop(page.file.src_uri, [])):
            html = html.replace(f'<div data-tracker-slot="{index}"></div>', part)
        if self.site.drafts and (f"docs/{self.language}/{page.file.src_uri}" in self.site.held_pages or DRAFT_MARK in html):
            html = self.view.render("draft.html") + html
        if page.file.src_uri in self.fallbacks:
            html = self.view.render("fallback.html", language=Locale.of(self.site.languages[0])) + html
        title = page.meta.get("title") or page.title
        if "<h1" not in html:
            html = f'<h1 id="{contents.TITLE}">{escape(title)}</h1>\n{html}'
        page.toc = TableOfContents([_link(contents.outline(title, html))])
        page.present_anchor_ids = (page.present_anchor_ids or set()) | contents.anchors(html)
        made = self.pages.get(page.file.src_uri)
        if made is None or made.searchable:
            self.entries.append(frame.search_entry(self.view, made, page.url, title, html))
        return frame.with_translation_notice(self.view, html)

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Show the navigation beside a page only where it belongs to a section of it, and contents only if there are any."""
        page.meta["hide"] = (["navigation"] if page.parent is None else []) + ([] if page.toc.items[0].children else ["toc"])
        return context

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the theme's templates the words and addresses they need."""
        env.globals["tracker"] = self
        env.globals["t"] = self.view.t
        return env

    def frame(self, page: Page | None, base_url: str) -> frame.Frame:
        """For the theme: what stands around a page (or, without one, around the page of an error)."""
        made = self.pages.get(page.file.src_uri) if page else None
        base = frame.base(page.url) if page else base_url.rstrip("/") + "/"
        url, source = (page.url, page.file.src_uri) if page else ("", None)
        return frame.Frame.of(self.site, self.view.at(base), made, url, self.root_url, source, self.repository)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Say the language and the direction of the page."""
        return self._with_language(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of an error."""
        return self._with_language(output) if template_name.endswith(".html") else output

    def _with_language(self, output: str) -> str:
        start = output.find("<html ")
        end = output.find(">", start)
        return f'{output[:start]}<html lang="{self.locale.html_lang}" dir="{self.locale.direction}" class="no-js"{output[end:]}'

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index and the data, and take in the other languages."""
        site_dir = Path(config.site_dir)
        try:
            search.write_index(self.entries, self.locale.pagefind, site_dir)
        except search.SearchError as error:
            raise PluginError(str(error)) from error
        builds.write_all(site_dir, exports.of_language(self.view, self.root_url + self.site.folder(self.language)))
        if self.whole:
            builds.write_all(site_dir, exports.of_site(self.site.corpora, self.root_url, self.site.today))
            try:
                builds.join_others(self.others, site_dir)
            except builds.BuildFailed as error:
                raise PluginError(str(error)) from error

    def on_build_error(self, *, error: Exception) -> None:
        """Stop the other builds."""
        for other in getattr(self, "others", []):
            other.stop()


def _link(heading: contents.Heading) -> AnchorLink:
    link = AnchorLink(str(Markup.escape(heading.title)), heading.anchor, heading.level)
    link.children = [_link(below) for below in heading.below]
    return link


def macros_of(env: Any) -> dict[str, Callable[..., str]]:
    """The macros for the environment of mkdocs-macros-plugin, each bound to the page that calls it."""
    tracker: TrackerPlugin = env.conf.plugins["tracker"]

    def bind(function: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(function)
        def call(*arguments: str, **named: str) -> str:
            view = tracker.view.at(frame.base(env.page.url))
            return tracker.slot(env.page, function(view, *arguments, **named))

        return call

    return {name: bind(function) for name, function in MACROS.items()}


