"""Templates as Python runs them, kept from build to build: compiling them takes a second.

They are kept by what they were compiled from and by the code that did it, below `.cache/`, where they may be deleted at
any time.
"""

from __future__ import annotations

import marshal
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from macros.build import building, kept
from macros.render import view as render

FILE = ".cache/templates"


class Compiled(BytecodeCache):
    """What `jinja2.Environment.bytecode_cache` asks; `save` keeps what was compiled this time."""

    def __init__(self, root: Path) -> None:
        self._file = root / FILE
        raw = kept.read(self._file)
        made_by, known = marshal.loads(raw) if raw else ("", {})
        self._known: dict[str, bytes] = known if made_by == building.code() else {}
        self._is_new = False
        render.environment().bytecode_cache = self

    def load_bytecode(self, bucket: Bucket) -> None:
        """A template as it was compiled; it counts only for the same text (the bucket looks)."""
        if (known := self._known.get(bucket.key)) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take one that was compiled."""
        self._known[bucket.key], self._is_new = bucket.bytecode_to_string(), True

    def save(self) -> None:
        """Keep them for the next time, if any are new."""
        if self._is_new:
            kept.write(self._file, marshal.dumps((building.code(), self._known)))
            self._is_new = False
