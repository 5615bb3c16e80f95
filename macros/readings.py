"""Files of data as they were read before: what is in a file that has not changed is not parsed again.

Values are kept by the hash of the bytes they were read from, below `.cache/`, where they may be deleted at any time. Files
with problems are not kept.
"""

from __future__ import annotations

import marshal
import sys
from importlib.metadata import version
from pathlib import Path

from macros import kept, source
from macros.source import SourceFile

FILE = ".cache/read"


class Readings:
    """Reads files in the place of `source.read`; `save` keeps what was read this time."""

    def __init__(self, file: Path) -> None:
        code = Path(source.__file__).read_bytes()
        self._file, self._made_by = file, kept.digest(f"{sys.version} {version('pyyaml')}".encode() + code)
        raw = kept.read(file)
        made_by, old = marshal.loads(raw) if raw else ("", {})  # plain values; nothing in it is ever run
        self._old: dict[str, bytes] = old if made_by == self._made_by else {}
        self._new: dict[str, bytes] = {}

    def read(self, name: str, raw: bytes) -> SourceFile:
        """What `source.read` gives."""
        key = kept.digest(raw)
        if (known := self._old.get(key)) is not None:
            self._new[key] = known
            return SourceFile(name, marshal.loads(known), raw=raw)
        found = source.read(name, raw)
        if found.value is not None and not found.problems:
            self._new[key] = marshal.dumps(found.value)
        return found

    def save(self) -> None:
        """Keep what was read for the next time, if it is not the same."""
        if self._new.keys() != self._old.keys():
            kept.write(self._file, marshal.dumps((self._made_by, self._new)))
