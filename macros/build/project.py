"""A project as it was read: its data in all languages, its problems, the moment of its build."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from macros.build.history import build_day, last_changes
from macros.corpus import manifest
from macros.corpus.checks import find_future_outcomes
from macros.corpus.configuration import check_configuration
from macros.corpus.corpus import Corpus
from macros.corpus.embargo import with_drafts
from macros.corpus.files import LOCK, TEMPLATE, read_tree
from macros.corpus.loading import Parser, load, renewed
from macros.corpus.problems import Problem
from macros.corpus.source import read
from macros.pages.handwritten import review
from macros.render.view import View
from macros.report import missing_styles
from macros.site import addresses, links, permalinks, redirects
from macros.site.addresses import Published

LANGUAGE_VARIABLE = "TRACKER_LANG"
"""Names the one language to build or to preview."""

DRAFTS_VARIABLE = "TRACKER_DRAFTS"
"""If set to anything, what is under embargo is shown, marked."""


@dataclass(frozen=True, eq=False)
class Project:
    """A project as it was read.

    Attributes:
        root: The folder of the project.
        corpora: What the site shows, by language, the default one first. What is under embargo is
            in them only with `drafts`.
        public_corpora: The same without what is under embargo, in any case.
        problems: Everything that is wrong in `data/` and `docs/`.
        today: The day of the build.
        contents: The files as they were read, by path.
        held_pages: The hand-written pages that are under embargo.
        drafts: Whether what is under embargo is shown.
        has_embargo: Whether data is under embargo.
    """

    root: Path
    corpora: Mapping[str, Corpus]
    public_corpora: Mapping[str, Corpus]
    problems: tuple[Problem, ...]
    today: date
    contents: Mapping[str, bytes]
    held_pages: frozenset[str] = frozenset()
    drafts: bool = False
    has_embargo: bool = False

    @staticmethod
    def load(root: Path, drafts: bool | None = None, parse: Parser = read) -> Project:
        """Read and check `data/` and `docs/`.

        Args:
            root: The folder of the project.
            drafts: Whether to show what is under embargo; by default if `TRACKER_DRAFTS` is set.
            parse: Parses one data file.
        """
        files, problems = read_tree(root)
        problems += check_configuration(root)
        return Project.of(root, files, problems, drafts=drafts, parse=parse)

    @staticmethod
    def of(
        root: Path,
        files: Mapping[str, bytes],
        problems: Iterable[Problem] = (),
        *,
        drafts: bool | None = None,
        parse: Parser = read,
    ) -> Project:
        """Check files as if they lay in a project; `problems` are those of reading them."""
        loaded = load(files, parse)
        day = build_day()
        drafts = bool(os.environ.get(DRAFTS_VARIABLE)) if drafts is None else drafts
        pages = review(files, loaded.corpora, day)
        if missing := missing_styles(files[TEMPLATE]) if TEMPLATE in files else []:
            styles = ", ".join(missing)
            problems = [*problems, Problem(TEMPLATE, 1, 1, "report_template", {"styles": styles})]
        everything = [*problems, *loaded.problems, *pages.problems]
        everything += find_future_outcomes(loaded.originals, loaded.sources, day)
        if loaded.corpora:
            is_right = not any(problem.severity == "error" for problem in everything)
            everything += redirects.problems(loaded, day)
            published, problems = _check_pages(root, pages.public, files, pages.embargoed, day)
            everything += problems
            if pages.embargoed:  # a page whose embargo ends is published without another check
                _, problems = _check_pages(root, loaded.corpora, files, (), day)
                everything += [problem for problem in problems if problem.file in pages.embargoed]
            if is_right:
                everything += permalinks.problems(loaded, published, files)
        shown = pages.public
        if drafts:
            shown = {tag: with_drafts(corpus, day) for tag, corpus in loaded.corpora.items()}
        return Project(
            root=root,
            corpora=shown,
            public_corpora=pages.public,
            problems=tuple(sorted(everything, key=lambda problem: (problem.place, problem.code))),
            today=day,
            contents=files,
            held_pages=pages.embargoed,
            drafts=drafts,
            has_embargo=any(pages.public[tag] is not loaded.corpora[tag] for tag in loaded.corpora),
        )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the default one first."""
        return tuple(self.corpora)

    @cached_property
    def published(self) -> Published:
        """What the public site answers to."""
        given = self.root, self.public_corpora, self.contents, self.held_pages, self.today
        return _check_pages(*given)[0]

    @cached_property
    def changes(self) -> Mapping[str, date]:
        """The day on which each file was last changed."""
        return last_changes(self.root)

    def folder(self, language: str) -> str:
        """Where a language lies below the site's root: empty for the default one, else `zh/`."""
        return "" if language == self.languages[0] else f"{language}/"

    def view(self, language: str, address: str = "") -> View:
        """The view of one language from outside; `address` is that of the root of the language."""
        return View(self.corpora[language], self.today, address, address=address)

    def public_view(self, language: str, address: str = "") -> View:
        """The same as the public sees it, whether drafts are shown or not."""
        return View(self.public_corpora[language], self.today, address, address=address)

    def renew(self, slugs: Collection[str], contents: Mapping[str, bytes]) -> Project | None:
        """Read some resolutions again; `None` if more has to be looked at."""
        if self.drafts or self.held_pages or self.has_embargo:
            return None
        corpora = renewed(self.corpora, slugs, contents)
        if corpora is None:
            return None
        project = replace(self, corpora=corpora, public_corpora=corpora, contents=contents)
        vars(project)["changes"] = self.changes  # no save is a commit
        return project

    def report(self, t: Callable[..., str]) -> str:
        """All errors, a line each, with their number."""
        lines = [problem.line_of_text(t) for problem in self.errors]
        return "\n".join([*lines, t("check.summary", files=len(self.contents), count=len(lines))])


def _check_pages(
    root: Path,
    corpora: Mapping[str, Corpus],
    files: Mapping[str, bytes],
    held: Collection[str],
    today: date,
) -> tuple[Published, list[Problem]]:
    """Find what a site answers to, and all problems of its hand-written pages with others."""
    views = {language: View(corpus, today) for language, corpus in corpora.items()}
    texts = addresses.written(
        {name: raw.decode("utf-8", "replace") for name, raw in files.items() if name not in held}
    )
    published = addresses.published(views, texts)
    problems = links.check_pages(views, texts, published, root / "docs")
    return published, list(dict.fromkeys(problems))


def lock_addresses(project: Project, write: bool) -> tuple[tuple[int, int], list[str]]:
    """Bring `permalinks.lock`, the manifest of published addresses, up to date.

    Returns:
        How many addresses and anchors it has; and what is new in it.
    """
    old, _ = manifest.read(project.contents.get(LOCK, b""))
    whole = permalinks.locked(old, project.published)
    new = permalinks.missing(old, project.published)
    if write and new:
        part = project.root / f"{LOCK}.part"
        part.write_text(whole.text(), encoding="utf-8", newline="\n")
        part.replace(project.root / LOCK)
    return whole.size, new
