"""Files of data as they were read before: what is in a file that has not changed is not parsed again.

Values are kept by the hash of the bytes they were read from, below `.cache/`, where they may be deleted at any time. Files
with problems are not kept.
Many new files are parsed by all processors: one would take a twentieth of a build from nothing for it, while the others wait.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from macros.build import beside, kept
from macros.corpus import source
from macros.corpus.source import SourceFile

FILE = ".cache/read"
MANY = 200
"""So many files take longer to parse than the processes to start that share them."""


class Readings:
    """Reads files in the place of `source.read`; `save` keeps what was read this time."""

    def __init__(self, file: Path) -> None:
        code = Path(source.__file__).read_bytes()
        self._file, self._made_by = (
            file,
            kept.digest(f"{sys.version} {version('pyyaml')}".encode() + code),
        )
        raw = kept.read(file)
        made_by, old = (
            marshal.loads(raw) if raw else ("", {})
        )  # plain values; nothing in it is ever run
        self._old: dict[str, bytes] = old if made_by == self._made_by else {}
        self._new: dict[str, bytes] = {}
        self._ahead: dict[str, bytes] = {}

    def ahead(self, files: Mapping[str, bytes]) -> None:
        """Parse what `read` will be asked for with all processors, if much of it is new.

        In: files by name; only those of data are parsed.
        """
        if not beside.is_possible():
            return
        data = {
            kept.digest(raw): raw
            for name, raw in files.items()
            if name.startswith("data/") and name.endswith(".yml")
        }
        new = [(key, raw) for key, raw in data.items() if key not in self._old]
        if len(new) < MANY:
            return
        workers = min(os.cpu_count() or 1, 8)
        own, *shares = (dict(new[first::workers]) for first in range(workers))
        others = [beside.begin(partial(_parsed, share)) for share in shares]
        self._ahead = _parsed(own)
        for found in others:
            self._ahead |= found()

    def read(self, name: str, raw: bytes) -> SourceFile:
        """What `source.read` gives."""
        key = kept.digest(raw)
        if (known := self._old.get(key) or self._ahead.get(key)) is not None:
            self._new[key] = known
            return SourceFile(name, marshal.loads(known), raw=raw)
        found = source.read(name, raw)
        if parsed := _plain(found):
            self._new[key] = parsed
        return found

    def save(self) -> None:
        """Keep what was read for the next time, if it is not the same."""
        if self._new.keys() != self._old.keys():
            kept.write(self._file, marshal.dumps((self._made_by, self._new)))


def _plain(found: SourceFile) -> bytes:
    """The value of a file as it is kept; nothing for one with problems, or without a value."""
    return marshal.dumps(found.value) if found.value is not None and not found.problems else b""


def _parsed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    found = {key: _plain(source.read("", raw)) for key, raw in files.items()}
    return {key: parsed for key, parsed in found.items() if parsed}
