"""The edge of `tracker diff`: a revision and the folder read, compared, and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from macros.build.history import build_epoch
from macros.diff import report as difference_report
from macros.diff import revisions
from macros.diff.changed import Differences
from macros.diff.differences import Snapshot, compare
from macros.i18n.messages import Catalogue


@dataclass(frozen=True)
class Account:
    """What was found, in words and as values for JSON; how many addresses would die."""

    markdown: str
    values: dict[str, Any]
    dead: int = 0


def account(root: Path, revision: str, since_fork: bool, language: str) -> Account:
    """Compare the project in a folder with what git has.

    In: the folder, a revision, whether the last commit in common with it is meant, the language of the account. Both
    are read as the program reads data today. Raises `RevisionError`, `BuildFailed`.
    """
    commit = revisions.find(root, revision, since_fork)
    day = datetime.fromtimestamp(build_epoch(root), UTC).date()
    old, new = revisions.at(root, commit), revisions.now(root)
    before, after = (Snapshot.of(tree.files, tree.assets, day) for tree in (old, new))
    found = [*new.problems, *after.problems]
    problems = sorted(
        (problem for problem in found if problem.severity == "error"),
        key=lambda problem: problem.place,
    )
    t = Catalogue.of(language).t
    values: dict[str, Any] = {
        "revision": revision,
        "commit": commit,
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "column": problem.column,
                "text": problem.sentence(t),
            }
            for problem in problems
        ],
        "differences": None,
    }
    if not after.corpora:
        heading = t("diff.problems", count=len(problems))
        return Account(difference_report.problems(problems, language, heading), values)
    if not before.corpora:
        named = difference_report.code(revision)
        heading = t("diff.problems.before", count=len(before.problems), revision=named)
        return Account(difference_report.problems(before.problems, language, heading), values)
    told = (
        Differences()
        if (old.files, old.assets) == (new.files, new.assets)
        else compare(before, after, language)
    )
    values["differences"] = difference_report.plain(told)
    corpora = before.in_language(language), after.in_language(language)
    name = revision if revision.startswith(commit[:7]) else f"{revision} = {commit[:7]}"
    text = difference_report.markdown(told, *corpora, language, name, problems)
    return Account(text, values, len(told.dead))
