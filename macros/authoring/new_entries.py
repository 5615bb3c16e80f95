"""New entries of the data: their names, their ids, and the files that hold them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath

from macros.authoring.yaml_editor import append_entry, new_file
from macros.corpus import KINDS, Corpus
from macros.corpus.checks import RESERVED
from macros.model import Record, Resolution
from macros.model.traversal import records

PERIODS, STATEMENTS = "data/periods.yml", "data/statements.yml"
_LONGEST_ID = 40
_WORDS_OF_ID = 5


@dataclass(frozen=True)
class NewEntry:
    """A new entry and where it goes."""

    file: str
    fields: Mapping[str, object]
    path: tuple[str | int, ...] = ()
    """The way to its list in the file; empty for a new file."""
    comment: str = ""
    """The first line of a new file."""
    anchor: str = ""
    """Its id on its page, if that is not the `id` of the entry."""

    @property
    def id(self) -> str:
        """Its permanent address on its page; empty for a resolution, which is a page."""
        return self.anchor or str(self.fields.get("id", ""))


def add(files: Mapping[str, bytes], entry: NewEntry) -> bytes:
    """Write the new contents of the file that an entry changes. Raises `EditError`."""
    fields = {k: v for k, v in entry.fields.items() if v not in (None, "", (), [], {})}
    if not entry.path:
        return new_file(entry.comment, fields).encode()
    order = tuple(KINDS.get(PurePosixPath(entry.file).stem, Resolution).model_fields)
    return append_entry(files.get(entry.file, b"").decode(), entry.path, fields, order).encode()


def resolution_file(slug: str) -> str:
    """Name the file of a resolution."""
    return f"data/resolutions/{slug}.yml"


# --- names and ids ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Name:
    """A name in its parts; `label` only where the organ's pattern does not make it."""

    slug: str
    number: str
    session: str | None = None
    label: str | None = None


def parse_name(written: str, label_pattern: str) -> Name:
    """Take a label (`2/11`) or slug (`2-11`) apart by the organ's pattern for labels."""
    slug = _slug(written)
    pattern = _slug(label_pattern, "{}") if written == slug else label_pattern
    fields = {"{session}": "(?P<session>.+?)", "{number}": "(?P<number>.+)"}
    parts = re.split(r"(\{\w+\})", pattern)
    if parts.count("{number}") == 1 and parts.count("{session}") <= 1:
        form = "".join(fields.get(part, re.escape(part)) for part in parts)
        if match := re.fullmatch(form, written):
            values = match.groupdict()
            return Name(slug, values["number"], values.get("session"))
    return Name(slug, written, None, written)


def _slug(label: str, also: str = "") -> str:
    return re.sub(rf"[^a-z0-9{also}]+", "-", label.lower()).strip("-")


def inferred_symbol(corpus: Corpus, name: Name) -> str | None:
    """Make the symbol of a resolution by the organ's pattern."""
    fields = {"number": name.number, "session": name.session}
    draft = Resolution.model_validate({**fields, "title": "–", "title_basis": "unofficial"})
    pattern = corpus.symbol_pattern(draft)
    return draft.fill(pattern) if pattern else None


def ids_in(record: Record) -> set[str]:
    """List all ids of entries in a file."""
    return {str(key) for _, entry in records(record) if (key := getattr(entry, "id", None))}


def new_id(words: str, taken: Container[str], kind: str) -> str:
    """Make an id from a text, unlike those taken and those that the site makes."""
    key = _readable_id(words, taken, kind)
    return _readable_id(f"{kind} {words}", taken, kind) if RESERVED.match(key) else key


def _readable_id(words: str, taken: Container[str], fallback: str) -> str:
    """Join the first words that are long, numbers or names; `fallback` is for other scripts."""
    latin = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    latin = latin[:1].lower() + re.sub(r"'s?\b", "", latin[1:])
    every = re.findall(r"[A-Za-z0-9]+", latin)
    chosen = [word for word in every if len(word) > 3 or not word.islower()] or every
    stem = "-".join(chosen[:_WORDS_OF_ID]).lower() or fallback
    if len(stem) > _LONGEST_ID:
        stem = stem[: _LONGEST_ID + 1].rpartition("-")[0] or stem[:_LONGEST_ID]
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(key for key in numbered if key not in taken)


def bare(label: str | None) -> int | str | None:
    """Write a label that is a number without quotation marks."""
    return int(label) if label and re.fullmatch(r"0|[1-9][0-9]*", label) else label
