"""What a site was made from, part by part: what has not changed since the last build is not made again.

A part is some files that follow from the same input, such as all of one resolution in one language. The ledger of a
language holds, for each part, a key of everything it was made from, its files with what tells whether they are still
as they were written, and what search knows of it. It lies in the project's `.cache/` and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros import kept

Stamp = tuple[int, int]
"""Size and time of the last change of a file: as written, if both are the same."""
Files = dict[str, tuple[str, int]]
"""Paths with a hash of what is in the file, empty for what `offline` leaves out, and its size in bytes."""
Texts = Iterable[tuple[str, str | bytes]]


@dataclass(frozen=True)
class Part:
    """`found` is what making it told besides, as JSON can hold it."""

    key: str
    files: Files
    found: list[Any]


@dataclass
class Ledger:
    """The parts of one language.

    `folder` is where its files are written, with paths from there; `present` are the files that the last site has as
    they were written; `files` are all that belong to the site, but for what MkDocs writes.
    """

    folder: Path
    described: Callable[[str, bytes], tuple[str, int]]
    old: Mapping[str, Part] = field(default_factory=dict)
    present: Collection[str] = ()
    parts: dict[str, Part] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    count: int = 0
    """How many pages the language has."""

    def part(self, name: str, key: str, make: Callable[[list[Any]], Texts]) -> list[Any]:
        """A part: as it is in the last site, if it was made from the same, else written anew.

        In: `make` gives its files, and puts into the list what else it tells. Out: that list.
        """
        part = self.old.get(name)
        if part is None or part.key != key or not all(path in self.present for path in part.files):
            found: list[Any] = []
            part = Part(key, self.write(make(found)), found)
        self.parts[name] = part
        self.files |= part.files
        return part.found

    def write(self, files: Texts) -> Files:
        """Write files that are made anew in every build."""
        written = {}
        for name, text in files:
            data = text.encode() if isinstance(text, str) else text
            _write(self.folder / name, data)
            written[name] = self.described(name, data)
        self.files |= written
        return written

    def save(self, file: Path, prefix: str) -> None:
        """Keep it for the next build. In: the folder of the language from the root of the site."""
        parts = {name: (part.key, part.files, part.found) for name, part in self.parts.items()}
        files = {prefix + name: told for name, told in self.files.items()}
        kept.write(file, json.dumps([parts, files, self.count], ensure_ascii=False).encode())


@dataclass(frozen=True)
class Saved:
    """What a build left of a language; `files` have paths from the root of the site."""

    parts: Mapping[str, Part]
    files: Files
    count: int


def read(file: Path) -> Saved:
    """As it was saved; nothing if it was not, or is damaged."""
    raw = kept.read(file)
    parts, files, count = json.loads(raw) if raw else ({}, {}, 0)
    return Saved({name: Part(*part) for name, part in parts.items()}, files, count)


def _write(path: Path, data: bytes) -> None:
    try:
        file = open(path, "wb")  # noqa: SIM115
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "wb")  # noqa: SIM115
    with file:
        file.write(data)


def stamps(folder: Path) -> dict[str, Stamp]:
    """All files below a folder, each with its stamp."""
    found: dict[str, Stamp] = {}
    waiting = [(str(folder), "")]
    while waiting:
        path, prefix = waiting.pop()
        try:
            entries = os.scandir(path)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[prefix + entry.name] = (status.st_size, status.st_mtime_ns)
    return found


def key(*values: object) -> str:
    """A key of some values that say what they are as text: the same for the same values, in any build."""
    return hashlib.blake2b("\x00".join(map(repr, values)).encode(), digest_size=16).hexdigest()
