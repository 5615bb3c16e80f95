"""The state of translations: which texts are missing or outdated, and what changed.

A message is named by the stem of its file and its id in it: `resolutions/2-4:op-2.gist`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from macros.authoring.yaml_editor import EditError, set_entries
from macros.corpus import Loaded, Translate
from macros.corpus.loading import natural
from macros.model import Record, TextKind
from macros.model.reference import Translation
from macros.model.traversal import marked_fields, records, texts


@dataclass(frozen=True)
class Message:
    """One text for readers as a translator into one language sees it."""

    language: str
    stem: str
    key: str
    owner: Record
    field: str
    line: int
    """Where it stands in the file of the originals."""
    translation: Translation | None = None
    translation_line: int | None = None

    @property
    def id(self) -> str:
        """Its name across all files."""
        return f"{self.stem}:{self.key}"

    @property
    def original(self) -> str:
        """The text in the working language as it is now."""
        return str(getattr(self.owner, self.field))

    @property
    def origin(self) -> str:
        """The file of the original."""
        return f"data/{self.stem}.yml"

    @property
    def file(self) -> str:
        """The file of the translation."""
        return f"data/translations/{self.language}/{self.stem}.yml"

    @property
    def text(self) -> str | None:
        """The translation, current or outdated."""
        return self.translation.text if self.translation else None

    @property
    def is_rich(self) -> bool:
        """Whether it is restricted Markdown."""
        return bool(marked_fields(type(self.owner), TextKind)[self.field].rich)

    @property
    def state(self) -> Literal["translated", "missing", "outdated"]:
        """Whether its translation is there and current."""
        if self.translation is None or self.translation.text is None:
            return "missing"
        return "translated" if self.translation.original == self.original else "outdated"


@dataclass(frozen=True)
class Entry:
    """What a file is to hold for a text; without `text`, the translator writes it there."""

    original: str
    text: str | None = None


def list_messages(loaded: Loaded, language: str) -> list[Message]:
    """List all texts to translate into a language: file by file, in the order of the originals."""
    messages = []
    for stem in sorted(loaded.originals, key=natural):
        record, source = loaded.originals[stem], loaded.sources[f"data/{stem}.yml"]
        table = loaded.tables[language][stem]
        translated = loaded.sources.get(f"data/translations/{language}/{stem}.yml")
        paths = {id(owner): path for path, owner in records(record)}
        placed = [
            (source.position((*paths[id(owner)], field)), key, owner, field)
            for key, owner, field in texts(record)
        ]
        for (line, _), key, owner, field in sorted(placed, key=lambda text: text[0]):
            row = translated.position((key,), key=True)[0] if translated and key in table else None
            messages.append(Message(language, stem, key, owner, field, line, table.get(key), row))
    return messages


def count_lacking(messages: Iterable[Message]) -> dict[str, int]:
    """Count the translations that are missing and those that are outdated."""
    states = [message.state for message in messages]
    return {state: states.count(state) for state in ("missing", "outdated")}


# --- the list -----------------------------------------------------------------------------------


def missing_pages(names: Iterable[str], working: str, language: str) -> list[str]:
    """List the hand-written pages that a language lacks, by the names they would have."""
    names, prefix = set(names), f"docs/{working}/"
    pages = (n for n in names if n.startswith(prefix) and n.endswith(".md"))
    wanted = {f"docs/{language}/{name.removeprefix(prefix)}" for name in pages}
    return sorted(wanted - names)


def report(
    language: str, messages: Sequence[Message], pages: Sequence[str], t: Translate
) -> Iterator[str]:
    """Write the list of what one language lacks, line by line."""
    counts = count_lacking(messages)
    if not (any(counts.values()) or pages):
        yield t("translations.complete", language=language, count=len(messages))
        return
    yield t("translations.head", language=language, count=len(messages), **counts)
    for message in messages:
        if message.state == "translated":
            continue
        line = f":{message.translation_line}" if message.translation_line else ""
        yield f"\n{message.file}{line}: {message.key}: {t(f'translations.{message.state}')}"
        shown = message.original.split("\n")
        if message.translation and message.state == "outdated":
            earlier = message.translation.original.split("\n")
            changes = (line for line in difflib.ndiff(earlier, shown) if line[0] != "?")
            shown = [*changes, *(message.text or "").split("\n")]
        yield from (f"    {line.rstrip()}" for line in shown)
    if pages:
        yield "\n" + t("translations.pages", language=language, count=len(pages))
        yield from (f"    {page}" for page in pages)


# --- changes of files ---------------------------------------------------------------------------


def write_entries(
    messages: Iterable[Message], files: Mapping[str, bytes], entries: Mapping[str, Entry]
) -> dict[str, bytes]:
    """Put entries, by the id of their message, into the files of translations of a language.

    Returns:
        The new bytes of the files that change.

    Raises:
        EditError: A file cannot be changed safely; the error's text is its name.
    """
    by_file: dict[str, list[Message]] = {}
    for message in messages:
        by_file.setdefault(message.file, []).append(message)
    changed = {}
    for name, group in by_file.items():
        wanted = {m.key: vars(entries[m.id]) for m in group if m.id in entries}
        raw = files.get(name, f"# {group[0].origin} → {group[0].language}\n".encode())
        try:
            new = set_entries(raw.decode(), wanted, [m.key for m in group]).encode()
        except EditError as error:
            raise EditError(name) from error
        if wanted and new != files.get(name):
            changed[name] = new
    return changed


def entries_to_fill_in(messages: Iterable[Message]) -> dict[str, Entry]:
    """Make an entry without a text for each message that has none."""
    return {m.id: Entry(m.original) for m in messages if m.translation is None}


def entries_to_accept(
    messages: Iterable[Message], names: Iterable[str]
) -> tuple[dict[str, Entry], list[str]]:
    """Make entries that give outdated translations that still hold the new original.

    Args:
        messages: All texts of a language.
        names: Ids of messages, or of texts alone where only one file has them.

    Returns:
        The entries, and the names that are not those of exactly one outdated message.
    """
    entries, unknown = {}, []
    outdated = [message for message in messages if message.state == "outdated"]
    for name in names:
        matching = [message for message in outdated if name in (message.id, message.key)]
        if len(matching) == 1:
            entries[matching[0].id] = Entry(matching[0].original, matching[0].text)
        else:
            unknown.append(name)
    return entries, unknown
