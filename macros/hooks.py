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
from tempfile import TemporaryDirectory
from typing import Any, Callable
from urllib.parse import urljoin, urlsplit

import click
from markupsafe import escape
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros import article, assets, builds, contents, frame, metadata, offline, pages, parts, search, sitemaps, standins
from macros.building import Work
from macros.catalogue import Catalogue
from macros.fence import sandbox
from macros.gallery import Gallery
from macros.hosting import Repository
from macros.inputs import Inputs
from macros.ledger import Ledger, key, stamps
from macros.ledger import read as read_ledger
from macros.locale import Locale
from macros.records import Editions
from macros.render import View
from macros.sections import MACROS, MacroError
from macros.shell import Shell, mark
from macros.standins import Background, MadeFile, Warnings

log = logging.getLogger("mkdocs.plugins.tracker")

THEME = Path(__file__).parent / "theme"
NARROWS = "data-narrow="
"""What the HTML of a list that can be narrowed has."""

PARTS = ("head", "languages", "headings", "foot")
"""Templates of the theme for what differs from page to page around the article."""

COLOURS = ("media", "scheme", "primary", "accent")
"""What early.js must know of each set of colours."""


class TrackerPlugin(BasePlugin):
    """Turns the organ's data into the pages of a MkDocs site."""

    def __init__(self) -> None:
        self.command = "build"
        self.site: builds.Site | None = None
        self.work: Work | None = None
        self.given: tuple[builds.Site, str] | None = None
        """What was read already, and the language to build."""
        self.faults = ""
        self.warnings = Warnings()
        self.indexing = Background()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or the live preview."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check all data, and set up MkDocs for the language of this build."""
        root = Path(config.config_file_path).parent
        if self.command == "serve":
            self.warnings.take_over()
        if self.given:
            self.site, self.language = self.given
        else:
            self._load(root)
            self.language = os.environ.get(builds.LANGUAGE_VARIABLE) or self.site.languages[0]
        if self.language not in self.site.languages:
            raise PluginError(f"{builds.LANGUAGE_VARIABLE}={self.language}: the languages are {', '.join(self.site.languages)}")
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(self.site.epoch))
        self.whole = self.command == "build" and not self.given and builds.LANGUAGE_VARIABLE not in os.environ
        self.root_url = config.site_url or ""
        address = self.root_url + self.site.folder(self.language)
        self.view = replace(self.site.view(self.language), address=address)
        self.locale = Locale.of(self.language)
        self.public_view = replace(self.site.public_view(self.language), address=address)
        self.pages = {page.source: page for page in pages.pages(self.view)}
        self.public_pages = {page.source: page for page in pages.pages(self.public_view)} if self.site.drafts else {}
        self.drafted: set[str] = set()
        self.slots: dict[str, list[str]] = {}
        self.outlines: dict[str, contents.Heading] = {}
        self.shells: dict[tuple[str, bool, bool], Shell] = {}
        self.entries: list[search.SearchEntry] = []
        self.fallbacks: set[str] = set()
        self.gallery = Gallery.of(self.view)
        if self.work is None:
            self.scratch = TemporaryDirectory(prefix="tracker-")
            self.work = Work(Path(self.scratch.name))
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
        """Fence the macros in, and tell what pictures cannot be drawn."""
        self._fence(config)
        for language in self.site.languages if self.whole else ():
            if missing := Gallery.of(self.site.view(language)).missing:
                click.echo(Catalogue.of("en").t("build.no_pictures", language=language, characters=missing), err=True)

    def _fence(self, config: MkDocsConfig) -> None:
        """A second wall behind the check of pages: they are rendered in a sandbox that knows nothing but the macros."""
        plugin = config.plugins["macros"]
        plugin._env = sandbox({name: plugin.macros[name] for name in MACROS})
        plugin.has_j2 = lambda text: False  # titles, which come from data too, are never templates

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that nobody wrote by hand, and in another language those written in the default one.

        Now that the folder of the site is empty, the other languages begin to fill their own.
        """
        others = (self._start(config, language) for language in (self.site.languages[1:] if self.whole else ()))
        self.others = [other for other in others if other]
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
        in_nav = dict(frame.titles(config.nav))
        linked = frame.linked(file.content_string for file in files.documentation_pages())
        self.outside = []
        for source, page in self.pages.items():
            inclusion = InclusionLevel.INCLUDED if source in in_nav else InclusionLevel.NOT_IN_NAV
            if file := files.get_file_from_path(source):
                file.inclusion = inclusion
                continue
            self.outside.append(page)
            if source in in_nav or source.rpartition("/")[2] in linked:
                file = MadeFile(source, in_nav.get(source), config, inclusion)
                if source.rpartition("/")[2] in linked:
                    file.page.present_anchor_ids = contents.anchors(page.body(self.view))
                files.append(file)
        for file in files.documentation_pages():
            if file.src_uri not in self.pages:
                file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    def _start(self, config: MkDocsConfig, language: str) -> builds.Other | None:
        target = Path(config.site_dir) / self.site.folder(language)
        site, work, file, strict = self.site, self.work, config.config_file_path, config.strict
        return builds.start_other(lambda: build_language(site, language, file, target, strict, work))

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

    def _shows_drafts(self, page: Page) -> bool:
        """Whether a page of a preview would be another, or none, to the public."""
        source = page.file.src_uri
        language = self.site.languages[0] if source in self.fallbacks else self.language
        return source in self.drafted or self._is_held(language, source)

    def _differs(self, page: pages.Page, view: View, body: str) -> bool:
        """The same of a page that comes from data."""
        public = self.public_pages.get(page.source)
        return public is None or public.body(self.public_view.at(view.base)) != body

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
        shows_drafts = self.site.drafts and self._shows_drafts(page)
        for index, part in enumerate(self.slots.pop(page.file.src_uri, [])):
            html = html.replace(f'<div data-tracker-slot="{index}"></div>', part)
        title = page.meta.get("title") or html_text.unescape(page.title)
        is_fallback = page.file.src_uri in self.fallbacks
        made = self._article(self.pages.get(page.file.src_uri), page.url, title, html, is_fallback, shows_drafts)
        self.entries += [made.entry] if made.entry else []
        self.outlines[page.file.src_uri] = made.outline
        page.toc = TableOfContents([standins.link(made.outline)])
        page.present_anchor_ids = (page.present_anchor_ids or set()) | made.anchors
        page.meta |= {"title": escape(title), "description": escape(page.meta.get("description") or "")}
        return made.html

    def _article(
        self, page: pages.Page | None, url: str, title: str, body: str, is_fallback: bool, shows_drafts: bool
    ) -> article.Article:
        notices = str(self.view.render("draft.html")) if shows_drafts else ""
        if is_fallback:
            notices += str(self.view.render("fallback.html", language=Locale.of(self.site.languages[0])))
        return article.article(self.view.at(frame.base(url)), page, url, title, body, notices)

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Show the navigation beside a page only where it belongs to a section of it, and contents only if there are any."""
        page.meta["hide"] = (["navigation"] if page.parent is None else []) + ([] if page.toc.items[0].children else ["toc"])
        return context

    def on_nav(self, nav: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Remember the navigation for the pages that are written outside MkDocs' loops."""
        self.nav = nav
        self.in_nav = {page.file.src_uri: page for page in nav.pages}
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the theme's templates the words and addresses they need."""
        env.globals["tracker"] = self
        env.globals["t"] = self.view.t
        self.env = env
        self.share_strings = frame.share_strings(self.view)
        self.listed = [file.page for file in files.documentation_pages() if file.page]
        return env

    def view_from(self, page: Page | None, base_url: str) -> View:
        """For the theme: the view from a page, or from the page of an error."""
        return self.view.at(frame.base(page.url) if page else base_url.rstrip("/") + "/")

    def part(self, name: str, page: Page | None, base_url: str) -> str:
        """For the theme: a part in which pages differ, from the template `partials/<name>.html`."""
        if standins.is_marked(page):
            return mark(name)
        if page is None:
            around = frame.Frame.of(self.site, self.view_from(None, base_url), None, "", self.root_url, None, self.repository)
            return self._part(name, frame=around)
        source, meta = page.file.src_uri, page.meta
        around = self._frame(self.pages.get(source), page.url, source)
        head = self._head(around, page.url, meta) if name == "head" else None
        headings = self.outlines[source].below
        return self._part(name, frame=around, head=head, headings=headings, canonical=page.canonical_url)

    def _part(self, name: str, **values: Any) -> str:
        return self.env.get_template(f"partials/{name}.html").render(**values)

    def _frame(self, made: pages.Page | None, url: str, source: str) -> frame.Frame:
        view = self.view.at(frame.base(url))
        return frame.Frame.of(self.site, view, made, url, self.root_url, source, self.repository)

    def _head(self, around: frame.Frame, url: str, meta: Any) -> metadata.Head:
        view = self.view.at(self.root_url + self.site.folder(self.language))
        return frame.head(around, view, self.root_url, url, meta, self.gallery)

    def _whole(self, page: pages.Page, config: MkDocsConfig, found: list[Any]) -> tuple[str, str]:
        """A page that comes from data: its article, in the theme as it was rendered for all pages of the same kind."""
        url, view = page.path, self.view.at(frame.base(page.path))
        body = page.body(view)
        made = self._article(page, url, page.title, body, False, self.site.drafts and self._differs(page, view, body))
        found += [vars(made.entry)] if made.entry else []
        meta = {"title": escape(page.title), "description": escape(page.description or self.view.corpus.body.description)}
        around, canonical = self._frame(page, url, page.source), urljoin(config.site_url, url)
        values = {"frame": around, "head": self._head(around, url, meta), "headings": made.outline.below, "canonical": canonical}
        texts = {name: self._part(name, **values) for name in PARTS}
        shell = self._shell(page, made, config)
        return f"{url}index.html", shell.fill({**meta, **texts, "canonical": canonical, "article": made.html})

    def _shell(self, page: pages.Page, made: article.Article, config: MkDocsConfig) -> Shell:
        """The theme for a page of the navigation, or for all pages of one kind of address that are not in it."""
        known = self.in_nav.get(page.source)
        key = page.path if known else standins.kind(page.path), bool(made.outline.below), NARROWS in made.html
        if key not in self.shells:
            marked = known or standins.stand_in(key[0], config)
            standins.mark_up(marked, made.outline)
            marked.active = True
            context = self.on_page_context(get_context(self.nav, (), config, marked), page=marked, config=config, nav=self.nav)
            text = self.env.get_template("main.html").render(context, narrows=key[2])
            marked.active = False
            self.shells[key] = standins.shell(self._with_language(text))
        return self.shells[key]

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
            return sitemaps.of_language(self._indexed(config))
        return self._with_language(output) if template_name.endswith(".html") else output

    def _indexed(self, config: MkDocsConfig) -> sitemaps.Pages:
        found = {page.canonical_url: (self.pages.get(page.file.src_uri), page.file.src_uri) for page in self.listed}
        found |= {urljoin(config.site_url, page.path): (page, page.source) for page in self.outside}
        return {
            url: frame.changed(self.site, source, page, self.language)
            for url, (page, source) in found.items()
            if url and (page is None or page.indexed)
        }

    def _with_language(self, output: str) -> str:
        start = output.find("<html ")
        end = output.find(">", start)
        return f'{output[:start]}<html lang="{self.locale.html_lang}" dir="{self.locale.direction}" class="no-js"{output[end:]}'

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages and files that come from data, the search index and the pictures, and take in the other languages."""
        site_dir = Path(config.site_dir)
        made = self._write(config, site_dir)
        made.count = len(self.listed) + len(self.outside)
        if self.whole:
            self._write_shared(made)
        self._index(made, site_dir)
        made.save(self._ledger(self.work.new, self.language), self.site.folder(self.language))
        if self.whole:
            self._join(site_dir)

    def _write(self, config: MkDocsConfig, site_dir: Path) -> Ledger:
        self.gallery.write(site_dir, self.site.root)
        folders = tuple(self.site.folder(language) for language in self.site.languages[1:])
        prefix = self.site.folder(self.language)
        old = read_ledger(self._ledger(self.work.old, self.language)).parts if self.work.old else {}
        present = {name.removeprefix(prefix) for name in self.work.present if name.startswith(prefix)}
        made = Ledger(site_dir, lambda name, data: offline.kept(prefix + name, data, folders), old, present)
        view = self.view.at(self.view.address)
        public = self.public_view.at(view.address) if self.site.drafts else None
        entries = parts.of_language(
            made, self._inputs(self.language), view, public, self.outside,
            lambda page, found: self._whole(page, config, found), self._around,
        )  # fmt: skip
        self.entries += (search.entry(values) for values in entries)
        return made

    def _around(self, page: pages.Page) -> object:
        """What the theme tells around a page besides what is the same on all."""
        picture = self.gallery.of_page(page, self.view.at(self.view.address))
        return frame.changed(self.site, page.source, page, self.language), picture and picture.address

    def _inputs(self, language: str) -> Inputs:
        site = self.site
        others = key(self.work.others, self.root_url, site.today, site.drafts, site.languages, self.whole)
        return Inputs(site.corpora[language], site.digests, others)

    def _ledger(self, folder: Path, language: str) -> Path:
        return folder / f"{language}.json"

    def _write_shared(self, made: Ledger) -> None:
        inputs = {language: self._inputs(language) for language in self.site.languages}
        parts.of_site(made, inputs, Editions.of(self.site.corpora, self.root_url, self.site.today), self.root_url)

    def _index(self, made: Ledger, site_dir: Path) -> None:
        entries, lang, kept = self.entries, self.locale.pagefind, self.site.root / search.KEPT
        if self.command == "serve":
            self.indexing.run(lambda: search.write_index(entries, lang, site_dir, kept))
            return
        try:
            for part in search.parts(entries, lang, kept):
                made.part(part.name, part.key, lambda found, part=part: part.make().items())
        except search.SearchError as error:
            raise PluginError(str(error)) from error

    def _join(self, site_dir: Path) -> None:
        """Wait for the other languages, and write what lists the files of all."""
        try:
            builds.join_others(self.others)
        except builds.BuildFailed as error:
            raise PluginError(str(error)) from error
        builds.write_sitemaps(site_dir, self.root_url, self.site)
        files: dict[str, offline.Kept] = {}
        for language in self.site.languages:
            files |= read_ledger(self._ledger(self.work.new, language)).files
        folders = tuple(self.site.folder(language) for language in self.site.languages[1:])
        for name in stamps(site_dir).keys() - files.keys():
            files[name] = offline.kept(name, (site_dir / name).read_bytes(), folders)
        builds.write_all(site_dir, offline.files(files).items())

    def on_build_error(self, *, error: Exception) -> None:
        """Stop the other builds."""
        for other in getattr(self, "others", []):
            other.stop()


def build_language(site: builds.Site, language: str, file: str, target: Path, strict: bool, work: Work) -> None:
    """Build one language of a site that was read already. In: the name of MkDocs' configuration, the folder to fill."""
    config = load_config(file, site_dir=str(target), strict=strict)
    tracker = config.plugins["tracker"]
    tracker.given, tracker.work = (site, language), work
    build(config)


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


