"""Search documents: entries → the slim pages that Pagefind indexes, and a table of identifiers.

Pagefind (https://pagefind.app) indexes pages, not data. So each entry becomes a page that holds
only what may be searched. What must find a page without being read there goes into metadata, which
Pagefind searches and never quotes:

- `aliases`: the symbol and whatever else people call the page; weighted like the title by
  `search.js`;
- `folded`: words in which a letter hides from a plain keyboard (`Tromsø`), spelt plainly
  (`tromso`).

An identifier typed as the whole query (`2/4`) leads straight to its pages: `search.js` looks it up
in `lookup.json`, under the key that `normalize` makes of it here and there alike.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.pages.content import SearchEntry
from macros.search.pagefind import SearchError, index

FOLDER = "pagefind"
"""Where the index of a language lies, from the root of the language."""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain letter and a mark."""


def fold(text: str) -> str:
    """Spell a text in lower case, without diacritics, ligatures or wide forms."""
    parts = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in parts if not unicodedata.category(c).startswith("M"))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def normalize(identifier: str) -> str:
    """Make the key of an identifier in the lookup table; `search.js` has the same function.

    Forms of a character are made one (NFKC) and so is case; white space, brackets, quotation marks
    and invisible characters go; each run of other punctuation becomes one `/`, and none is left at
    the ends.

    >>> {normalize(i) for i in ("2/4", "2.4", "2-4", " 2 – 4 ", "２／４", "(2/4)")}
    {'2/4'}
    """
    text = unicodedata.normalize("NFKC", identifier).lower()
    return re.sub("/+", "/", "".join(map(_separate, text))).strip("/")


def _separate(character: str) -> str:
    category = unicodedata.category(character)
    if (
        category[0] == "Z"
        or category in ("Cc", "Cf", "Ps", "Pe", "Pi", "Pf")
        or character in "\"'`"
    ):
        return ""
    return "/" if category[0] in "PS" else character


def document(entry: SearchEntry, lang: str) -> str:
    """Make the slim page of an entry.

    Args:
        entry: What search knows of a page.
        lang: The language by its BCP 47 tag.

    Returns:
        HTML with the text as its body, and metadata and filters in `meta` elements.
    """
    aliases = " ".join(dict.fromkeys(entry.lookups))
    words = re.findall(r"\w+", f"{entry.title} {entry.body} {aliases}")
    folded = sorted(
        {fold(word) for word in words if not word.isascii()} - {w.lower() for w in words}
    )
    meta = (("title", entry.title), ("aliases", aliases), ("folded", " ".join(folded)), *entry.meta)
    lines = [f'<!doctype html>\n<html lang="{escape(lang)}">\n<meta charset="utf-8">']
    lines += (_tag("meta", name, value) for name, value in meta if value)
    lines += (_tag("filter", name, value) for name, value in entry.filters)
    return "\n".join([*lines, f"<body>{escape(entry.body)}</body>\n</html>\n"])


def _tag(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{escape(name)}[content]" content="{escape(value)}">'


def file_name(url: str) -> str:
    """Where the slim page of an address lies; Pagefind makes the address of it again."""
    return f"{url}index.html"


def lookup_table(entries: Iterable[SearchEntry]) -> dict[str, list[dict[str, str]]]:
    """List the pages that each normalized identifier leads to, in the order of the entries."""
    table: dict[str, list[dict[str, str]]] = {}
    for entry in entries:
        for key in sorted({normalize(lookup) for lookup in entry.lookups} - {""}):
            table.setdefault(key, []).append({"url": entry.url, "title": entry.title})
    return table


def write_index(entries: Iterable[SearchEntry], language: str, folder: Path) -> None:
    """Write the search index of one language, and its table of identifiers.

    Args:
        entries: What search knows of each page.
        language: The language by its BCP 47 tag.
        folder: The root of the language's site.

    Raises:
        SearchError: Two entries have the same address, or Pagefind fails.
    """
    entries = sorted(entries, key=lambda entry: entry.url)
    with TemporaryDirectory() as pages:
        for entry in entries:
            path = Path(pages, file_name(entry.url))
            if path.exists():
                raise SearchError(f"Two search entries have the same address: {entry.url}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document(entry, language), encoding="utf-8")
        index(Path(pages), folder / FOLDER, language)
    table = json.dumps(lookup_table(entries), ensure_ascii=False, separators=(",", ":"))
    (folder / FOLDER / "lookup.json").write_text(table, encoding="utf-8")
