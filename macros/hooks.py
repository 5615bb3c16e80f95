"""The MkDocs plugin: a corpus to pages, one build per language. The only module that knows MkDocs' build.

`mkdocs build` of the default language starts the builds of the other languages beside itself, each in a
process of its own, and takes their results in at its end. The build of one language alone is chosen by
`TRACKER_LANG`.
"""

from __future__ import annotations

import functools
import html as html_text
import json
import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urljoin, urlsplit

import click
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from macros import addresses, assets, builds, cards, contents, exports, frame, metadata, offline, pages, search, sitemaps, tombstones
from macros.catalogue import Catalogue
from macros.fence import sandbox
from macros.gallery import Gallery
from macros.hosting import Repository
from macros.locale import Locale
from macros.render import View
from macros.sections import MACROS, MacroError

log = logging.getLogger("mkdocs.plugins.tracker")

THEME = Path(__file__).parent / "theme"
COLOURS = ("media", "scheme", "primary", "accent")
"""What early.js must know of each set of colours."""


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


class Warnings(logging.Handler):
    """What MkDocs warns of in a build. In a preview it is shown on the pages instead of stopping everything."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.texts[record.getMessage()] = None

    def take_over(self) -> None:
        """Begin anew, in the place of the handler by which MkDocs counts warnings in its strict mode."""
        self.texts.clear()
        logger = logging.getLogger("mkdocs")
        for handler in list(logger.handlers):
            if isinstance(handler, CountHandler):
                logger.removeHandler(handler)
        logger.addHandler(self)


class TrackerPlugin(BasePlugin):
    """Turns the organ's data into the pages of a MkDocs site."""

    def __init__(self) -> None:
        self.command = "build"
        self.site: builds.Site | None = None
        self.faults = ""
        self.warnings = Warnings()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or the live preview."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check all data, and set up MkDocs for the language of this build."""
        root = Path(config.config_file_path).parent
        if self.command == "serve":
            self.warnings.take_over()
        self._load(root)
        self.language = os.environ.get(builds.LANGUAGE_VARIABLE) or self.site.languages[0]
        if self.language not in self.site.languages:
            raise PluginError(f"{builds.LANGUAGE_VARIABLE}={self.language}: the languages are {', '.join(self.site.languages)}")
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(self.site.epoch))
        self.whole = self.command == "build" and builds.LANGUAGE_VARIABLE not in os.environ
        self.root_url = config.site_url or ""
        address = self.root_url + self.site.folder(self.language)
        self.view = replace(self.site.view(self.language), address=address)
        self.locale = Locale.of(self.language)
        self.public_view = replace(self.site.public_view(self.language), address=address)
        self.pages = {page.source: page for page in pages.pages(self.view)}
        self.public_pages = {page.source: page for page in pages.pages(self.public_view)} if self.site.drafts else {}
        self.drafted: set[str] = set()
        self.slots: dict[str, list[str]] = {}
        self.entries: list[search.SearchEntry] = []
        self.fallbacks: set[str] = set()
        self.gallery = Gallery.of(self.view)
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
        self.repository = Repository.of(config.repo_url, config.edit_uri)
        if self.command == "build":
            config.site_url = urljoin(self.root_url, self.site.folder(self.language))
        config.site_name = escape(body.site_name)  # the theme's templates escape nothing
        config.site_description = escape(body.description)
        pages_by_hand = root / "docs" / self.language
        pages_by_hand.mkdir(parents=True, exist_ok=True)  # MkDocs needs it, though all pages may come from data
        config.docs_dir = str(pages_by_hand)
        config.theme["language"] = self.locale.material
        config.theme["direction"] = self.locale.direction
        config.extra["scope"] = urlsplit(self.root_url).path or "/"  # the choice of colours holds for all languages
        for palette in config.theme["palette"] or ():
            dark = palette["scheme"] == "slate"
            palette["toggle"]["name"] = self.view.t("nav.theme.light" if dark else "nav.theme.dark")
        self.palettes = json.dumps([{name: palette.get(name, "") for name in COLOURS} for palette in config.theme["palette"] or ()])
        config.theme.dirs.insert(0, str(THEME))
        config.nav = frame.nav(pages.navigation(self.view), {page.path: page.source for page in self.pages.values()})
        config.validation.nav.omitted_files = logging.DEBUG
        styles = ("tracker", "pictures", "search", "narrow", "share", "data", "access", "print")
        config.extra_css = [*(f"assets/tracker/{name}.css" for name in styles), *config.extra_css]
        config.watch = [*config.watch, str(root / "data"), str(root / "docs")]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Start the builds of the other languages."""
        self._fence(config)
        for language in self.site.languages if self.whole else ():
            if missing := Gallery.of(self.site.view(language)).missing:
                click.echo(Catalogue.of("en").t("build.no_pictures", language=language, characters=missing), err=True)
        self.others = builds.start_others(self.site, config) if self.whole else []

    def _fence(self, config: MkDocsConfig) -> None:
        """A second wall behind the check of pages: they are rendered in a sandbox that knows nothing but the macros."""
        plugin = config.plugins["macros"]
        plugin._env = sandbox({name: plugin.macros[name] for name in MACROS})
        plugin.has_j2 = lambda text: False  # titles, which come from data too, are never templates

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that nobody wrote by hand, and in another language those written in the default one."""
        default = self.site.languages[0]
        self._trim(files, config)
        if self.faults:
            for file in list(files.documentation_pages()):
                files.remove(file)
            self._add_by_hand(files, config, self.language)
        for file in list(files.documentation_pages()):
            if self._is_kept_back(self.language, file.src_uri):
                files.remove(file)
        if self.language != default:
            self.fallbacks = self._add_by_hand(files, config, default)
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

    def _trim(self, files: Files, config: MkDocsConfig) -> None:
        """Make the theme's style sheets and those of the tracker one, and leave out what no page asks for."""
        themes = sorted(file.src_uri for file in files.css_files() if file.src_uri.startswith("assets/stylesheets/"))
        own = [name for name in config.extra_css if name.startswith("assets/tracker/")]
        joined = [files.get_file_from_path(name) for name in [*themes, *own]]
        self.sheet, text = assets.one_sheet(file.content_string for file in joined)
        config.extra_css = [name for name in config.extra_css if name not in own]
        for file in [*joined, *(file for file in files if assets.is_unused(file.src_uri))]:
            files.remove(file)
        files.append(File.generated(config, self.sheet, content=text))

    def _add_by_hand(self, files: Files, config: MkDocsConfig, language: str) -> set[str]:
        """Add the files of a language that are not there yet, pages as they were last good; returns their names."""
        folder, top = self.site.root / "docs" / language, f"docs/{language}/"
        written = {name.removeprefix(top): raw for name, raw in self.site.contents.items() if name.startswith(top)}
        others = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
        added = set()
        for name in [*written, *(name for name in others if not name.endswith(".md"))]:
            if name in files.src_uris or "/." in f"/{name}" or self._is_kept_back(language, name):
                continue
            if name in written:
                files.append(File.generated(config, name, content=written[name]))
            else:
                files.append(File(name, str(folder), config.site_dir, config.use_directory_urls))
            added.add(name)
        return added

    def _is_kept_back(self, language: str, source: str) -> bool:
        """Whether a page is held, and this is no preview of drafts."""
        return self._is_held(language, source) and not self.site.drafts

    def _is_held(self, language: str, source: str) -> bool:
        return f"docs/{language}/{source}" in self.site.held_pages

    def _shows_drafts(self, page: Page, html: str) -> bool:
        """Whether a page of a preview would be another, or none, to the public."""
        source = page.file.src_uri
        if isinstance(page, FinishedPage):
            public = self.public_pages.get(source)
            return public is None or public.body(self.public_view.at(frame.base(page.url))) != html
        language = self.site.languages[0] if source in self.fallbacks else self.language
        return source in self.drafted or self._is_held(language, source)

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
        shows_drafts = self.site.drafts and self._shows_drafts(page, html)
        for index, part in enumerate(self.slots.pop(page.file.src_uri, [])):
            html = html.replace(f'<div data-tracker-slot="{index}"></div>', part)
        title = page.meta.get("title") or html_text.unescape(page.title)
        html = str(html)  # what is put before it must not be escaped
        if "<h1" not in html:
            html = f'<h1 id="{contents.TITLE}">{escape(title)}</h1>\n{html}'
        if page.file.src_uri in self.fallbacks:
            html = str(self.view.render("fallback.html", language=Locale.of(self.site.languages[0]))) + html
        if shows_drafts:
            html = str(self.view.render("draft.html")) + html
        outline = contents.outline(title, html)
        page.toc = TableOfContents([_link(outline)])
        page.present_anchor_ids = (page.present_anchor_ids or set()) | contents.anchors(html)
        made = self.pages.get(page.file.src_uri)
        if made is None or made.searchable:
            self.entries.append(frame.search_entry(self.view, made, page.url, title, html))
        page.meta |= {"title": escape(title), "description": escape(page.meta.get("description") or "")}
        path = made.path if made else addresses.page_address(page.file.src_uri)
        html = tombstones.with_former_anchors(self.view.at(frame.base(page.url)), path, html)
        return frame.with_translation_notice(self.view, frame.with_contents(self.view, html, outline.below))

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Show the navigation beside a page only where it belongs to a section of it, and contents only if there are any."""
        page.meta["hide"] = (["navigation"] if page.parent is None else []) + ([] if page.toc.items[0].children else ["toc"])
        return context

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the theme's templates the words and addresses they need."""
        env.globals["tracker"] = self
        env.globals["t"] = self.view.t
        self.listed = [file.page for file in files.documentation_pages() if file.page]
        return env

    def frame(self, page: Page | None, base_url: str) -> frame.Frame:
        """For the theme: what stands around a page (or, without one, around the page of an error)."""
        made = self.pages.get(page.file.src_uri) if page else None
        base = frame.base(page.url) if page else base_url.rstrip("/") + "/"
        url, source = (page.url, page.file.src_uri) if page else ("", None)
        return frame.Frame.of(self.site, self.view.at(base), made, url, self.root_url, source, self.repository)

    def head(self, page: Page) -> metadata.Head:
        """For the theme: what stands in the head of a page for programs."""
        view = self.view.at(self.root_url + self.site.folder(self.language))
        return frame.head(self.frame(page, ""), view, self.root_url, page.url, page.meta, self.gallery)

    def views(self, base_url: str) -> list[View]:
        """For the page of an error: the languages it is shown in. That at the root of the site serves all of them."""
        base = base_url.rstrip("/") + "/"
        others = [self.site.view(other).at(base + self.site.folder(other)) for other in self.site.languages[1:]]
        return [self.view.at(base), *(others if self.whole else ())]

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Say the language and the direction of the page."""
        return self._with_language(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of an error; the list of pages for search engines is our own."""
        if template_name == "sitemap.xml":
            return sitemaps.of_language(self._indexed())
        return self._with_language(output) if template_name.endswith(".html") else output

    def _indexed(self) -> sitemaps.Pages:
        frames = ((page.canonical_url, self.frame(page, "")) for page in self.listed)
        return {url: found.changed for url, found in frames if url and (found.page is None or found.page.indexed)}

    def _with_language(self, output: str) -> str:
        start = output.find("<html ")
        end = output.find(">", start)
        return f'{output[:start]}<html lang="{self.locale.html_lang}" dir="{self.locale.direction}" class="no-js"{output[end:]}'

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index, the pictures and the data, and take in the other languages."""
        site_dir = Path(config.site_dir)
        self.gallery.write(site_dir, self.site.root)
        try:
            search.write_index(self.entries, self.locale.pagefind, site_dir)
        except search.SearchError as error:
            raise PluginError(str(error)) from error
        files = dict(exports.of_language(self.view, self.view.address))
        if self.site.drafts:
            public = dict(exports.of_language(self.public_view, self.view.address))
            files |= {
                name: cards.with_notice(self.view, text)
                for name, text in files.items()
                if name.startswith("embed/") and name.endswith(".html") and public.get(name) != text
            }
        builds.write_all(site_dir, files.items())
        if self.whole:
            builds.write_all(site_dir, exports.of_site(self.site.corpora, self.root_url, self.site.today))
            try:
                builds.join_others(self.others, site_dir)
            except builds.BuildFailed as error:
                raise PluginError(str(error)) from error
            builds.write_sitemaps(site_dir, self.root_url, self.site)
            folders = tuple(self.site.folder(language) for language in self.site.languages[1:])
            builds.write_all(site_dir, offline.files(builds.read_all(site_dir), folders).items())

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
            base = frame.base(env.page.url)
            html = function(tracker.view.at(base), *arguments, **named)
            if tracker.site.drafts:
                try:
                    public = function(tracker.public_view.at(base), *arguments, **named)
                except MacroError:  # what it names is held
                    public = None
                if public != html:
                    tracker.drafted.add(env.page.file.src_uri)
            return tracker.slot(env.page, html)

        return call

    return {name: bind(function) for name, function in MACROS.items()}


