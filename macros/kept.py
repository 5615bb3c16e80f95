"""Files of a build on the disk: those of the site, and those kept for the next build.

What is kept begins with a hash of the rest: a damaged file counts as none.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

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
