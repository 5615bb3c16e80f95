"""The search index of one language: entries → slim pages → Pagefind, and a table of identifiers.

Pagefind (https://pagefind.app) indexes pages, not data. So each entry becomes a page that holds only
what may be searched. What must find a page without being read there goes into metadata, which Pagefind
searches and never quotes:

- `aliases`: the symbol and whatever else people call the page; weighted like the title by `search.js`;
- `folded`: words in which a letter hides from a plain keyboard (`Tromsø`), spelt plainly (`tromso`).

An identifier typed as the whole query (`2/4`) leads straight to its pages: `search.js` looks it up in
`lookup.json`, under the key that `normalise` makes of it here and there alike.

Many entries are several indexes, of which a change touches one; `search.js` merges them.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from itertools import accumulate, pairwise
from pathlib import Path, PurePath
from typing import Any, Literal
from urllib.parse import quote

from macros.build.kept import digest, put, read, write
from macros.pages.content import SearchEntry
from macros.search import pagefind
from macros.search.pagefind import SearchError

FOLDER = "pagefind"

SIZE = 800
"""Entries that a shard has at the most, as long as there are no more than `MOST` shards: each costs every reader some 30 KB."""
MOST = 16

KEPT = ".cache/search"
"""Where a project keeps its shards for later builds; it may be deleted at any time."""

TABLE = 30_000
"""Bytes of a table of identifiers, beyond which it is divided into several files."""


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
    if (
        category[0] == "Z"
        or category in ("Cc", "Cf", "Ps", "Pe", "Pi", "Pf")
        or character in "\"'`"
    ):
        return ""
    return "/" if category[0] in "PS" else character


def _folded_words(text: str) -> list[str]:
    """The words of a text that need folding beyond diacritics, which Pagefind ignores by itself."""
    words = {word for word in re.findall(r"\w+", text) if not word.isascii() and _may_fold(word)}
    return sorted({fold(word) for word in words if fold(word) != _without_marks("NFD", word)})


def _may_fold(word: str) -> bool:
    """A quick look that spares most words, such as all of Chinese, the slow one."""
    plain = unicodedata.normalize("NFD", word.lower())
    return plain.translate(_LETTERS) != plain or unicodedata.normalize("NFKD", plain) != plain


def _without_marks(form: Literal["NFD", "NFKD"], text: str) -> str:
    parts = unicodedata.normalize(form, text.lower())
    return unicodedata.normalize(
        "NFC", "".join(c for c in parts if not unicodedata.category(c).startswith("M"))
    )


# Pages and table


def slim_html(entry: SearchEntry, lang: str) -> str:
    """The page that Pagefind indexes for an entry."""
    aliases = dict.fromkeys(entry.aliases + entry.lookups)
    folded = _folded_words(" ".join((entry.title, entry.body, *aliases)))
    meta = (
        ("title", entry.title),
        ("aliases", " ".join(aliases)),
        ("folded", " ".join(folded)),
        *entry.meta,
    )
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


def lookup_files(table: Mapping[str, list[dict[str, str]]], shards: int) -> dict[str, bytes]:
    """The files of a table of identifiers.

    Usually that is `lookup.json`. What `search.js` must know besides is there under the key that no identifier has: how
    many shards there are, if there are several, and among how many files the identifiers are divided, by `spread`.
    """
    count = 1
    whole = len(_json(table))
    while count * TABLE < whole:
        count *= 2
    counts = {"shards": shards} if shards > 1 else {}
    if count == 1:
        return {f"{FOLDER}/lookup.json": _json({"": counts, **table} if counts else table)}
    tables: list[dict[str, Any]] = [{} for _ in range(count)]
    for key, pages in table.items():
        tables[spread(key) % count][key] = pages
    files = {f"{FOLDER}/lookup/{number}.json": _json(part) for number, part in enumerate(tables)}
    return {f"{FOLDER}/lookup.json": _json({"": {**counts, "tables": count}}), **files}


def spread(text: str) -> int:
    """A number that differs from text to text (FNV-1a); `search.js` has the same function."""
    number = 0x811C9DC5
    for character in text:
        number = (number ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return number


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _tag(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{escape(name)}[content]" content="{escape(value)}">\n'


def _file_name(url: str) -> str:
    """A flat name from which `search.js` reads the address again, whatever characters that has."""
    return f"={quote(url, safe='')}.html"


# Index


@dataclass(frozen=True)
class Part:
    """Some files of the site of a language: `make` gives them by name, and `key` is of all that they follow from."""

    name: str
    key: str
    make: Callable[[], Mapping[str, bytes]]


def write_index(
    entries: Iterable[SearchEntry],
    lang: str,
    site_dir: Path,
    kept: Path | None = None,
    size: int = SIZE,
) -> None:
    """Write all parts into the folder of a language's site, in one step; the same entries give the same bytes."""
    new = site_dir / ".pagefind"
    shutil.rmtree(new, ignore_errors=True)
    for part in parts(entries, lang, kept, size):
        for name, data in part.make().items():
            put(new / name, data)
    shutil.rmtree(site_dir / FOLDER, ignore_errors=True)
    (new / FOLDER).rename(site_dir / FOLDER)
    new.rmdir()


def parts(
    entries: Iterable[SearchEntry], lang: str, kept: Path | None = None, size: int = SIZE
) -> Iterator[Part]:
    """The parts of the index of a language: its shards, and the identifiers.

    In: a folder in which shards are kept for later builds; how many entries a shard should have at the most.
    """
    entries = tuple(entries)
    divided = shards(entries, size)
    keys = [_key(lang, [tuple(vars(entry).values()) for entry in shard]) for shard in divided]
    for number, (shard, key) in enumerate(zip(divided, keys)):
        yield Part(
            f"search {number}",
            key,
            partial(_shard, number, shard, lang, kept and kept / lang / key),
        )
    named = [(entry.url, entry.title, entry.lookups) for entry in entries]
    yield Part(
        "search identifiers",
        _key(len(keys), named),
        lambda: lookup_files(lookup_table(entries), len(keys)),
    )
    if kept:
        _forget(kept / lang, keys)


def _key(*values: object) -> str:
    """A key of some values, of this code and of Pagefind's."""
    return digest(repr((*values, _code(), pagefind.code())).encode())


@cache
def _code() -> str:
    return digest(Path(__file__).read_bytes())


def _shard(number: int, shard: list[SearchEntry], lang: str, kept: Path | None) -> dict[str, bytes]:
    """The files of a shard; those that are the same in all are only in the first."""
    folder = f"{FOLDER}/{number}" if number else FOLDER
    files = _indexed(shard, lang, kept).items()
    return {
        f"{folder}/{name}": data
        for name, data in files
        if not (number and any(map(PurePath(name).match, pagefind.ENGINE)))
    }


def shards(entries: Iterable[SearchEntry], size: int = SIZE) -> list[list[SearchEntry]]:
    """The entries, divided such that a change of one changes one shard, however many there are before and after it.

    What has identifiers is divided by its address, each shard a fair sample: a word is about as rare in one as in all,
    so that Pagefind's scores can be compared. What has none, such as a list, changes with others: it is together at the
    end. With every doubling the division changes. A few entries are one shard.
    """
    ordered = sorted(entries, key=lambda entry: entry.url)
    for one, other in pairwise(ordered):
        if one.url == other.url:
            raise SearchError(f"Two search entries have the same address: {one.url}")
    if len(ordered) <= size:
        return [ordered]
    own = [entry for entry in ordered if entry.lookups]
    lists = [entry for entry in ordered if not entry.lookups]
    count = 1
    while count * size < len(own) and count < MOST:
        count *= 2
    divided: list[list[SearchEntry]] = [[] for _ in range(count)]
    for entry in own:
        divided[spread(entry.url) % count].append(entry)
    return [shard for shard in (*divided, lists) if shard]


def _indexed(shard: list[SearchEntry], lang: str, kept: Path | None) -> dict[str, bytes]:
    """The files of the index of a shard, as they were kept if they were."""
    if kept and (raw := read(kept)):
        sizes, _, data = raw.partition(b"\n")
        ends = accumulate(json.loads(sizes).values(), initial=0)
        return {
            name: data[start:end] for name, (start, end) in zip(json.loads(sizes), pairwise(ends))
        }
    files = pagefind.index((_file_name(entry.url), slim_html(entry, lang)) for entry in shard)
    if kept:
        sizes = json.dumps({name: len(data) for name, data in files.items()}).encode()
        write(kept, b"\n".join((sizes, b"".join(files.values()))))
    return files


def _forget(folder: Path, used: list[str]) -> None:
    """Remove the shards that neither this build nor the one before it used."""
    file = folder / "used.json"
    last = json.loads(read(file) or b"[]")
    write(file, json.dumps(used).encode())
    for path in folder.glob("*"):
        if path.name not in (*used, *last, file.name):
            path.unlink(missing_ok=True)
