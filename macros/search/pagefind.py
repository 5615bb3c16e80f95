"""One index of Pagefind (https://pagefind.app): pages → the files of their index, the same for the same pages."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "pagefind-worker.js",
)
"""Files that Pagefind writes for interfaces and ways of running that `search.js` does not use."""

ENGINE = ("pagefind.js", "*.pagefind")
"""Files that are the same in every index of a language."""

EXPORT = b"export{PagefindInstance};"
"""Pagefind's script shows what searches one index to nobody; `search.js` searches several, and as if they were one."""


class SearchError(Exception):
    """The search index could not be written."""


def index(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The files of an index, by their paths. In: the name of each page, which is its address, and its HTML."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "pages"), Path(folder, "index")
        source.mkdir()
        for name, html in pages:
            (source / name).write_text(html, encoding="utf-8")
        _run(source, output)
        _settle(output)
        files = (
            path
            for path in sorted(output.rglob("*"))
            if path.is_file() and not any(map(path.match, UNUSED))
        )
        found = {path.relative_to(output).as_posix(): path.read_bytes() for path in files}
    return {**found, "pagefind.js": found["pagefind.js"] + EXPORT}


@cache
def code() -> str:
    """What an index depends on besides its pages: this module, and the version of Pagefind."""
    try:
        version = metadata.version("pagefind-bin-extended")
    except ImportError as error:
        raise _missing(error) from error
    return f"{version} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"


def _missing(error: Exception) -> SearchError:
    return SearchError(
        f"Pagefind cannot be run ({error}). Install the package 'pagefind[extended]'."
    )


def _run(source: Path, output: Path) -> None:
    """Run the extended build, which separates the words of Chinese and Japanese."""
    try:
        from pagefind_bin_extended import get_executable

        command = [get_executable(), "--site", source, "--output-path", output, "--quiet"]
        run = subprocess.run(
            command, cwd=source, capture_output=True, text=True, encoding="utf-8", errors="replace"
        )
    except (ImportError, OSError) as error:
        raise _missing(error) from error
    if run.returncode:
        raise SearchError(
            f"Pagefind failed with exit status {run.returncode}:\n{(run.stderr or run.stdout).strip()}"
        )


# Identical runs
#
# Pagefind 1.5.2 writes filters, and the values of each, in random order, and names files by their
# content. Its development version sorts them: with its next release, all below can go.

_SIGNATURE = b"pagefind_dcd"


def _settle(output: Path) -> None:
    """Sort filters and their values, and rename the files that change."""
    entry_file = output / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    for language in entry["languages"].values():
        old = language["hash"]
        meta = _read(output / f"pagefind.{old}.pf_meta")
        filters = meta[3]
        for filter_ in filters:
            name, values = _read(output / f"filter/{filter_[1]}.pf_filter")
            filter_[1] = _rewrite(
                output / "filter", "", filter_[1], ".pf_filter", [name, sorted(values)]
            )
        filters.sort()
        language["hash"] = _rewrite(output, "pagefind.", old, ".pf_meta", meta)
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry_file.write_text(text, encoding="utf-8")


def _read(file: Path) -> Any:
    return _decode(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE), 0)[0]


def _rewrite(folder: Path, before: str, old: str, after: str, value: Any) -> str:
    """Replace a file by one that holds the value; the new name has the same form, and is returned."""
    data = _encode(value)
    (folder / f"{before}{old}{after}").unlink()
    new = f"{old.rpartition('_')[0]}_{hashlib.sha256(data).hexdigest()[:12]}"
    (folder / f"{before}{new}{after}").write_bytes(gzip.compress(_SIGNATURE + data, mtime=0))
    return new


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """The value at a position, and the position after it: CBOR's numbers, texts and arrays."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        width = 1 << (size - 24)
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    if kind == 0:
        return size, at
    if kind == 3:
        return data[at : at + size].decode(), at + size
    if kind == 4:
        items = []
        for _ in range(size):
            item, at = _decode(data, at)
            items.append(item)
        return items, at
    raise SearchError("Pagefind's index has another form than that of version 1.5.")


def _encode(value: Any) -> bytes:
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(_encode, value))
    return _head(0, value)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | 24 + width]) + size.to_bytes(1 << width, "big")
