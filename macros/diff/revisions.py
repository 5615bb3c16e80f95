"""A project as git has it, and as it lies in the folder: what `tracker diff` compares. Only reads."""

from __future__ import annotations

import posixpath
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.corpus.files import PAGES, read_tree
from macros.corpus.problems import Problem

FOLDERS = ("data", "docs")
_READ = (".yml", ".yaml", *PAGES)


class RevisionError(Exception):
    """Git cannot give what was asked for; the sentence is `diff.<code>` of the catalogues, filled with `values`."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Tree:
    """The files that readers get something from.

    `files` holds the bytes of YAML and Markdown by name; `assets` what git calls the contents of the others (pictures)
    below `docs/`; `problems` what could not be read.
    """

    files: Mapping[str, bytes]
    assets: Mapping[str, str]
    problems: tuple[Problem, ...] = field(default=())


def find(root: Path, revision: str, since_fork: bool = False) -> str:
    """The full hash of a commit.

    In: the folder of the project and a revision as git understands it; with `since_fork` the last commit that it has in
    common with the present one is meant. Raises `RevisionError`.
    """
    _git(root, "rev-parse", "--git-dir")
    try:
        commit = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        found = _git(root, "merge-base", commit.decode().strip(), "HEAD") if since_fork else commit
        return found.decode().strip()
    except RevisionError as error:
        code = "no_common_commit" if error.values["command"] == "merge-base" else "unknown_revision"
        raise RevisionError(code, revision=revision) from error


def at(root: Path, commit: str) -> Tree:
    """The project as it is in a commit. A link is followed to a file of the same commit and no further."""
    listed: dict[str, tuple[str, str]] = {}
    for line in _git(root, "ls-tree", "-r", "-z", commit, "--", *FOLDERS).split(b"\0"):
        about, _, name = line.partition(b"\t")
        mode, kind, blob = about.decode().split() if about else ("", "", "")
        if kind == "blob":
            listed[name.decode("utf-8", "replace")] = (mode, blob)
    links = {name: blob for name, (mode, blob) in listed.items() if mode == "120000"}
    blobs = {name: blob for name, (mode, blob) in listed.items() if name not in links}
    for name, target in zip(links, _contents(root, list(links.values())), strict=True):
        path = posixpath.normpath(
            posixpath.join(posixpath.dirname(name), target.decode("utf-8", "replace"))
        )
        if path in blobs:
            blobs[name] = blobs[path]
    read = [name for name in sorted(blobs) if name.lower().endswith(_READ)]
    files = dict(zip(read, _contents(root, [blobs[name] for name in read]), strict=True))
    return Tree(files, {name: blob for name, blob in blobs.items() if _is_asset(name)})


def now(root: Path) -> Tree:
    """The project as it lies in the folder, saved but perhaps not committed."""
    files, problems = read_tree(root, FOLDERS)
    names = (
        path.relative_to(root).as_posix()
        for path in sorted((root / "docs").rglob("*"))
        if path.is_file()
    )
    assets = [name for name in names if _is_asset(name)]
    found = _git(
        root, "hash-object", "--stdin-paths", given="".join(f"{name}\n" for name in assets).encode()
    )
    return Tree(files, dict(zip(assets, found.decode().split(), strict=True)), tuple(problems))


def _is_asset(name: str) -> bool:
    """Whether a site would hold a file as it is; what begins with a dot is no part of a site."""
    hidden = any(part.startswith(".") for part in name.split("/"))
    return (
        name.startswith("docs/")
        and not name.lower().endswith(_READ)
        and not hidden
        and "\n" not in name
    )


def _contents(root: Path, blobs: list[str]) -> list[bytes]:
    """The contents of some blobs, in their order."""
    output = (
        _git(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
        if blobs
        else b""
    )
    found, start = [], 0
    for _ in blobs:
        head = output.index(b"\n", start)
        size = int(output[start:head].split()[2])
        found.append(output[head + 1 : head + 1 + size])
        start = head + 1 + size + 1
    return found


def _git(root: Path, command: str, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints."""
    try:
        run = subprocess.run(
            ["git", "-C", str(root), command, *arguments], input=given, capture_output=True
        )
    except OSError as error:
        raise RevisionError("no_git") from error
    if run.returncode:
        reason = (
            run.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").partition("\n")[0]
        )
        raise RevisionError("no_repository", command=command, reason=reason)
    return run.stdout
