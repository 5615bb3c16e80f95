"""The files people write, read into memory. The only reading of data and docs from the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from macros.corpus.problems import Problem

PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page; only the first is allowed, but all are read so that the others can be refused."""

LOCK = "data/permalinks.lock"
"""The list of all addresses that were published (see `permalinks`)."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf")
"""What may stand beside pages; anything else (HTML, SVG, scripts) could run in a reader's browser."""


def read_tree(
    root: Path, folders: tuple[str, ...] = ("data", "docs")
) -> tuple[dict[str, bytes], list[Problem]]:
    """Read the YAML and Markdown files below some folders of a repository, and the list of addresses.

    Out: bytes by name (`data/resolutions/2-4.yml`, always with `/`), sorted, and the problems of reading:
    links that lead out of the tree and files that cannot be opened. Other files (pictures) are left alone.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    home = root.resolve()
    for folder in folders:
        leads_out = not _inside(root / folder, home)
        for name, entry in sorted(
            _below(root / folder, folder), key=lambda found: found[0].split("/")
        ):
            suffix = os.path.splitext(entry.name)[1].lower()
            if (
                leads_out
                or entry.is_symlink()
                and (os.path.isdir(entry.path) or not _inside(Path(entry.path), home))
            ):
                problems.append(Problem(name, 1, 1, "link_out_of_tree"))
            elif not (entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path)):
                continue
            elif suffix in (".yml", ".yaml", *PAGES) or name == LOCK:
                try:
                    files[name] = Path(entry.path).read_bytes()
                except OSError as error:
                    problems.append(
                        Problem(name, 1, 1, "unreadable", {"reason": error.strerror or ""})
                    )
            elif folder == "docs" and suffix not in PICTURES and not entry.name.startswith("."):
                problems.append(Problem(name, 1, 1, "published_kind"))
    return files, problems


def _below(folder: Path | str, name: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder, each with its name; links are not followed."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        yield f"{name}/{entry.name}", entry
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{name}/{entry.name}")


def _inside(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links in a circle
        return False
