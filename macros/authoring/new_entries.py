"""New entries of the data: their names, their ids, and the files that hold them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

import click

from macros.authoring.yaml_editor import EditError, append_entry, new_file
from macros.corpus import KINDS, Corpus, Problem, Translate, load
from macros.corpus.checks import RESERVED
from macros.model import Resolution

STATEMENTS = "data/statements.yml"
_LONGEST_ID = 30
_WORDS_OF_ID = 4


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
    fields = filled(entry.fields)
    if not entry.path:
        return new_file(entry.comment, fields).encode()
    order = tuple(KINDS.get(PurePosixPath(entry.file).stem, Resolution).model_fields)
    return append_entry(files.get(entry.file, b"").decode(), entry.path, fields, order).encode()


def filled(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Leave out the fields that have no value."""
    return {key: value for key, value in fields.items() if value not in (None, "", (), [], {})}


class DataFiles:
    """The files of a project with entries that are not written yet.

    Methods raise `click.ClickException` if the data has errors, before or with an entry.
    """

    def __init__(self, files: Mapping[str, bytes], t: Translate) -> None:
        """Load the files; `t` words the errors."""
        self.files = self.original = files
        self.t = t
        self.entries: list[NewEntry] = []
        self.before = self.loaded = load(files)
        stop_at_errors(self.loaded.problems, t("new.data_has_errors"), t)

    @property
    def corpus(self) -> Corpus:
        """The data in the working language, with the entries."""
        return next(iter(self.loaded.corpora.values()))

    def add(self, entry: NewEntry) -> None:
        """Add an entry, if the data passes the check with it."""
        try:
            raw = add(self.files, entry)
        except EditError as error:
            place = ".".join(map(str, entry.path))
            raise click.ClickException(
                self.t("new.not_added", file=entry.file, place=place)
            ) from error
        files = {**self.files, entry.file: raw}
        loaded = load(files)
        typed = new_file(entry.file, filled(entry.fields))
        stop_at_errors(loaded.problems, f"{self.t('new.would_not_pass')}\n{typed}", self.t)
        self.files, self.loaded = files, loaded
        self.entries.append(entry)

    def write(self, root: Path) -> None:
        """Write the files that have changed, unless someone else has changed them meanwhile."""
        changed = {name for name, raw in self.files.items() if raw != self.original.get(name)}
        for name in changed:
            path = root / name
            if (path.read_bytes() if path.exists() else None) != self.original.get(name):
                raise click.ClickException(self.t("new.changed_meanwhile", file=name))
        for name in changed:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(self.files[name])


def stop_at_errors(problems: Iterable[Problem], sentence: str, t: Translate) -> None:
    """Stop the command with a sentence and all errors, if there are any."""
    errors = [problem.line_of_text(t) for problem in problems if problem.severity == "error"]
    if errors:
        raise click.ClickException("\n".join([sentence, *errors]))


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


def names_of_entries(corpus: Corpus) -> dict[str, dict[str, str]]:
    """List what fields may refer to: by kind of entry, the ids with what they stand for."""
    names: dict[str, dict[str, str]] = {
        "status" if kind == "statuses" else kind.removesuffix("s"): {
            str(key): ": ".join(filter(None, (word.name, getattr(word, "definition", None))))
            for key, word in words.items()
        }
        for kind, words in corpus.words.items()
    }
    for kind in ("organization", "period", "place", "session"):
        names[kind] = {key: entry.name for key, entry in getattr(corpus, f"{kind}s").items()}
    names["document"] = {key: entry.title for key, entry in corpus.documents.items()}
    names["resolution"] = {
        slug: f"{corpus.label(slug)} {entry.title}" for slug, entry in corpus.resolutions.items()
    }
    return names


def latin_words(text: str) -> list[str]:
    """List the words of a text in small letters without accents; other scripts are left out."""
    text = re.sub(r"[\u2010-\u2015]", "-", text.replace("’", "'"))
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"'s?\b", "", latin))


def new_id(
    words: str, taken: Container[str], fallback: str, stop_words: Container[str] = frozenset()
) -> str:
    """Make a short id of the telling words of a text.

    Args:
        words: The text.
        taken: Ids that are used already.
        fallback: The id where there is no text, or it is in another script. Its first word, the
            kind, goes before ids that would be like those that the site makes.
        stop_words: Words that tell nothing; nor does a number at the beginning.
    """
    every = latin_words(words)
    telling = list(dict.fromkeys(word for word in every if word not in stop_words)) or every
    while len(telling) > 1 and telling[0].isdecimal():
        telling = telling[1:]
    stem = telling[0][:_LONGEST_ID] if telling else fallback
    for word in telling[1:_WORDS_OF_ID]:
        if len(stem) + 1 + len(word) > _LONGEST_ID:
            break
        stem += f"-{word}"
    stem = f"{fallback.partition('-')[0]}-{stem}" if RESERVED.match(stem) else stem
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(key for key in numbered if key not in taken)


def bare(label: str | None) -> int | str | None:
    """Write a label that is a number without quotation marks."""
    return int(label) if label and re.fullmatch(r"0|[1-9][0-9]*", label) else label
