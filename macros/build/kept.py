"""Files of a build on the disk: those of the site, and those kept for the next build.

What is kept has a hash, as a whole or piece by piece: what is damaged counts as not there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

_SIZE = hashlib.sha256().digest_size


def read(path: Path) -> bytes | None:
    """What was kept; `None` if nothing was, or if it is damaged."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    data = memoryview(stored)[_SIZE:]
    return bytes(data) if hashlib.sha256(data).digest() == stored[:_SIZE] else None


def write(path: Path, data: bytes) -> None:
    """Keep it, in one step: other processes see all of it or nothing. What cannot be written is not kept."""
    name = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest())
            file.write(data)
        os.replace(name, path)
    except OSError:
        if name:
            Path(name).unlink(missing_ok=True)


def put(path: Path, data: bytes) -> None:
    """Write a file, and the folders above it if they are not there."""
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def digest(data: bytes) -> str:
    """A hash that tells whether something has changed."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


Place = tuple[int, int, str]
"""Where a piece begins in its file, its size, its hash."""


class Pieces:
    """A file of pieces of data, of which only those are in memory that somebody asks for.

    It is written anew, piece after piece, or read; both by one process alone. Where it cannot be written, pieces last as
    long as the process.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stream: BinaryIO | None = None
        self._end, self._is_at_end = 0, True

    def put(self, data: bytes) -> Place:
        """Add a piece."""
        if self._stream is None:
            self._stream = self._made()
        if not self._is_at_end:
            self._stream.seek(self._end)
            self._is_at_end = True
        self._stream.write(data)
        begin, self._end = self._end, self._end + len(data)
        return begin, len(data), digest(data)

    def _made(self) -> BinaryIO:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            return open(self._file, "w+b")
        except OSError:
            return tempfile.TemporaryFile()  # type: ignore[return-value]

    def get(self, place: Place) -> bytes | None:
        """A piece again; `None` if it is not there as it was written."""
        begin, size, written = place
        try:
            if self._stream is None:
                self._stream = open(self._file, "rb")
            self._is_at_end = False
            self._stream.seek(begin)
            data = self._stream.read(size)
        except OSError:
            return None
        return data if digest(data) == written else None

    def close(self) -> None:
        """Finish writing and reading."""
        if self._stream:
            self._stream.close()
            self._stream = None
