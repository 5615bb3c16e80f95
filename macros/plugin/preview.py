"""The live preview: what comes from data is rendered when it is asked for.

A save of nothing but resolutions that are right by themselves is shown at once; another process
then checks everything, and what it finds wrong is shown on every page. Hand-written pages are
brought up to date when one of them is asked for. Any other save is built before anything is shown.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.livereload import LiveReloadServer

from macros.build import writing
from macros.build.project import Project
from macros.build.writing import LanguageFiles
from macros.corpus.files import read_tree
from macros.pages import Page, pages_of_resolution
from macros.search.documents import FOLDER
from macros.site import redirects

if TYPE_CHECKING:
    from macros.plugin.plugin import TrackerPlugin

_RESOLUTION = re.compile(r"data/(?:translations/[^/]+/)?resolutions/([^/]+)\.yml\Z")
_PAGE = re.compile(r"resolutions/([^/]+)/")
_EXPORT = re.compile(r"(?:api/v1/resolutions|embed)/([^/.]+)[/.]")


class Preview:
    """Stands before MkDocs' server, and decides what a save makes necessary."""

    def __init__(
        self, tracker: TrackerPlugin, server: LiveReloadServer, build: Callable[..., None]
    ) -> None:
        """Take the place of the server's application and of its builder."""
        self.tracker, self.server, self.build_all = tracker, server, build
        self.serve_file: Callable[..., Iterable[bytes]] = server.serve_request
        self.site_dir = Path(server.root)
        self.lock = threading.RLock()
        self.rendered = _Rendered(tracker.files)
        self.is_behind = False
        server.set_app(self.answer)
        server.builder = self.build

    def answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request (WSGI), as MkDocs does once the file is there."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(self.server.mount_path) or path.startswith("/livereload/"):
            return self.serve_file(environ, start_response)
        name = path[len(self.server.mount_path) :]
        if "." not in name.rpartition("/")[2]:
            name = f"{name.rstrip('/')}/index.html".lstrip("/")
        while True:
            with self.lock:
                rendered = self.rendered
                self._prepare(name)
            response: list[tuple[Any, ...]] = []
            # waits for a build that is under way, which may take the file away again
            body = self.serve_file(environ, partial(_note, response))
            if not response[0][0].startswith("404") or rendered is self.rendered:
                start_response(*response[0])
                return body

    def build(self) -> None:
        """Show what was saved."""
        with self.lock:
            project = self.tracker.project
            contents, problems = read_tree(project.root)
            names = contents.keys() | project.contents.keys()
            changed = {name for name in names if contents.get(name) != project.contents.get(name)}
            if not problems and self._renew(project, changed, contents):
                check = threading.Thread(target=self._check, args=(contents,), daemon=True)
                check.start()
            else:
                self._rebuild()

    def _renew(self, project: Project, changed: set[str], contents: Mapping[str, bytes]) -> bool:
        """Show saved resolutions; returns whether nothing else has to be looked at first."""
        matches = [_RESOLUTION.match(name) for name in changed]
        slugs = {match[1] for match in matches if match}
        if self.tracker.problems or not slugs or not all(matches):
            return False
        renewed = project.renew(slugs, contents)
        if renewed is None:
            return False
        self.tracker.show(renewed)
        for name in self.rendered.names:
            (self.site_dir / name).unlink(missing_ok=True)
        self.rendered, self.is_behind = _Rendered(self.tracker.files), True
        return True

    def _check(self, contents: Mapping[str, bytes]) -> None:
        """Check everything: what is right by itself may not fit with the rest."""
        project = self.tracker.project
        command = [sys.executable, "-m", "macros.cli.main", "check", "--root", str(project.root)]
        checked = subprocess.run(command, capture_output=True)
        with self.lock:
            if checked.returncode and self.tracker.project is project:
                self._rebuild()

    def _rebuild(self) -> None:
        self.is_behind = False
        self.build_all()
        self.rendered = _Rendered(self.tracker.files)

    def _prepare(self, name: str) -> None:
        """Have a file ready: rendered if it comes from data, else as MkDocs last made it."""
        if name.startswith(f"{FOLDER}/"):
            if not (self.site_dir / FOLDER).exists():
                self._index()
        elif name not in self.rendered.names:
            if (text := self.rendered.render(name)) is not None:
                writing.write_files(self.site_dir, [(name, text)])
                self.rendered.names.add(name)
            elif self.is_behind and name.endswith(".html"):
                self._rebuild()

    def _index(self) -> None:
        """Make the search index, which nothing else waits for."""
        language = self.tracker.files
        entries = list(self.tracker.entries)
        for source, page in language.pages.items():
            if page.searchable and source not in language.setup.rendered:
                entries += [entry for entry in (language.render(page)[1],) if entry]
        writing.write_search(language.setup, entries)


def _note(response: list[tuple[Any, ...]], *values: Any) -> None:
    response.append(values)


class _Rendered:
    """The files that come from data as they are now, of which `names` have been rendered."""

    def __init__(self, language: LanguageFiles) -> None:
        self.language = language
        self.names: set[str] = set()

    def render(self, name: str) -> str | bytes | None:
        """Render a file, by its path from the language's root; `None` if it is none of these."""
        if page := self._find_page(name):
            return self.language.render(page)[0]
        if slug := self._find_resolution(_EXPORT, name):
            return dict(self.language.exports(slug)).get(name)
        if slug := self._redirects.get(name):
            return redirects.page(self.language.view, name, slug)
        return self._lists.get(name)

    def _find_page(self, name: str) -> Page | None:
        """Find a page; one of a resolution without a list of all pages, which takes a while."""
        if slug := self._find_resolution(_PAGE, name):
            pages: Iterable[Page] = pages_of_resolution(self.language.view, slug)
        else:
            pages = self.language.pages.values() if name.endswith(".html") else ()
        is_rendered = self.language.setup.rendered.__contains__
        own = (page for page in pages if not is_rendered(page.source))
        return next((page for page in own if f"{page.path}index.html" == name), None)

    def _find_resolution(self, pattern: re.Pattern[str], name: str) -> str | None:
        match = pattern.match(name)
        return match[1] if match and match[1] in self.language.view.corpus.resolutions else None

    @cached_property
    def _redirects(self) -> dict[str, str]:
        files = redirects.by_resolution(self.language.view)
        return {name: slug for slug, names in files.items() for name in names}

    @cached_property
    def _lists(self) -> dict[str, str | bytes]:
        return dict(self.language.exports())
