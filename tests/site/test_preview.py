"""The live preview: it goes on with what was last good, shows what is wrong, and is whole again after the mend."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks.processes import free_port
from tests.conftest import DAY, REPO, run_tracker
from tests.organ import BODY, FIRST, SECOND, SMALL

DEADLINE = 120
"""Seconds after which a preview that has not got there never will, however slow the machine."""

PAGE = "docs/en/notes.md"


@dataclass
class Preview:
    """A preview under way of the project in a folder."""

    folder: Path
    root: str
    process: subprocess.Popen
    log: Path

    def get(self, path: str = "") -> str:
        """A page as it is served now; empty if it is not. The server holds a request back while it builds."""
        try:
            with urllib.request.urlopen(self.root + path, timeout=DEADLINE) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            return ""
        except OSError:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            return ""

    def until(self, found: Callable[[str], bool], path: str = "") -> str:
        """The page as soon as something is found in it."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            if found(page := self.get(path)):
                return page
            time.sleep(0.1)
        pytest.fail(f"{self.root}{path} never came to that:\n{self.log.read_text('utf-8')[-3000:]}")

    def write(self, name: str, text: str) -> None:
        """Save a file, as an editor does."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def written(folder: Path) -> Path:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
        PAGE, "# Notes {#notes}\n\nFirst words.\n"
    )
    for name, raw in organ.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    (folder / "mkdocs.yml").write_bytes((REPO / "mkdocs.yml").read_bytes())
    return folder


def start(folder: Path, log: Path, port: int, *options: str) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "macros.cli.main",
        "serve",
        "--root",
        str(folder),
        "--address",
        f"127.0.0.1:{port}",
        *options,
    ]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": DAY,
        "SITE_URL": f"http://127.0.0.1:{port}/",
        "PYTHONUNBUFFERED": "1",
    }
    with log.open("w") as output:
        return subprocess.Popen(
            command,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def stop(process: subprocess.Popen) -> None:
    """End a preview and what it started."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=20)
            return
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            process.wait()
            return


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a small organ, with its first page served."""
    folder, log, port = written(tmp_path / "project"), tmp_path / "log", free_port()
    process = start(folder, log, port)
    try:
        found = Preview(folder, f"http://127.0.0.1:{port}/", process, log)
        found.until(lambda page: "<h1" in page)
        yield found
    finally:
        stop(process)


BREAKS = [
    # file, its content while it is broken, the problem as it stands on every page
    (
        FIRST,
        lambda text: text.replace("place: port", "place: prot"),
        f"{FIRST}:53:12: the place prot is not in places.yml",
    ),
    (BODY, lambda text: "[" + text, f"{BODY}:"),
    (PAGE, lambda text: text + "\n{{ overviw() }}\n", f"{PAGE}:5:1: there is no macro overviw"),
    (PAGE, lambda text: text + "\n<script>alert(1)</script>\n", f"{PAGE}:5:1: "),
    (
        PAGE,
        lambda text: text + "\n[A link](nowhere.md).\n",
        f"{PAGE}:5:10: the link “nowhere.md” leads to no page or file",
    ),
]


@pytest.mark.slow
def test_a_preview_goes_on_while_files_are_broken(preview: Preview) -> None:
    """One preview for all: what each save does rests on what the one before left."""
    assert "First words." in preview.get("notes/") and "rt-faults" not in preview.get()
    for name, broken, problem in BREAKS:
        good = (preview.folder / name).read_text("utf-8")
        preview.write(name, broken(good))
        page = preview.until(lambda page, problem=problem: problem in page, "resolutions/1-1/")
        assert "rt-faults" in page and "Clean shores" in page
        assert "<script>alert" not in page
        for path in ("", "notes/", "funding/", "timeline/"):
            assert problem.split(": ")[0] in preview.get(path), path
        assert "First words." in preview.get("notes/")
        preview.write(name, good)
        preview.until(lambda page: page and "rt-faults" not in page, "resolutions/1-1/")
    log = preview.log.read_text("utf-8")
    assert "Traceback" not in log, log
    assert f"{FIRST}:53:12: the place prot is not in places.yml" in log


@pytest.mark.slow
def test_a_preview_follows_pages_that_come_go_and_change(preview: Preview) -> None:
    preview.write(PAGE, "# Notes {#notes}\n\nSecond words.\n")
    preview.until(lambda page: "Second words" in page, "notes/")
    preview.write("docs/en/more.md", "# More {#more}\n\n{{ overviw() }}\n")
    preview.until(lambda page: "docs/en/more.md:3:1: there is no macro overviw;" in page)
    assert preview.get("more/") == ""
    (preview.folder / PAGE).unlink()
    preview.write("docs/en/more.md", "{{ overveiw() }}\n")
    preview.until(lambda page: "docs/en/more.md:1:1: there is no macro overveiw;" in page)
    assert "Second words" in preview.get("notes/")
    preview.write("docs/en/more.md", "# More {#more}\n\nMore words.\n")
    preview.until(lambda page: "More words" in page, "more/")
    preview.until(lambda page: page == "", "notes/")
    assert "Traceback" not in preview.log.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "broken", "problem"), BREAKS[:3])
def test_a_preview_does_not_begin_with_broken_files(
    tmp_path: Path, name: str, broken: Callable, problem: str
) -> None:
    folder, log = written(tmp_path / "project"), tmp_path / "log"
    (folder / name).write_text(broken((folder / name).read_text("utf-8")), "utf-8")
    process = start(folder, log, free_port())
    try:
        assert process.wait(timeout=DEADLINE) == 1
    finally:
        stop(process)
    told = log.read_text("utf-8")
    assert problem in told and "files checked: " in told
    assert "Traceback" not in told


@pytest.mark.slow
def test_a_preview_shows_drafts_if_asked(tmp_path: Path) -> None:
    folder, log, port = written(tmp_path / "project"), tmp_path / "log", free_port()
    (folder / PAGE).write_text("---\nheld: draft\n---\n# Notes {#notes}\n\nFirst words.\n", "utf-8")
    process = start(folder, log, port, "--drafts")
    try:
        page = Preview(folder, f"http://127.0.0.1:{port}/", process, log).until(
            lambda page: "First words" in page, "notes/"
        )
        assert "rt-draft" in page
    finally:
        stop(process)


def test_a_saved_resolution_is_shown_and_the_lists_follow(preview: Preview) -> None:
    good = (preview.folder / FIRST).read_text("utf-8")
    preview.write(FIRST, good.replace("Clean shores", "Cleaner shores"))
    page = preview.until(lambda page: "Cleaner shores" in page, "resolutions/1-1/")
    assert "rt-faults" not in page
    preview.write(FIRST, good.replace("place: port", "place: prot"))
    page = preview.until(lambda page: "the place prot is not in" in page, "resolutions/1-1/")
    assert "rt-faults" in page and "Cleaner shores" in page
    preview.write(FIRST, good.replace("Clean shores", "Cleaner shores"))
    preview.until(lambda page: page and "rt-faults" not in page, "resolutions/1-1/")
    preview.until(lambda page: "Cleaner shores" in page, "resolutions/")
    preview.until(lambda page: "Cleaner shores" in page, "api/v1/resolutions/1-1.md")
    assert "Traceback" not in preview.log.read_text("utf-8")


@pytest.mark.slow
def test_what_no_longer_fits_with_the_rest_is_found(preview: Preview) -> None:
    first, second = ((preview.folder / name).read_text("utf-8") for name in (FIRST, SECOND))
    preview.write(
        SECOND, second.replace("purpose: Boats\n", "purpose: Boats\n    mechanism: shore-fund\n")
    )
    preview.until(
        lambda page: "Boats" in page, "resolutions/1-1/"
    )  # what came through the mechanism
    preview.write(FIRST, first.replace("shore-fund", "shore-found"))
    page = preview.until(lambda page: "rt-faults" in page, "resolutions/1-1/")
    assert f"{SECOND}:" in page and "there is no mechanism shore-fund" in page
    preview.write(FIRST, first)
    preview.until(lambda page: page and "rt-faults" not in page, "resolutions/1-1/")
    assert "Traceback" not in preview.log.read_text("utf-8")


@pytest.mark.slow
def test_a_preview_has_all_that_a_site_has_in_its_language(
    preview: Preview, tmp_path: Path
) -> None:
    done = run_tracker(
        "build",
        "--root",
        str(preview.folder),
        "--into",
        str(tmp_path / "site"),
        SITE_URL=preview.root,
    )
    assert done.returncode == 0, done.stderr
    built = {
        path.relative_to(tmp_path / "site").as_posix(): path
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    own = {name for name in built if f"zh/{name}" in built}  # the rest is the whole site's
    assert {
        "resolutions/1-1/index.html",
        "api/v1/timeline.csv",
        "embed/1-1/index.html",
        "pagefind/pagefind.js",
    } <= own
    missing = []
    for name in sorted(own):
        try:
            urllib.request.urlopen(
                preview.root + quote(name.removesuffix("index.html")), timeout=DEADLINE
            ).close()
        except urllib.error.HTTPError:
            missing.append(name)
    assert not missing, missing
