"""The search index of one language: entries → slim pages → Pagefind, and a table of identifiers.

Pagefind (https://pagefind.app) indexes pages, not data. So each entry becomes a page that holds only
what may be searched, in a temporary folder. What must find a page without being read there goes into
metadata, which Pagefind searches and never quotes:

- `aliases`: the symbol and whatever else people call the page; weighted like the title by `search.js`;
- `folded`: words in which a letter hides from a plain keyboard (`Tromsø`), spelt plainly (`tromso`).

An identifier typed as the whole query (`2/4`) leads straight to its pages: `search.js` looks it up in
`lookup.json`, under the key that `normalise` makes of it here and there alike.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

Pairs = tuple[tuple[str, str], ...]

UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "pagefind-worker.js",
)
"""Files that Pagefind writes for interfaces and ways of running that `search.js` does not use."""


class SearchError(Exception):
    """The search index could not be written."""


@dataclass(frozen=True)
class SearchEntry:
    """A page, or a place on one, that search can find."""

    url: str
    """Relative to the root of the site's language, perhaps with an anchor: `resolutions/2-4/`."""
    title: str
    body: str
    """What is searched and quoted, as plain text."""
    meta: Pairs = ()
    """Shown with a result, in the order of their names, which may not be `title`, `aliases` or `folded`."""
    filters: Pairs = ()
    """Name and value of each filter that the page falls under; the name may not be `q`."""
    aliases: tuple[str, ...] = ()
    """Words that find the page although it may not contain them."""
    lookups: tuple[str, ...] = ()
    """Identifiers that, typed as the whole query, lead straight to the page. They are aliases too."""


def entry(values: Mapping[str, Any]) -> SearchEntry:
    """An entry from its fields, with lists for tuples as JSON has them."""
    return SearchEntry(**{name: _tuples(value) for name, value in values.items()})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


# Words


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain letter and a mark."""


def fold(text: str) -> str:
    """The text as a plain keyboard has it: lower case, without diacritics, ligatures or wide forms."""
    return _without_marks("NFKD", text).translate(_LETTERS)


def normalise(identifier: str) -> str:
    """The key of an identifier in the lookup table; `search.js` has the same function.

    Forms of a character are made one (NFKC) and so is case; white space, brackets, quotation marks and
    invisible characters go; each run of other punctuation becomes one `/`, and none is left at the ends.

    >>> {normalise(i) for i in ("2/4", "2.4", "2-4", " 2 – 4 ", "２／４", "(2/4)")}
    {'2/4'}
    """
    text = unicodedata.normalize("NFKC", identifier).lower()
    kept = (_separator(character) for character in text)
    return re.sub("/+", "/", "".join(kept)).strip("/")


def _separator(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z" or category in ("Cc", "Cf", "Ps", "Pe", "Pi", "Pf") or character in "\"'`":
        return ""
    return "/" if category[0] in "PS" else character


def _folded_words(text: str) -> list[str]:
    """The words of a text that need folding beyond diacritics, which Pagefind ignores by itself."""
    words = {word for word in re.findall(r"\w+", text) if not word.isascii()}
    return sorted({fold(word) for word in words if fold(word) != _without_marks("NFD", word)})


def _without_marks(form: Literal["NFD", "NFKD"], text: str) -> str:
    parts = unicodedata.normalize(form, text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.category(c).startswith("M")))


# Pages and table


def slim_html(entry: SearchEntry, lang: str) -> str:
    """The page that Pagefind indexes for an entry."""
    aliases = dict.fromkeys(entry.aliases + entry.lookups)
    folded = _folded_words(" ".join((entry.title, entry.body, *aliases)))
    meta = (("title", entry.title), ("aliases", " ".join(aliases)), ("folded", " ".join(folded)), *entry.meta)
    head = [_tag("meta", name, value) for name, value in meta if value]
    head += [_tag("filter", name, value) for name, value in entry.filters]
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<meta charset="utf-8">\n'
        + "".join(head)
        + f"<body>{escape(entry.body)}</body>\n</html>\n"
    )


def lookup_table(entries: Iterable[SearchEntry]) -> dict[str, list[dict[str, str]]]:
    """The pages that each normalised identifier leads to, in the order of the entries."""
    table: dict[str, list[dict[str, str]]] = {}
    for entry in entries:
        for key in sorted({normalise(lookup) for lookup in entry.lookups} - {""}):
            table.setdefault(key, []).append({"url": entry.url, "title": entry.title})
    return table


def _tag(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{escape(name)}[content]" content="{escape(value)}">\n'


def _file_name(url: str) -> str:
    """A flat name from which `search.js` reads the address again, whatever characters that has."""
    return f"={quote(url, safe='')}.html"


# Index


def write_index(entries: Iterable[SearchEntry], lang: str, site_dir: Path) -> None:
    """Write `pagefind/` into the folder of a language's site; the same entries give the same bytes."""
    entries = tuple(entries)
    output = site_dir / "pagefind"
    shutil.rmtree(output, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for entry in entries:
            _write_page(Path(folder, _file_name(entry.url)), slim_html(entry, lang))
        _run_pagefind(Path(folder), output.resolve())
    for pattern in UNUSED:
        for file in output.glob(pattern):
            file.unlink()
    _settle(output)
    table = json.dumps(lookup_table(entries), ensure_ascii=False, separators=(",", ":"))
    (output / "lookup.json").write_text(table, encoding="utf-8")


def _write_page(file: Path, html: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as page:
            page.write(html)
    except FileExistsError:
        raise SearchError(f"Two search entries have the same address: {file.name}") from None


def _run_pagefind(source: Path, output: Path) -> None:
    """Run the extended build, which separates the words of Chinese and Japanese."""
    try:
        from pagefind_bin_extended import get_executable

        command = [get_executable(), "--site", source, "--output-path", output, "--quiet"]
        run = subprocess.run(command, cwd=source, capture_output=True, text=True, encoding="utf-8", errors="replace")
    except (ImportError, OSError) as error:
        raise SearchError(f"Pagefind cannot be run ({error}). Install the package 'pagefind[extended]'.") from error
    if run.returncode:
        raise SearchError(f"Pagefind failed with exit status {run.returncode}:\n{(run.stderr or run.stdout).strip()}")


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
            filter_[1] = _rewrite(output / "filter", "", filter_[1], ".pf_filter", [name, sorted(values)])
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
