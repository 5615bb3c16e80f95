"""A git revision and the folder read, compared, and reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pydantic_core

from macros.diff import revisions
from macros.diff.differences import Snapshot, compare
from macros.diff.report import Report, code, list_problems, write_markdown
from macros.i18n.locale import Locale


@dataclass(frozen=True)
class Comparison:
    """The differences in words and as values; how many addresses would die."""

    markdown: str
    json: str
    dead: int


Upgrade = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
"""Brings the files of an older data format up to date."""


def compare_with_revision(
    root: Path,
    revision: str,
    language: str,
    today: date,
    upgrade: Upgrade,
    *,
    since_fork: bool = False,
    drafts: bool = False,
) -> Comparison:
    """Compare the project in a folder with what git has.

    Args:
        root: The folder.
        revision: A revision as git understands it.
        language: The language of the report.
        today: The day of the build.
        upgrade: What brings the revision's data to the present format.
        since_fork: Whether the last commit in common with it is meant.
        drafts: Whether what is embargoed is compared too.

    Raises:
        RevisionError: Git does not know the revision.
    """
    commit = revisions.find_commit(root, revision, since_fork)
    old = revisions.read_commit(root, commit)
    trees = replace(old, files=upgrade(old.files)), revisions.read_folder(root)
    before, after = (Snapshot.load(tree, today, drafts) for tree in trees)
    locale = Locale.of(language)
    t = locale.catalogue.t
    problems = sorted(after.problems, key=lambda problem: problem.place)
    lines = ["", t("diff.compared", revision=code(f"{revision} = {commit[:7]}"))]
    differences = None
    if not after.corpora:
        lines += list_problems(t("diff.problems", count=len(problems)), problems, t)
    elif not before.corpora:
        lines += list_problems(t("diff.problems.before"), before.problems, t)
    else:
        if problems:
            lines += list_problems(t("diff.problems.pages", count=len(problems)), problems, t)
        differences = compare(before, after, language)
        corpora = before.in_language(language), after.in_language(language)
        lines += Report(locale, *corpora).list_differences(differences)
    values = {
        "revision": revision,
        "commit": commit,
        "problems": [problem.values_for_programs(t) for problem in problems],
        "differences": differences,
    }
    json = pydantic_core.to_json(values, indent=2).decode()
    dead = len(differences.dead) if differences else 0
    return Comparison(write_markdown(lines, t), json, dead)
