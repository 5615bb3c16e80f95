"""What a site was made from, part by part: what has not changed since the last build is not made again.

A part is some files that follow from the same input, such as all of one resolution in one language. The ledger of a
language holds, for each part, a key of everything it was made from, its files with what tells whether they are still
as they were written, and what search knows of it. It lies in the project's `.cache/` and may be deleted at any time.
"""

from __future__ import annotations

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

    `folder` is where its files are written, with paths from there, and `prefix` leads there from the root of the site;
    `present` are the files that the last site has as they were written, from its root; `files` are all that belong to
    the site, but for what MkDocs writes.
    """

    folder: Path
    prefix: str
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
        if part is None or part.key != key or not all(self.prefix + path in self.present for path in part.files):
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
            kept.put(self.folder / name, data)
            written[name] = self.described(self.prefix + name, data)
        self.files |= written
        return written

    def save(self, file: Path) -> None:
        """Keep it for the next build."""
        rest = self.files.keys() - {name for part in self.parts.values() for name in part.files}
        Saved(self.prefix, self.parts, {name: self.files[name] for name in sorted(rest)}, self.count).save(file)


@dataclass(frozen=True)
class Saved:
    """What a build left of a language.

    `prefix` leads to its folder from the root of the site; `rest` are the files, with paths from that folder, that
    belong to no part; `count` is the number of its pages.
    """

    prefix: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)
    rest: Files = field(default_factory=dict)
    count: int = 0

    @property
    def files(self) -> Files:
        """All files, with paths from the root of the site."""
        found = (*(part.files for part in self.parts.values()), self.rest)
        return {self.prefix + name: told for files in found for name, told in files.items()}

    def save(self, file: Path) -> None:
        """Keep it for the next build."""
        parts = {name: (part.key, part.files, part.found) for name, part in self.parts.items()}
        kept.write(file, json.dumps([self.prefix, parts, self.rest, self.count], ensure_ascii=False).encode())


def merged(parts: Iterable[Saved]) -> Saved:
    """What several builds left of the same language."""
    parts = list(parts)
    return Saved(parts[0].prefix, {name: part for saved in parts for name, part in saved.parts.items()})


def read(file: Path) -> Saved:
    """As it was saved; nothing if it was not, or is damaged."""
    raw = kept.read(file)
    if raw is None:
        return Saved()
    prefix, saved, rest, count = json.loads(raw)
    parts = {name: Part(key, _files(files), found) for name, (key, files, found) in saved.items()}
    return Saved(prefix, parts, _files(rest), count)


def _files(saved: Mapping[str, list[Any]]) -> Files:
    return {name: (found, size) for name, (found, size) in saved.items()}


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
    return kept.digest("\x00".join(map(repr, values)).encode())
