"""The MkDocs plugin: MkDocs renders hand-written pages, the workers what comes from data.

`mkdocs build` of the default language builds the other languages too, each with a MkDocs build of
its own in a worker process.
"""

from __future__ import annotations

import html as html_text
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from macros.build import output
from macros.build.project import LANGUAGE_VARIABLE, Project
from macros.build.site import LanguageResult, write_site
from macros.build.workers import start_pool
from macros.build.writing import LanguageFiles, LanguageSetup
from macros.errors import TrackerError
from macros.i18n.messages import Catalogue
from macros.pages import MACROS, SearchEntry, allowlist, outline, pages
from macros.pages.sandbox import sandbox
from macros.plugin import assets
from macros.plugin.building import build_part
from macros.plugin.preview import Preview
from macros.render.view import View
from macros.site.layout import base

THEME = Path(__file__).parents[1] / "theme"


class TrackerPlugin(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Turns the organ's data into the pages of a MkDocs site."""

    def __init__(self) -> None:
        """Begin without a project."""
        self.command = "build"
        self._project: Project | None = None
        self.language = ""
        self.is_part = False
        self.problems = ""
        self.pool: Executor | None = None
        self.others: list[Future[LanguageResult]] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or the live preview."""
        del dirty  # a part of MkDocs' interface
        self.command, self.is_part = command, False

    def begin_part(self, project: Project, language: str) -> None:
        """Build one language alone, of a project that was read before."""
        self._project, self.language, self.is_part = project, language, True

    def show(self, project: Project) -> None:
        """Go on with other data in a preview."""
        self._project, self.files = project, LanguageFiles(project, self.setup)

    @property
    def project(self) -> Project:
        """The project as it was last good."""
        assert self._project is not None
        return self._project

    @property
    def is_serving(self) -> bool:
        """Whether this is the live preview."""
        return self.command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check all data, and set up MkDocs for the language of this build."""
        root = Path(config.config_file_path).parent
        if not self.is_part:
            self._load(root, Path(config.site_dir))
        project = self.project
        self.root_url = config.site_url or ""
        self.entries: list[SearchEntry] = []
        self.fallbacks: set[str] = set()
        if self.is_serving:
            config.strict = False  # a preview shows warnings, and goes on
        else:
            config.site_url = urljoin(self.root_url, project.folder(self.language))
        body = project.corpora[self.language].body
        config.site_name = body.site_name
        config.nav = None
        docs = root / "docs" / self.language
        docs.mkdir(parents=True, exist_ok=True)  # MkDocs needs it, even if no page is hand-written
        config.docs_dir = str(docs)
        config.theme.dirs.insert(0, str(THEME))
        config.watch = [*config.watch, str(root / "data"), str(root / "docs")]
        return config

    def _load(self, root: Path, site_dir: Path) -> None:
        """Read the project; a preview goes on with the last good one, and shows the problems."""
        try:
            if not self.is_serving:
                output.check_target(root, site_dir)
            project = Project.load(root)
        except TrackerError as error:
            raise Abort(str(error)) from error
        self.problems = project.report(Catalogue.of("en").t) if project.errors else ""
        if not self.problems:
            self._project = project
        elif self.is_serving and self._project:
            click.echo(self.problems, err=True)
        else:
            raise Abort(self.problems)
        wanted = os.environ.get(LANGUAGE_VARIABLE) if self.is_serving else None
        languages = self.project.languages
        self.language = wanted or languages[0]
        if self.language not in languages:
            known = ", ".join(languages)
            raise PluginError(f"{LANGUAGE_VARIABLE}={wanted}: the languages are {known}")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start the other languages; add assets, untranslated pages and the targets of links."""
        project = self.project
        site_dir = Path(config.site_dir)
        self._add_pages(files, config, self.language)
        if self.language != project.languages[0]:
            self.fallbacks = self._add_pages(files, config, project.languages[0])
        view = project.view(self.language)
        theme = assets.prepare_assets(files, config, view, self.root_url)
        if self.problems:
            theme = replace(theme, notice=(view.t("serve.faults"), self.problems))
        picture = self._add_picture(files, config)
        self.setup = LanguageSetup(self.language, self.root_url, site_dir, theme, picture)
        if not self.is_serving and not self.is_part:
            output.write_mark(site_dir)
            self.pool = start_pool(project)
            self.others = [
                self.pool.submit(
                    build_part, config.config_file_path, language,
                    str(site_dir / project.folder(language)), config.strict,
                )
                for language in project.languages[1:]
            ]  # fmt: skip
        self.linked = self._add_link_targets(files, config, view)
        return files

    def _add_pages(self, files: Files, config: MkDocsConfig, language: str) -> set[str]:
        """Add the files of a language as they were last good, without those under embargo."""
        project = self.project
        folder, top = project.root / "docs" / language, f"docs/{language}/"
        written = {
            name.removeprefix(top): raw
            for name, raw in project.contents.items()
            if name.startswith(top)
        }
        added = set()
        for file in list(files.documentation_pages()) if language == self.language else ():
            files.remove(file)
        for name, raw in written.items():
            is_held = f"{top}{name}" in project.held_pages and not project.drafts
            if not is_held and name not in files.src_uris:
                files.append(File.generated(config, name, content=raw))
                added.add(name)
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            is_asset = path.is_file() and path.suffix != ".md" and "/." not in f"/{name}"
            if is_asset and name not in files.src_uris:
                files.append(File(name, str(folder), config.site_dir, config.use_directory_urls))
        return added

    def _add_picture(self, files: Files, config: MkDocsConfig) -> str | None:
        """Add the picture that stands for the site where it is shared; returns its address."""
        docs, name = self.project.root / "docs", f"assets/card-{self.language}.png"
        if not (docs / name).is_file():
            return None
        files.append(File(name, str(docs), config.site_dir, config.use_directory_urls))
        return self.root_url + self.project.folder(self.language) + name

    def _add_link_targets(self, files: Files, config: MkDocsConfig, view: View) -> set[str]:
        """Let MkDocs know the pages from data that hand-written pages link to."""
        texts = [file.content_string for file in files.documentation_pages()]
        names = {name for text in texts for name in assets.linked_names(text)}
        sources = {page.source for page in pages(view) if page.source.rpartition("/")[2] in names}
        linked = sources - files.src_uris.keys()
        for source in sorted(linked):
            inclusion = InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, source, content="", inclusion=inclusion))
        return linked

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the theme's templates what renders a page."""
        env.globals["tracker"] = self
        return env

    @event_priority(100)  # before mkdocs-macros: what it renders then has nothing left to run
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Run the macros of a hand-written page in a sandbox that knows nothing else."""
        source = page.file.src_uri
        if generated := self.files.pages.get(source):
            page.meta.setdefault("title", generated.title)
            page.meta.setdefault("description", generated.description)
        self.page, self.is_draft = page, False
        self.slots: list[str] = []
        plugin: Any = config.plugins["macros"]
        page.meta["render_macros"] = False  # mkdocs-macros is to run nothing on its own
        return (
            sandbox({name: plugin.macros[name] for name in MACROS}).from_string(markdown).render()
        )

    def add_slot(self, render: Callable[[View], str]) -> str:
        """Call a macro for the current page, and return what holds the place of its HTML.

        Markdown leaves the HTML alone then.
        """
        start = base(self.page.url)
        html = render(self.files.view.at(start))
        self.is_draft |= self.files.is_draft(render, start, html)
        self.slots.append(html)
        return f'\n\n<div data-tracker-slot="{len(self.slots) - 1}"></div>\n\n'

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the macros' HTML in place, and make the article of the page."""
        source, project = page.file.src_uri, self.project
        generated = self.files.pages.get(source)
        if generated and source in self.linked:
            start = base(page.url)
            html = generated.body(self.files.view.at(start))
            is_draft = self.files.is_draft(generated.body, start, html)
        else:
            html = allowlist.clean(html)
            for index, part in enumerate(self.slots):
                html = html.replace(f'<div data-tracker-slot="{index}"></div>', part)
            language = project.languages[0] if source in self.fallbacks else self.language
            is_held = f"docs/{language}/{source}" in project.held_pages
            is_draft = self.is_draft or (project.drafts and is_held)
        title = str(page.meta.setdefault("title", html_text.unescape(str(page.title))))
        article = self.files.make_article(
            generated, page.url, title, html, is_draft, source in self.fallbacks
        )
        if article.entry:
            self.entries.append(article.entry)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | outline.anchors(article.html)
        page.meta["article"] = article
        return article.html

    def render_page(self, page: Page) -> str:
        """Render a page for the theme's `main.html`."""
        source = page.file.src_uri
        body = self.files.view.corpus.body
        return self.files.layout.render(
            page.meta["article"],
            self.files.pages.get(source),
            page.url,
            source,
            str(page.meta["title"]),
            str(page.meta.get("description") or body.description),
        )

    def render_not_found(self) -> str:
        """Render the page of an error for the theme's `404.html`."""
        others = self.project.languages[1:] if not self.is_part and not self.is_serving else ()
        start = self.files.layout.path
        views = [self.project.view(tag).at(f"{start}{tag}/") for tag in others]
        return self.files.layout.render_not_found(views)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Leave out MkDocs' list of pages for search engines: the tracker makes its own."""
        return "" if template_name.startswith("sitemap.xml") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what comes from data, the search indexes and the lists of pages."""
        if self.is_serving or self.is_part:
            return
        assert self.pool is not None
        try:
            results = [self.result(), *(other.result() for other in self.others)]
            write_site(self.pool, self.project, results)
        except (TrackerError, BrokenExecutor) as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            if reason := output.explain(error):
                raise PluginError(reason) from error
            raise
        finally:
            self.close()

    def result(self) -> LanguageResult:
        """What this build of hand-written pages gives."""
        return LanguageResult(self.setup, self.entries)

    def on_nav(self, nav: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Remember which pages MkDocs renders."""
        self.setup = replace(
            self.setup, rendered=frozenset(file.src_uri for file in files.documentation_pages())
        )
        self.files = LanguageFiles(self.project, self.setup)
        return nav

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Render what is asked for, and build only what MkDocs has to."""
        Preview(self, server, builder)
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Stop the workers."""
        self.close()

    def close(self) -> None:
        """Stop the workers, if there are any."""
        if self.pool:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None
