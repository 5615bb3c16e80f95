"""A project as a commit has it, and as it lies in the folder. Only reads."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from macros.corpus import Problem
from macros.corpus.files import LOCK, PAGES, read_tree
from macros.errors import TrackerError


class RevisionError(TrackerError):
    """Git cannot give what was asked for.

    The message is `diff.<code>` of the catalogues, filled with `values`.
    """

    def __init__(self, code: str, **values: str) -> None:
        """Take what the message is made from."""
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Tree:
    """The files that readers get something from, by name.

    `files` are YAML and Markdown, `assets` the others below `docs/`; `problems` says what could not
    be read.
    """

    files: Mapping[str, bytes]
    assets: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


def find_commit(root: Path, revision: str, since_fork: bool = False) -> str:
    """Find the full hash of a commit.

    Args:
        root: The folder of the project.
        revision: A revision as git understands it.
        since_fork: Whether the last commit is meant that it has in common with the present one.

    Raises:
        RevisionError: There is no such commit.
    """
    _git(root, "no_repository", "rev-parse", "--git-dir")
    name = f"{revision}^{{commit}}"
    options = ("--verify", "--quiet", "--end-of-options")
    commit = _git(root, "unknown_revision", "rev-parse", *options, name, revision=revision)
    if since_fork:
        fork = commit.decode().strip(), "HEAD"
        commit = _git(root, "no_common_commit", "merge-base", *fork, revision=revision)
    return commit.decode().strip()


def read_commit(root: Path, commit: str) -> Tree:
    """Read the project as it is in a commit; links are followed within the commit only."""
    contents = {}
    file = io.BytesIO(_git(root, "no_repository", "archive", commit))
    with tarfile.open(fileobj=file) as archive:
        for member in archive:
            with suppress(KeyError):  # a link to what is not in the commit
                if content := archive.extractfile(member):
                    contents[member.name] = content.read()
    files = {name: raw for name, raw in contents.items() if _is_read(name)}
    return Tree(files, {name: raw for name, raw in contents.items() if _is_asset(name)})


def list_changed(root: Path, folder: str) -> list[str]:
    """List the files below a folder that differ from those of the last commit."""
    options = ("-c", "core.quotePath=false", "diff", "--name-only", "--relative", "HEAD", "--")
    return _git(root, "no_repository", *options, folder).decode("utf-8", "replace").splitlines()


def read_file(root: Path, name: str) -> bytes:
    """Read a file as it is in the last commit; empty where it is not."""
    try:
        return _git(root, "unknown_revision", "show", f"HEAD:./{name}", revision="HEAD")
    except RevisionError:
        return b""


def read_folder(root: Path) -> Tree:
    """Read the project as it lies in the folder, saved but perhaps not committed."""
    files, problems = read_tree(root, ("data", "docs"))
    paths = {path.relative_to(root).as_posix(): path for path in (root / "docs").rglob("*")}
    assets = {name: path for name, path in paths.items() if _is_asset(name) and path.is_file()}
    contents = {name: path.read_bytes() for name, path in assets.items()}
    return Tree(files, contents, tuple(problems))


def _is_read(name: str) -> bool:
    is_text = name.lower().endswith((".yml", ".yaml", *PAGES)) or name == LOCK
    return is_text and name.startswith(("data/", "docs/"))


def _is_asset(name: str) -> bool:
    """Tell whether a site would hold a file as it is; names with a dot in front are left out."""
    return name.startswith("docs/") and not _is_read(name) and "/." not in name


def _git(root: Path, code: str, *arguments: str, **values: str) -> bytes:
    """Run git and give what it prints; `code` and `values` make the error if it fails."""
    try:
        run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise RevisionError("no_git") from error
    if run.returncode:
        reason = run.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise RevisionError(code, reason=reason.partition("\n")[0], **values)
    return run.stdout
