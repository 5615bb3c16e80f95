"""The edge of a build: reading the project, the date of the build, builds in processes of their own, writing."""

from __future__ import annotations

import gc
import gzip
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from functools import cached_property
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO, Callable, Collection, Iterable, Iterator, Mapping

import click

from macros.build import kept, output
from macros.corpus.corpus import Corpus
from macros.corpus.embargo import with_drafts
from macros.corpus.files import LOCK, read_tree
from macros.corpus.loading import Parser, load, renewed
from macros.corpus.problems import Problem
from macros.corpus.source import read
from macros.pages.handwritten import review
from macros.render.view import View
from macros.site import addresses, permalinks, sitemaps
from macros.corpus import manifest as lock
from macros.site.addresses import Published

LANGUAGE_VARIABLE = "TRACKER_LANG"
"""Names the one language to build or to preview."""

DRAFTS_VARIABLE = "TRACKER_DRAFTS"
"""If set to anything, what is held from publication is shown, marked."""


class BuildFailed(Exception):
    """A build cannot be done; the text says why, or is what the build of another language printed."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep what is read out of the search for garbage, now and later: all of it stays, and the search costs a fifth."""
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@dataclass(frozen=True)
class Site:
    """A project as it was read: its corpora, its problems, and the moment of its build.

    `corpora` are what the site shows: what is held from publication is in them only with `drafts`. `public` are
    without it in any case. `held_pages` are the names of the pages that are not published, `held` says whether data is
    held. `contents` are the files as they were read.
    """

    root: Path
    corpora: Mapping[str, Corpus]
    public: Mapping[str, Corpus]
    problems: tuple[Problem, ...]
    epoch: int
    contents: Mapping[str, bytes]
    held_pages: frozenset[str] = frozenset()
    drafts: bool = False
    held: bool = False

    @staticmethod
    def load(root: Path, drafts: bool | None = None) -> Site:
        """Read and check `data/` and `docs/`; drafts are shown if asked for, or if `TRACKER_DRAFTS` is set."""
        files, problems = read_tree(root)
        return Site.of(root, files, problems, drafts=drafts)

    @staticmethod
    @_uncollected()
    def of(
        root: Path,
        files: Mapping[str, bytes],
        problems: Iterable[Problem] = (),
        *,
        drafts: bool | None = None,
        parse: Parser = read,
    ) -> Site:
        """Check files as if they lay in a project; `problems` are those of reading them from the disk, `parse` reads one."""
        loaded = load(files, parse)
        epoch = build_epoch(root)
        day = datetime.fromtimestamp(epoch, timezone.utc).date()
        drafts = bool(os.environ.get(DRAFTS_VARIABLE)) if drafts is None else drafts
        pages = review(files, loaded.corpora, day)
        found = [*problems, *loaded.problems, *pages.problems]
        if not any(problem.severity == "error" for problem in found):
            found += permalinks.problems(
                loaded, answering(pages.public, files, pages.held, day), files
            )
        ordered = tuple(sorted(found, key=lambda problem: (problem.place, problem.code)))
        shown = pages.public
        if drafts:
            shown = {
                language: with_drafts(corpus, day) for language, corpus in loaded.corpora.items()
            }
        held = any(
            pages.public[language] is not corpus for language, corpus in loaded.corpora.items()
        )
        return Site(root, shown, pages.public, ordered, epoch, files, pages.held, drafts, held)

    @cached_property
    def published(self) -> Published:
        """What the public site answers to."""
        return answering(self.public, self.contents, self.held_pages, self.today)

    @cached_property
    def changes(self) -> Mapping[str, date]:
        """The day on which each file was last changed."""
        return last_changes(self.root)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """A hash of each file that was read."""
        return {name: kept.digest(raw) for name, raw in self.contents.items()}

    @property
    def holds(self) -> bool:
        """Whether anything is held from publication, or drafts are shown."""
        return self.drafts or bool(self.held_pages) or self.held

    def renewed(self, slugs: Collection[str], contents: Mapping[str, bytes]) -> Site | None:
        """The same with some resolutions read again (see `loading.renewed`); `None` if more has to be looked at."""
        corpora = None if self.holds else renewed(self.corpora, slugs, contents)
        if corpora is None:
            return None
        site = replace(self, corpora=corpora, public=corpora, contents=contents)
        vars(site)["changes"] = self.changes  # no save is a commit
        return site

    @property
    def files(self) -> int:
        """How many files were read."""
        return len(self.contents)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the default one first."""
        return tuple(self.corpora)

    @cached_property
    def today(self) -> date:
        """The day of the build."""
        return datetime.fromtimestamp(self.epoch, timezone.utc).date()

    def folder(self, language: str) -> str:
        """Where a language lies below the root of the site: empty for the default one, else `zh/`."""
        return "" if language == self.languages[0] else f"{language}/"

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the languages that have one."""
        return tuple(map(self.folder, self.languages[1:]))

    def view(self, language: str) -> View:
        """The view of one language from its home page."""
        return View(self.corpora[language], self.today)

    def public_view(self, language: str) -> View:
        """The same as the public sees it, whether drafts are shown or not."""
        return View(self.public[language], self.today)

    def report(self, t: Callable[..., str]) -> str:
        """All errors, a line each, with their number."""
        lines = [problem.line_of_text(t) for problem in self.errors]
        return "\n".join([*lines, t("check.summary", files=self.files, count=len(lines))])


def answering(
    public: Mapping[str, Corpus], files: Mapping[str, bytes], held: Iterable[str], today: date
) -> Published:
    """The addresses and lasting anchors of a public site. In: its corpora, all files, and the names of held pages."""
    views = {language: View(corpus, today) for language, corpus in public.items()}
    pages = {
        name: raw.decode("utf-8", "replace") for name, raw in files.items() if name not in held
    }
    return addresses.published(views, addresses.written(pages))


def lock_addresses(site: Site, write: bool) -> tuple[tuple[int, int], list[str]]:
    """Bring the list of published addresses up to date. Out: how many addresses and anchors it has; what is new."""
    old, _ = lock.read(site.contents.get(LOCK, b""))
    whole, new = permalinks.locked(old, site.published), permalinks.missing(old, site.published)
    if write and new:
        part = site.root / f"{LOCK}.part"
        part.write_text(whole.text(), encoding="utf-8", newline="\n")
        part.replace(site.root / LOCK)
    return whole.size, new


def last_changes(root: Path) -> dict[str, date]:
    """The day of the last commit that changed each file below `data/` and `docs/`; empty without git or its history."""
    log = [
        "log",
        "--format=@%ct",
        "--name-only",
        "--no-renames",
        "--relative",
        "--",
        "data",
        "docs",
    ]
    command = ["git", "-c", "core.quotePath=false", *log]
    try:
        shallow = subprocess.run(
            ["git", "rev-parse", "--is-shallow-repository"],
            cwd=root,
            capture_output=True,
            check=True,
        )
        if shallow.stdout.strip() == b"true":  # its oldest commit seems to have changed everything
            return {}
        shown = subprocess.run(
            command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, date] = {}
    day = date.min
    for line in shown.splitlines():
        if line.startswith("@"):
            day = datetime.fromtimestamp(int(line[1:]), timezone.utc).date()
        elif line:
            found.setdefault(line, day)
    return found


def build_epoch(root: Path) -> int:
    """The moment of the build in seconds since 1970: `SOURCE_DATE_EPOCH`, else the last commit, else now."""
    if given := os.environ.get("SOURCE_DATE_EPOCH", ""):
        if not given.isascii() or not given.isdecimal() or len(given) > 11:
            raise BuildFailed(
                f"SOURCE_DATE_EPOCH is {given!r}; it must be the seconds since 1970, such as 1764547200"
            )
        return int(given)
    try:
        shown = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return int(shown)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return int(time.time())


@dataclass(frozen=True)
class Other:
    """The build of another language, under way; `told` is what it prints."""

    process: BaseProcess
    told: BinaryIO

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.join()


def start_other(build: Callable[[], None]) -> Other | None:
    """Begin a build beside this one. Where processes cannot be forked, do all of it now; then there is nothing to wait for.

    A fork knows all that is known here: nothing is read, checked or imported again.
    """
    if not hasattr(os, "fork"):
        return build()
    told = tempfile.TemporaryFile()
    sys.stdout.flush()
    process = multiprocessing.get_context("fork").Process(target=_run, args=(build, told.fileno()))
    process.start()
    return Other(process, told)


def _run(build: Callable[[], None], out: int) -> None:
    os.dup2(out, 1)
    os.dup2(out, 2)
    output.end_with_parent()
    try:
        build()
    except OSError as error:
        if (reason := output.explain(error)) is None:
            raise
        os.write(out, reason.encode() + b"\n")
        sys.exit(1)
    except click.ClickException as error:
        os.write(out, error.format_message().encode() + b"\n")
        sys.exit(1)


def join_others(others: Iterable[Other]) -> None:
    """Wait for the other builds. Raises `BuildFailed` with what one printed that failed."""
    for other in others:
        other.process.join()
        if other.process.exitcode:
            other.told.seek(0)
            raise BuildFailed(_faults(other.told.read().decode("utf-8", "replace")))


def _faults(output: str) -> str:
    """What a build printed, less its account of what went well."""
    return "\n".join(
        line for line in output.strip().splitlines() if not line.startswith(("INFO", "DEBUG"))
    )


def write_all(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write text files, given as path below a folder and contents."""
    for name, text in files:
        kept.put(folder / name, text.encode())


def write_sitemaps(site_dir: Path, root: str, site: Site) -> None:
    """List the pages of all languages, as each language has listed its own, at the root of the site; and name the list."""
    lists = {
        language: (site_dir / site.folder(language) / "sitemap.xml").read_text("utf-8")
        for language in site.languages
    }
    pages = [
        (language, site.folder(language), sitemaps.read(text)) for language, text in lists.items()
    ]
    for name, text in sitemaps.of_site(root, pages):
        write_all(site_dir, [(name, text)])
        (site_dir / f"{name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    write_all(site_dir, [("robots.txt", sitemaps.robots(root, public=not site.drafts))])
