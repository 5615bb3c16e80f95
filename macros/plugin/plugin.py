"""The MkDocs plugin: a corpus to pages, one build per language. The only module that knows MkDocs' build.

`mkdocs build` of the default language starts the builds of the other languages, and of what all languages share, beside
itself, each in a process of its own, and waits for them at its end. The build of one language alone is chosen by
`TRACKER_LANG`.
"""

from __future__ import annotations

import functools
import html as html_text
import logging
import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Callable
from urllib.parse import urljoin, urlsplit

import click
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros.build import building, offline, output, parts, splitting
from macros.build import project as builds
from macros.build.building import SHARED, Work
from macros.build.gallery import Gallery
from macros.build.inputs import Inputs
from macros.build.ledger import Ledger, key, stamps
from macros.exports.records import Editions
from macros.i18n.locale import Locale
from macros.i18n.messages import Catalogue
from macros.pages import content as article
from macros.pages import outline as contents
from macros.pages import registry as pages
from macros.pages.macros import MACROS
from macros.pages.sandbox import sandbox
from macros.plugin import standins, theming
from macros.plugin.preview import Preview
from macros.plugin.standins import MadeFile, Warnings
from macros.plugin.theming import Theme
from macros.render.compiled import Compiled
from macros.render.view import View
from macros.search import documents as search
from macros.site import context as frame
from macros.site import sitemaps

log = logging.getLogger("mkdocs.plugins.tracker")


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
        self.fresh: builds.Site | None = None
        """What was read for the next build of a preview."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or the live preview."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check all data, and set up MkDocs for the language of this build."""
        root = Path(config.config_file_path).parent
        if self.command != "serve" and not self.given and self.work is None:
            try:
                output.check_target(root, Path(config.site_dir))
            except output.OutputError as error:
                raise Abort(str(error)) from error
        if self.command == "serve":
            self.warnings.take_over()
        if self.given:
            self.site, self.language = self.given
        else:
            self._load(root)
            self.language = os.environ.get(builds.LANGUAGE_VARIABLE) or self.site.languages[0]
        if self.language not in self.site.languages:
            raise PluginError(
                f"{builds.LANGUAGE_VARIABLE}={self.language}: the languages are {', '.join(self.site.languages)}"
            )
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(self.site.epoch))
        self.whole = (
            self.command == "build"
            and not self.given
            and builds.LANGUAGE_VARIABLE not in os.environ
        )
        self.root_url = config.site_url or ""
        address = self.root_url + self.site.folder(self.language)
        self.view = replace(self.site.view(self.language), address=address)
        self.locale = Locale.of(self.language)
        self.public_view = replace(self.site.public_view(self.language), address=address)
        self.pages = {page.source: page for page in pages.pages(self.view)}
        self.public_pages = (
            {page.source: page for page in pages.pages(self.public_view)}
            if self.site.drafts
            else {}
        )
        self.drafted: set[str] = set()
        self.slots: dict[str, list[str]] = {}
        self.outlines: dict[str, contents.Heading] = {}
        self.entries: list[search.SearchEntry] = []
        self.fallbacks: set[str] = set()
        self.gallery, self.compiled = Gallery.of(self.view), Compiled(root)
        if self.work is None:
            self.scratch = TemporaryDirectory(prefix="tracker-")
            self.work = Work(Path(self.scratch.name))
        others = key(
            self.work.others,
            self.root_url,
            self.site.today,
            self.site.drafts,
            self.site.languages,
            self.whole,
        )
        try:
            self.only = (
                splitting.chosen(self.site.corpora, self.work.only) if self.work.only else None
            )
        except builds.BuildFailed as error:
            raise Abort(str(error)) from error
        self.inputs = {
            lang: Inputs(corpus, self.site.digests, others)
            for lang, corpus in self.site.corpora.items()
        }
        self._configure(config, root)
        return config

    def _load(self, root: Path) -> None:
        """Read the project. The preview goes on with what was last good, and shows the problems on every page."""
        try:
            fresh, self.fresh = self.fresh or builds.Site.load(root), None
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
        if self.command == "build":
            config.site_url = urljoin(self.root_url, self.site.folder(self.language))
        config.site_name = escape(body.site_name)  # the theme's templates escape nothing
        config.site_description = escape(body.description)
        pages_by_hand = root / "docs" / self.language
        pages_by_hand.mkdir(
            parents=True, exist_ok=True
        )  # MkDocs needs it, though all pages may come from data
        config.docs_dir = str(pages_by_hand)
        theming.configure(config, self.view)
        config.nav = frame.nav(
            pages.navigation(self.view), {page.path: page.source for page in self.pages.values()}
        )
        config.validation.nav.omitted_files = logging.DEBUG
        config.watch = [*config.watch, str(root / "data"), str(root / "docs")]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Mark the folder of the site, fence the macros in, and tell what pictures cannot be drawn."""
        if self.command != "serve" and not self.given:
            output.write_mark(Path(config.site_dir))
        self._fence(config)
        for language in self.site.languages if self.whole else ():
            if missing := Gallery.of(self.site.view(language)).missing:
                click.echo(
                    Catalogue.of("en").t(
                        "build.no_pictures", language=language, characters=missing
                    ),
                    err=True,
                )

    def _fence(self, config: MkDocsConfig) -> None:
        """A second wall behind the check of pages: they are rendered in a sandbox that knows nothing but the macros."""
        plugin = config.plugins["macros"]
        plugin._env = sandbox({name: plugin.macros[name] for name in MACROS})
        plugin.has_j2 = lambda text: False  # titles, which come from data too, are never templates

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that nobody wrote by hand, and in another language those written in the default one.

        Now that the folder of the site is empty, the other languages begin to fill their own, beside what all of them share.
        """
        self.work.settle()
        wanted = self.site.languages if self.only is None else self.only
        started = (
            [
                self._start(config, language)
                for language in self.site.languages[1:]
                if language in wanted
            ]
            if self.whole
            else []
        )
        started += (
            [builds.start_other(lambda: self._share(Path(config.site_dir)))] if self.whole else []
        )
        self.others = [other for other in started if other]
        default = self.site.languages[0]
        self.sheet, self.scripts = theming.trim(
            files, config, self.view, urlsplit(self.root_url).path or "/"
        )
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
            is_linked = source.rpartition("/")[2] in linked
            if source in in_nav or is_linked:
                file = MadeFile(source, in_nav.get(source), config, inclusion)
                if is_linked:
                    file.page.present_anchor_ids = contents.anchors(page.body(self.view))
                files.append(file)
        for file in files.documentation_pages():
            if file.src_uri not in self.pages:
                file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    def _start(self, config: MkDocsConfig, language: str) -> builds.Other | None:
        target = Path(config.site_dir) / self.site.folder(language)
        site, work, file, strict = self.site, self.work, config.config_file_path, config.strict
        return builds.start_other(
            lambda: build_language(site, language, file, target, strict, work)
        )

    def _share(self, site_dir: Path) -> None:
        """Write the files that all languages share."""
        made = self._ledger(SHARED, site_dir, "")
        editions = Editions.of(self.site.corpora, self.root_url, self.site.today)
        parts.of_site(made, self.inputs, editions, self.root_url, self._slugs())
        made.save()

    def _ledger(self, name: str, site_dir: Path, prefix: str) -> Ledger:
        described = functools.partial(offline.kept, folders=self.site.folders)
        return Ledger(
            self.work.ledger(name),
            site_dir,
            prefix,
            described,
            self.work.last(name),
            self.work.present,
        )

    def _add_by_hand(self, files: Files, config: MkDocsConfig, language: str) -> set[str]:
        """Add the files of a language that are not there yet, pages as they were last good; returns their names."""
        folder, top = self.site.root / "docs" / language, f"docs/{language}/"
        written = {
            name.removeprefix(top): raw
            for name, raw in self.site.contents.items()
            if name.startswith(top)
        }
        others = (
            path.relative_to(folder).as_posix()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        )
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

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
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
        made = self._article(
            self.pages.get(page.file.src_uri), page.url, title, html, is_fallback, shows_drafts
        )
        self.entries += [made.entry] if made.entry else []
        self.outlines[page.file.src_uri] = made.outline
        page.toc = TableOfContents([standins.link(made.outline)])
        page.present_anchor_ids = (page.present_anchor_ids or set()) | contents.anchors(made.html)
        page.meta |= {
            "title": escape(title),
            "description": escape(page.meta.get("description") or ""),
        }
        return made.html

    def _article(
        self,
        page: pages.Page | None,
        url: str,
        title: str,
        body: str,
        is_fallback: bool,
        shows_drafts: bool,
    ) -> article.Article:
        notices = str(self.view.render("draft.html")) if shows_drafts else ""
        if is_fallback:
            notices += str(
                self.view.render("fallback.html", language=Locale.of(self.site.languages[0]))
            )
        return article.article(self.view.at(frame.base(url)), page, url, title, body, notices)

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        theming.arrange(page)
        return context

    def on_nav(self, nav: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Remember the navigation for the pages that are written outside MkDocs' loops."""
        self.nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the theme's templates the words and addresses they need."""
        env.bytecode_cache = self.compiled
        others = self.site.languages[1:] if self.whole else ()
        self.theme = Theme(
            config, env, self.nav, self.site, self.view, self.root_url, self.gallery, self.pages, self.outlines, others,
            self.sheet, self.scripts, self.faults, self.warnings,
        )  # fmt: skip
        self.listed = [file.page for file in files.documentation_pages() if file.page]
        return env

    def file_of(self, page: pages.Page, found: list[Any]) -> tuple[str, str]:
        """A page that comes from data, as a file; what search knows of it goes into the list."""
        view = self.view.at(frame.base(page.path))
        body = page.body(view)
        made = self._article(
            page,
            page.path,
            page.title,
            body,
            False,
            self.site.drafts and self._differs(page, view, body),
        )
        found += [vars(made.entry)] if made.entry else []
        return f"{page.path}index.html", self.theme.whole(page, made)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Say the language and the direction of the page, and leave out what nothing uses."""
        return theming.finished(output, self.locale)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of an error; the list of pages for search engines is our own."""
        if template_name == "sitemap.xml":
            return sitemaps.of_language(self._indexed(config))
        return theming.finished(output, self.locale) if template_name.endswith(".html") else output

    def _indexed(self, config: MkDocsConfig) -> sitemaps.Pages:
        found = {
            page.canonical_url: (self.pages.get(page.file.src_uri), page.file.src_uri)
            for page in self.listed
        }
        found |= {urljoin(config.site_url, page.path): (page, page.source) for page in self.outside}
        return frame.listed(self.site, found, self.language)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what comes from data, the search index and the pictures, and take in the other languages.

        A preview makes each when it is asked for.
        """
        site_dir = Path(config.site_dir)
        if self.command == "serve":
            return
        self.gallery.write(site_dir, self.site.root)
        made = self._ledger(self.language, site_dir, self.site.folder(self.language))
        entries = parts.of_language(
            made,
            self.inputs[self.language],
            *self.views,
            self.outside,
            self.file_of,
            self.theme.around,
            self._slugs(),
        )
        self.entries += (search.entry(values) for values in entries)
        if self.only is None:
            self._index(made, site_dir)
        made.save(len(self.listed) + len(self.outside))
        self.work.keep(self.language, made.saved)
        if self.whole:
            self._join(site_dir)
            self.compiled.save()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Make what is asked for, and build only what MkDocs has to."""
        Preview(self, server, Path(config.config_file_path).parent, builder)
        return server

    def renew(self, site: builds.Site, slugs: Collection[str]) -> None:
        """In a preview: show some resolutions as they were read again."""
        self.site, self.view = site, replace(self.view, corpus=site.corpora[self.language])
        for page in (page for slug in slugs for page in pages.of_resolution(self.view, slug)):
            self.pages[page.source] = page
        self.outside = [self.pages[page.source] for page in self.outside]
        self.theme.renew(self.site, self.view)

    def _slugs(self) -> Collection[str] | None:
        """The resolutions whose files alone are made, if not all."""
        return None if self.only is None else self.only.get(self.language, ())

    @property
    def views(self) -> tuple[View, View | None]:
        """The view at the address of the language; and the same as the public sees it, if that is another."""
        view = self.theme.absolute
        return view, self.public_view.at(view.address) if self.site.drafts else None

    def _index(self, made: Ledger, site_dir: Path) -> None:
        try:
            parts.of_search(made, self.entries, self.locale.pagefind, self.site.root / search.KEPT)
        except search.SearchError as error:
            raise PluginError(str(error)) from error

    def _join(self, site_dir: Path) -> None:
        """Wait for the other languages, and write what lists the files of all."""
        try:
            builds.join_others(self.others)
        except builds.BuildFailed as error:
            raise PluginError(str(error)) from error
        if self.only is not None:
            return
        builds.write_sitemaps(site_dir, self.root_url, self.site)
        files: dict[str, offline.Kept] = {}
        for name in (*self.site.languages, SHARED):
            files |= self.work.made(name).files
        for name in stamps(site_dir).keys() - files.keys() - {output.MARK}:
            files[name] = offline.kept(name, (site_dir / name).read_bytes(), self.site.folders)
        builds.write_all(site_dir, offline.files(files).items())

    def on_build_error(self, *, error: Exception) -> None:
        """Stop the other builds."""
        for other in getattr(self, "others", []):
            other.stop()


def build_language(
    site: builds.Site, language: str, file: str, target: Path, strict: bool, work: Work
) -> None:
    """Build one language of a site that was read already. In: the name of MkDocs' configuration, the folder to fill."""
    config = load_config(file, site_dir=str(target), strict=strict)
    tracker = config.plugins["tracker"]
    tracker.given, tracker.work = (site, language), work
    build(config)
