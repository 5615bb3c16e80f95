"""What tests share: the project, its built site, a server for it, a browser."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from macros.build.project import Project

REPO = Path(__file__).parent.parent
DAY = "1764547200"  # 1 December 2025: the day of the build in all tests
SUB_PATH = "/tracker/"


def _values(parameter: object) -> tuple:
    return parameter if isinstance(parameter, tuple) else (parameter,)


def essential(values: Iterable, *chosen: object) -> list:
    """Values of a parameter, of which all but the chosen ones are for `make test-all`."""
    return [
        value if value in chosen else pytest.param(*_values(value), marks=pytest.mark.slow)
        for value in values
    ]


@pytest.fixture(scope="session")
def repo() -> Path:
    """The folder of the project."""
    return REPO


@pytest.fixture(scope="session")
def project() -> Project:
    """The project's own data, loaded."""
    os.environ["SOURCE_DATE_EPOCH"] = DAY
    return Project.load(REPO)


def run_tracker(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": DAY, "NO_MKDOCS_2_WARNING": "1", **variables}
    return subprocess.run(
        [sys.executable, "-m", "macros.cli.main", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make) -> Path:  # type: ignore[no-untyped-def]
    """A folder that `make(folder)` fills once for all workers of a test run."""
    workers = os.environ.get("PYTEST_XDIST_WORKER")
    shared = tmp_path_factory.getbasetemp().parent if workers else tmp_path_factory.getbasetemp()
    folder, done, lock = shared / name, shared / f"{name}.done", shared / f"{name}.lock"
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        while not done.exists():
            time.sleep(0.05)
    else:
        try:
            make(folder)
        finally:
            done.touch()
    return folder


@dataclass(frozen=True)
class Built:
    """A built site: its folder and the address it was built for."""

    folder: Path
    url: str

    def pages(self, language: str | None = None) -> list[Path]:
        """All its pages, or those of one language (`""` for the default one)."""
        found = sorted(self.folder.rglob("*.html"))
        if language is None:
            return found
        return [
            p for p in found if (p.relative_to(self.folder).parts[0] == "zh") == (language == "zh")
        ]

    def read(self, path: str) -> str:
        """The HTML of the page at a path."""
        return (self.folder / path / "index.html").read_text("utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own site, built under a sub-path."""
    url = f"https://example.org{SUB_PATH}"

    def make(folder: Path) -> None:
        run = run_tracker("build", "--root", str(REPO), "--into", str(folder), SITE_URL=url)
        folder.with_suffix(".log").write_text(run.stdout + run.stderr, encoding="utf-8")

    folder = once(tmp_path_factory, "built-site", make)
    assert (folder / "index.html").exists(), folder.with_suffix(".log").read_text("utf-8")
    return Built(folder, url)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below a sub-path, silently, with the site's own page for errors."""

    protocol_version = "HTTP/1.1"  # one connection for many files
    disable_nagle_algorithm = True

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUB_PATH):
            return os.devnull + "/missing"
        return super().translate_path("/" + path[len(SUB_PATH) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As hosts do: the page of the site's root, whatever the address."""
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(site: Built) -> Iterator[str]:
    """The address at which the built site is served on this machine."""
    handler = functools.partial(Handler, directory=str(site.folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where a real Chromium is. With CI=true a missing one is a failure, never a skip."""
    path = os.environ.get("TRACKER_CHROMIUM")
    if not path:
        finder = [sys.executable, str(REPO / "tests" / "browser_path.py")]
        path = subprocess.run(finder, capture_output=True, text=True).stdout.strip()
    if not path:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium could be found or installed")
        pytest.skip("no Chromium could be found or installed")
    return path


@pytest.fixture(scope="session")
def browser(chromium: str):  # type: ignore[no-untyped-def]
    """A real Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()
