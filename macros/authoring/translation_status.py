"""The translators' desk: which texts are missing or outdated in which language, and what changed in their originals.

A text is named by the stem of its file and its id in it: `resolutions/2-4:op-2.gist`.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Callable, Iterable, Iterator, Literal, Mapping, Sequence

from macros.authoring.amending import Entry, amended
from macros.corpus.loading import Loaded, natural
from macros.corpus.source import Position
from macros.model.fields import Record, TextKind, marked_fields, records, texts
from macros.model.reference import Translation

State = Literal["translated", "missing", "outdated"]
Kind = Literal["same", "removed", "added"]

_SIGNS = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters and kana: each is a word of its own here."""
_TOKENS = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+|\s+|.", re.DOTALL)
_MOST = 1_000_000
"""Longer pairs of texts (by the product of their numbers of words) are shown whole, the old beside the new."""


@dataclass(frozen=True)
class Passage:
    """One text for readers as a translator into one language sees it.

    `owner` and `field` say what holds it, `line` where it stands in the file of the originals; `place` is that of
    its entry in the file of translations, if there is one.
    """

    language: str
    stem: str
    key: str
    owner: Record
    field: str
    line: int
    translation: Translation | None = None
    place: Position | None = None

    @property
    def id(self) -> str:
        """Its name across all files."""
        return f"{self.stem}:{self.key}"

    @property
    def original(self) -> str:
        """The text in the working language as it is now."""
        return getattr(self.owner, self.field)

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
    def rich(self) -> bool:
        """Whether it is restricted Markdown."""
        return marked_fields(type(self.owner), TextKind)[self.field].rich

    @property
    def state(self) -> State:
        """How it stands with its translation."""
        if self.translation is None or self.translation.text is None:
            return "missing"
        return "translated" if self.translation.original == self.original else "outdated"


def languages(loaded: Loaded) -> tuple[str, ...]:
    """The languages that are translated into."""
    return tuple(loaded.corpora)[1:]


def passages(loaded: Loaded, language: str) -> list[Passage]:
    """All texts of an organ for the translators into one language: file by file, in the order of the originals."""
    found = []
    for stem in sorted(loaded.originals, key=natural):
        record, source = loaded.originals[stem], loaded.sources[f"data/{stem}.yml"]
        table = loaded.tables[language][stem]
        entries = loaded.sources.get(f"data/translations/{language}/{stem}.yml")
        paths = {id(owner): path for path, owner in records(record)}
        placed = [
            (source.position((*paths[id(owner)], field)), key, owner, field)
            for key, owner, field in texts(record)
        ]
        for (line, _), key, owner, field in sorted(placed, key=lambda text: text[0]):
            place = entries.position((key,), key=True) if entries and key in table else None
            found.append(Passage(language, stem, key, owner, field, line, table.get(key), place))
    return found


# --- what changed in an original ----------------------------------------------------------------------------


def word_changes(before: str, after: str) -> Iterator[tuple[Kind, str]]:
    """What was taken out of a text and what was put in, word by word; in languages without spaces, sign by sign."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) * len(new) > _MOST:
        yield "removed", before
        yield "added", after
        return
    removed = added = ""
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for index, (step, i1, i2, j1, j2) in enumerate(steps):
        same = "".join(old[i1:i2])
        between = (
            0 < index < len(steps) - 1 and same.isspace()
        )  # a space alone does not part two changes
        if step != "equal" or between:
            removed, added = removed + same, added + "".join(new[j1:j2])
            continue
        yield from _changed(removed, added)
        removed = added = ""
        yield "same", same
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[tuple[Kind, str]]:
    if removed:
        yield "removed", removed
    if added:
        yield "added", added


def _unpainted(kind: Kind, text: str) -> str:
    return text


Paint = Callable[[Kind, str], str]


def marked(changes: Iterable[tuple[Kind, str]], paint: Paint = _unpainted) -> str:
    """Changes in one line: `[-taken out-]{+put in+}`. `paint` may colour them; they are readable without."""
    forms = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(paint(kind, forms[kind].format(text)) for kind, text in changes)


# --- the list ------------------------------------------------------------------------------------------------


def missing_pages(names: Iterable[str], working: str, language: str) -> list[str]:
    """The hand-written pages of the working language that another lacks, as the names they would have."""
    names = set(names)
    prefix = f"docs/{working}/"
    wanted = [
        f"docs/{language}/{name.removeprefix(prefix)}"
        for name in names
        if name.startswith(prefix) and name.endswith(".md")
    ]
    return sorted(name for name in wanted if name not in names)


def report(
    language: str,
    found: Sequence[Passage],
    pages: Sequence[str],
    t: Callable[..., str],
    paint: Paint = _unpainted,
) -> Iterator[str]:
    """The lines of the list for one language.

    In: all its texts, the pages it lacks, the catalogue function.
    """
    missing, outdated = (
        [passage for passage in found if passage.state == state]
        for state in ("missing", "outdated")
    )
    if not (missing or outdated or pages):
        yield t("translations.complete", language=language, count=len(found))
        return
    yield t(
        "translations.head",
        language=language,
        missing=len(missing),
        outdated=len(outdated),
        count=len(found),
    )
    for passage in found:
        if passage.state == "translated":
            continue
        line = f"{passage.file}:{passage.place[0]}" if passage.place else passage.file
        yield ""
        yield f"{line}: {passage.key}: {t(f'translations.{passage.state}')}"
        if passage.state == "missing":
            yield from _indented(passage.original)
        else:
            yield from _indented(
                marked(word_changes(passage.translation.original, passage.original), paint)
            )
            yield from _indented(passage.text or "")
    if outdated:
        yield ""
        yield t(
            "translations.legend", removed=paint("removed", "[-…-]"), added=paint("added", "{+…+}")
        )
    if pages:
        yield ""
        yield t("translations.pages", language=language, count=len(pages))
        yield from (f"    {page}" for page in pages)


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}" for line in text.split("\n"))


# --- changes of files ----------------------------------------------------------------------------------------


def changed(
    found: Iterable[Passage], files: Mapping[str, bytes], entries: Mapping[str, Entry]
) -> dict[str, bytes]:
    """The files of translations that differ once some entries are in them.

    In: all texts of a language, the files as they are, the entries by the id of the passage. Out: the new bytes by
    name, of changed files only. Raises `CannotAmend`.
    """
    by_file: dict[str, list[Passage]] = {}
    for passage in found:
        by_file.setdefault(passage.file, []).append(passage)
    result = {}
    for name, group in by_file.items():
        wanted = [entries[passage.id] for passage in group if passage.id in entries]
        if wanted:
            raw = files.get(name, f"# {group[0].origin} → {group[0].language}\n".encode())
            new = amended(name, raw, wanted, [passage.key for passage in group])
            if new != files.get(name):
                result[name] = new
    return result


def to_fill_in(found: Iterable[Passage]) -> dict[str, Entry]:
    """An entry without a text for each passage that has none."""
    return {
        passage.id: Entry(passage.key, passage.original)
        for passage in found
        if passage.translation is None
    }


def to_accept(found: Iterable[Passage], names: Iterable[str]) -> tuple[dict[str, Entry], list[str]]:
    """For outdated passages whose translation still holds: an entry with the new original beside the same text.

    In: ids of passages, or of texts alone where only one file has them. Out: the entries, and the names that are
    not those of exactly one outdated passage.
    """
    entries, unknown = {}, []
    outdated = [passage for passage in found if passage.state == "outdated"]
    for name in names:
        matching = [passage for passage in outdated if name in (passage.id, passage.key)]
        if len(matching) == 1:
            entries[matching[0].id] = Entry(matching[0].key, matching[0].original, matching[0].text)
        else:
            unknown.append(name)
    return entries, unknown
