"""What a site was made from, part by part: what has not changed since the last build is not made again.

A part is some files that follow from the same input, such as all of one resolution in one language. The ledger of a
language holds, for each part, a key of everything it was made from, its files with what tells whether they are still
as they were written, and where that is which it told besides, such as what search knows of it: pieces of a file beside
the ledger. Both lie in the project's `.cache/` and may be deleted at any time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.build import kept
from macros.build.kept import Pieces, Place

Stamp = tuple[int, int]
"""Size and time of the last change of a file: as written, if both are the same."""
Files = dict[str, tuple[str, int]]
"""Paths with a hash of what is in the file, empty for what `offline` leaves out, and its size in bytes."""
Texts = Iterable[tuple[str, str | bytes]]


@dataclass(frozen=True)
class Part:
    """`told` is where each thing is that making it told besides, and whether that is a text."""

    key: str
    files: Files
    told: Mapping[str, tuple[Place, bool]] = field(default_factory=dict)


@dataclass
class Saved:
    """What a build left of a language.

    `prefix` leads to its folder from the root of the site; `rest` are the files, with paths from that folder, that
    belong to no part; `count` is the number of its pages; `pieces` hold what was told.
    """

    prefix: str = ""
    parts: dict[str, Part] = field(default_factory=dict)
    rest: Files = field(default_factory=dict)
    count: int = 0
    pieces: Pieces | None = None

    @property
    def files(self) -> Files:
        """All files, with paths from the root of the site."""
        found = (*(part.files for part in self.parts.values()), self.rest)
        return {self.prefix + name: told for files in found for name, told in files.items()}

    def told(self, name: str, what: str) -> Any:
        """Something that making a part told; `None` if it did not, or if that is damaged."""
        if (found := self.parts[name].told.get(what)) is None or self.pieces is None:
            return None
        place, is_text = found
        if (raw := self.pieces.get(place)) is None:
            return None
        return raw.decode() if is_text else json.loads(raw)

    def take(self, name: str, other: Saved) -> bool:
        """Take over a part from another build; `False` if not all that it told is there."""
        part, told = other.parts[name], {}
        for what, (place, is_text) in part.told.items():
            if other.pieces is None or (raw := other.pieces.get(place)) is None:
                return False
            told[what] = self.pieces.put(raw), is_text
        self.parts[name] = Part(part.key, part.files, told)
        return True

    def save(self, file: Path) -> None:
        """Keep it for the next build; `pieces` are beside it already."""
        self.pieces.close()
        parts = {name: (part.key, part.files, part.told) for name, part in self.parts.items()}
        kept.write(
            file,
            json.dumps([self.prefix, parts, self.rest, self.count], ensure_ascii=False).encode(),
        )


def new(file: Path, prefix: str) -> Saved:
    """Nothing yet of a language, to be saved in a file."""
    return Saved(prefix, pieces=Pieces(_beside(file)))


def _beside(file: Path) -> Path:
    return file.with_suffix(".told")


class Ledger:
    """The parts of one language, as a build goes through them.

    In: the file to save it in; `folder`, where its files are written, with paths from there, and `prefix`, which leads
    there from the root of the site; what `described` says of a file; what the last build left; and `present`, the files
    that the last site has as they were written, from its root.
    """

    def __init__(
        self, file: Path, folder: Path, prefix: str, described: Callable[[str, bytes], tuple[str, int]],
        last: Saved | None = None, present: Collection[str] = (),
    ) -> None:  # fmt: skip
        self._file, self._folder, self._described = file, folder, described
        self._last, self._present = last or Saved(), present
        self.saved = new(file, prefix)

    def part(self, name: str, key: str, make: Callable[[dict[str, Any]], Texts]) -> None:
        """A part: as it is in the last site, if it was made from the same, else written anew.

        In: `make` gives its files, and puts into the mapping what else it tells.
        """
        old, prefix = self._last.parts.get(name), self.saved.prefix
        if old and old.key == key and all(prefix + path in self._present for path in old.files):
            if self.saved.take(name, self._last):
                return
        told: dict[str, Any] = {}
        files, put = self._written(make(told)), self.saved.pieces.put
        self.saved.parts[name] = Part(
            key,
            files,
            {what: (put(_raw(value)), isinstance(value, str)) for what, value in told.items()},
        )

    def told(self, name: str, what: str) -> Any:
        """Something that making a part told, now or in an earlier build; `None` if it did not."""
        return self.saved.told(name, what)

    def write(self, files: Texts) -> None:
        """Write files that are made anew in every build."""
        self.saved.rest |= self._written(files)

    def save(self, count: int = 0) -> None:
        """Keep it for the next build. In: how many pages the language has."""
        self.saved.count = count
        self.saved.save(self._file)

    def _written(self, files: Texts) -> Files:
        written = {}
        for name, text in files:
            data = text.encode() if isinstance(text, str) else text
            kept.put(self._folder / name, data)
            written[name] = self._described(self.saved.prefix + name, data)
        return written


def _raw(value: Any) -> bytes:
    return (
        value.encode() if isinstance(value, str) else json.dumps(value, ensure_ascii=False).encode()
    )


def merge(parts: Iterable[Saved], file: Path) -> None:
    """Save what several builds left of the same language as that of one."""
    parts = list(parts)
    merged = new(file, parts[0].prefix)
    for saved in parts:
        for name in saved.parts:
            merged.take(name, saved)
    merged.save(file)


def read(file: Path) -> Saved:
    """As it was saved; nothing if it was not, or is damaged."""
    raw = kept.read(file)
    if raw is None:
        return Saved()
    prefix, saved, rest, count = json.loads(raw)
    parts = {name: Part(key, _files(files), told) for name, (key, files, told) in saved.items()}
    return Saved(prefix, parts, _files(rest), count, Pieces(_beside(file)))


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
