"""The live preview: what comes from data is made when it is asked for, and a saved resolution is shown at once.

A save of nothing but resolutions that are right by themselves is shown by their pages as soon as they are asked for.
Beside that another process checks everything; what it finds wrong is then shown on every page. Lists and pages by hand
are brought up to date when one of them is asked for. Any other save is built before anything is shown.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.livereload import LiveReloadServer

from macros.build import kept, parts
from macros.corpus.files import read_tree
from macros.plugin.standins import Background
from macros.search import documents as search
from macros.site import files, redirects

if TYPE_CHECKING:
    from macros.plugin.plugin import TrackerPlugin

_RESOLUTION = re.compile(r"data/(?:translations/[^/]+/)?resolutions/([^/]+)\.yml\Z")
_OWN = re.compile(r"(?:api/v1/resolutions|embed)/([^/.]+)[/.]")


class Preview:
    """Stands before MkDocs' server, and builds in its place."""

    def __init__(
        self,
        tracker: TrackerPlugin,
        server: LiveReloadServer,
        root: Path,
        build: Callable[[], None],
    ) -> None:
        self.tracker, self.server, self.root, self.build_all = tracker, server, root, build
        self.site_dir = Path(server.root)
        self.lock, self.indexing = threading.RLock(), threading.Lock()
        self.background = Background()
        self.latest: Mapping[str, bytes] = tracker.site.contents
        self.made = _Made(tracker)
        self.is_behind = False
        """Whether lists and pages by hand do not know of the last saves yet."""
        server.set_app(self.answer)
        server.builder = self.build

    def answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request (WSGI), as MkDocs does once the file is there."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(self.server.mount_path) or path.startswith("/livereload/"):
            return self.server.serve_request(environ, start_response)
        name = path[len(self.server.mount_path) :]
        is_file = "." in name.rpartition("/")[2]
        while True:
            made, said = self.made, []
            self._prepare(name if is_file else f"{name.rstrip('/')}/index.html".lstrip("/"))
            found = self.server.serve_request(environ, lambda *told: said.append(told))
            if not said[0][0].startswith("404") or self._is_latest(made):
                start_response(*said[0])
                return found
            # else the site was made anew between the two: the file may be there now

    def _is_latest(self, made: _Made) -> bool:
        """Whether the site is as it was; if it is just being made anew, that is waited for."""
        with self.lock:
            return made is self.made

    def _prepare(self, name: str) -> None:
        if name.startswith(f"{search.FOLDER}/"):
            return self._index()
        with self.lock:
            if (
                self.is_behind
                and name.endswith((".html", ".json"))
                and not self.made.is_of_resolution(name)
            ):
                self.tracker.fresh = self.tracker.site
                self._rebuild()
            if not (self.site_dir / name).exists() and (text := self.made.text(name)) is not None:
                kept.put(self.site_dir / name, text.encode())
                self.made.names.add(name)

    def _index(self) -> None:
        """Make the search index, if nobody has searched since the last build. Nothing waits for it but the search."""
        with self.indexing:
            if not (self.site_dir / search.FOLDER).exists():
                entries, tracker = list(self.tracker.entries), self.tracker
                for page in [page for page in tracker.outside if page.searchable]:
                    found: list[Any] = []
                    tracker.file_of(page, found)
                    entries += map(parts.search_entry, found)
                search.write_index(entries, tracker.locale.pagefind, self.site_dir)

    def build(self) -> None:
        """Show what was saved."""
        with self.lock:  # from the beginning: who asks meanwhile is to have the new page, not one that is about to go
            files, problems = read_tree(self.root)
            changed = {
                name
                for name in files.keys() | self.latest.keys()
                if files.get(name) != self.latest.get(name)
            }
            self.latest = files
            if not problems and self._renew(changed, files):
                self.background.run(lambda: self._check(files))
            else:
                self._rebuild()

    def _renew(self, changed: set[str], files: Mapping[str, bytes]) -> bool:
        """Show saved resolutions; `False` if more has to be looked at first."""
        slugs = {match[1] for name in changed if (match := _RESOLUTION.match(name))}
        if self.tracker.faults or not slugs or not all(map(_RESOLUTION.match, changed)):
            return False
        site = self.tracker.site.renewed(slugs, files)
        if site is None:
            return False
        self.tracker.renew(site, slugs)
        for name in self.made.names:
            (self.site_dir / name).unlink(missing_ok=True)
        self.made, self.is_behind = _Made(self.tracker), True
        return True

    def _check(self, files: Mapping[str, bytes]) -> None:
        """Check everything after a resolution was shown: what was right by itself may not fit with the rest."""
        checked = subprocess.run(
            [sys.executable, "-m", "macros.cli.main", "check", "--root", str(self.root)],
            capture_output=True,
        )
        with self.lock:
            if checked.returncode and self.latest is files:
                self._rebuild()

    def _rebuild(self) -> None:
        self.is_behind = False
        self.build_all()
        self.made = _Made(self.tracker)


class _Made:
    """The files that come from data as they are now, of which `names` have been made."""

    def __init__(self, tracker: TrackerPlugin) -> None:
        self.tracker = tracker
        self.names: set[str] = set()
        self.pages = {f"{page.path}index.html": page for page in tracker.outside}

    def is_of_resolution(self, name: str) -> bool:
        """Whether a file is one of those of a resolution."""
        page = self.pages.get(name)
        return page.slug is not None if page else _OWN.match(name) is not None

    def text(self, name: str) -> str | None:
        """What is in a file, by its path from the root of the language; `None` if there is none."""
        if page := self.pages.get(name):
            return self.tracker.file_of(page, [])[1]
        if (match := _OWN.match(name)) and match[1] in self.tracker.view.corpus.resolutions:
            return dict(parts.exported(*self.tracker.views, match[1])).get(name)
        return self._lists.get(name)

    @cached_property
    def _lists(self) -> dict[str, str]:
        view, _ = self.tracker.views
        aliases = redirects.by_resolution(view)
        return dict(files.language_files(view)) | {
            file: redirects.page(view, file, slug)
            for slug, found in aliases.items()
            for file in found
        }
