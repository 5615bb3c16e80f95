"""Every entry and every text of two corpora set side by side, whatever they are. Pure."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.diff.changed import Detail, StatementChange, TextChange
from macros.model.fields import Record, Source, TextKind, has, marked_fields
from macros.model.resolution import Relation

EXCERPT = 100
"""The number of characters of a text that is shown."""

LISTS = ("sessions", "periods", "documents", "organizations", "places")
"""The files that hold one list of entries."""

Path = tuple[str, ...]
"""Where a record is: its file below `data/`, then lists and ids: `("resolutions/2-4", "events", "launch")`."""


def details(before: Corpus, after: Corpus, told: Set[tuple[Path, str | None]]) -> list[Detail]:
    """All that differs besides texts, but for what is told otherwise: keys of entries, or (`None`) whole entries."""
    was, is_now = nodes(before), nodes(after)
    found = [*_whole(is_now, was, told, added=True), *_whole(was, is_now, told, added=False)]
    for path in was.keys() & is_now.keys():
        old, new = _leaves(was[path]), _leaves(is_now[path])
        for key in {**new, **old}:
            if old.get(key) != new.get(key) and (path, key) not in told:
                found.append(
                    Detail(_file(path), ".".join(path[1:]), key, old.get(key), new.get(key))
                )
    return sorted(found, key=lambda detail: (detail.file, detail.entry, detail.key or ""))


def nodes(corpus: Corpus) -> dict[Path, Record]:
    """Every record of a corpus, by where it is."""
    found: dict[Path, Record] = {}
    for stem in ("body", "vocabulary", "statements"):
        found.update(_inside(getattr(corpus, stem), (stem,)))
    for stem in LISTS:
        for key, entry in getattr(corpus, stem).items():
            found.update(_inside(entry, (stem, key)))
    for slug, resolution in corpus.resolutions.items():
        found.update(_inside(resolution, (f"resolutions/{slug}",)))
    return found


def _inside(record: Record, path: Path) -> Iterator[tuple[Path, Record]]:
    yield path, record
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            yield from _inside(value, (*path, name))
        elif (
            isinstance(value, tuple)
            and value
            and isinstance(value[0], Record)
            and not isinstance(value[0], Source)
        ):
            seen: dict[str, int] = {}
            for index, entry in enumerate(value):
                key = _key(entry, index)
                seen[key] = seen.get(key, 0) + 1
                yield from _inside(
                    entry, (*path, name, key if seen[key] == 1 else f"{key}-{seen[key]}")
                )


def _key(entry: Record, index: int) -> str:
    """By what an entry is known from one version to the next."""
    if isinstance(entry, Relation):
        return f"{entry.kind}-{entry.resolution}"
    names = (getattr(entry, name, None) for name in ("key", "id", "period"))
    return next((str(name) for name in names if name is not None), str(index + 1))


def _leaves(record: Record) -> dict[str, str]:
    """What a record itself says, apart from its texts and the records in it."""
    texts = marked_fields(type(record), TextKind)
    found = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        holds = (
            isinstance(value, Record)
            or isinstance(value, tuple)
            and value
            and isinstance(value[0], Record)
        )
        if name == "sources":
            found[name] = ", ".join(_citation(source) for source in value)
        elif name not in texts and not holds and value not in (None, ()):
            found[name] = _plain(value)
    return found


def _citation(source: Source) -> str:
    return source.document if source.paragraph is None else f"{source.document}, {source.paragraph}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(_plain, value)) if isinstance(value, tuple) else str(value)


def _is_statement(record: Record) -> bool:
    return has(type(record), "sources") and has(type(record), "anchor")


def _whole(
    records: Mapping[Path, Record],
    others: Mapping[Path, Record],
    told: Set[tuple[Path, str | None]],
    added: bool,
) -> Iterator[Detail]:
    """Entries that came or went as a whole, but for resolutions, statements and what lies in another such entry."""
    for path, record in records.items():
        listed = len(path) == 2 and path[0] in LISTS
        outermost = path not in others and (listed or path[:-1] in others or path[:-2] in others)
        if outermost and not _is_statement(record) and (path, None) not in told:
            name = excerpt(_first_text(record))
            yield Detail(
                _file(path),
                ".".join(path[1:]),
                None,
                None if added else name,
                name if added else None,
            )


def statements(corpus: Corpus, other: Corpus) -> Iterator[StatementChange]:
    """The statements of one corpus that another does not have."""
    known = nodes(other)
    for path, record in nodes(corpus).items():
        if path not in known and _is_statement(record):
            slug = (
                path[0].removeprefix("resolutions/") if path[0].startswith("resolutions/") else None
            )
            kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(record).__name__).lower()
            yield StatementChange(slug, kind, record.anchor, excerpt(_first_text(record)))  # type: ignore[attr-defined]


def _first_text(record: Record) -> str:
    """The text that tells most of a record: its longest."""
    found = (getattr(record, name) for name in marked_fields(type(record), TextKind))
    return max((str(text) for text in found if text), key=len, default="")


def texts(before: Corpus, after: Corpus, original: str) -> Iterator[TextChange]:
    """The texts that read otherwise in entries that both versions have.

    In: both versions in one language, and the working language.
    """
    was = nodes(before)
    folder = "" if after.language == original else f"translations/{after.language}/"
    for path, new in nodes(after).items():
        for name in marked_fields(type(new), TextKind) if path in was else ():
            old, text = getattr(was[path], name, None), getattr(new, name)
            states = getattr(old, "state", None), getattr(text, "state", None)
            if (old, states[0]) != (text, states[1]):
                key = ".".join((*path[1:], name))
                yield TextChange(
                    after.language,
                    f"data/{folder}{path[0]}.yml",
                    key,
                    *map(_text, (old, text)),
                    *states,
                )


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)


def untranslated(before: Corpus, after: Corpus) -> int:
    """How many texts of new entries are not there in the language of `after`."""
    known = nodes(before)
    new = (record for path, record in nodes(after).items() if path not in known)
    found = (
        getattr(record, name) for record in new for name in marked_fields(type(record), TextKind)
    )
    return sum(isinstance(text, LocalText) and text.state == "missing" for text in found)


def excerpt(text: str, most: int = EXCERPT) -> str:
    """The beginning of a text, in one line, cut between words where there are spaces."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + "…"


def excerpts(old: str, new: str, most: int = EXCERPT) -> tuple[str, str]:
    """The passages in which two texts differ, with a few words before them."""
    old, new = " ".join(old.split()), " ".join(new.split())
    same = len(os.path.commonprefix([old, new]))
    if same <= 30:
        start = 0
    else:
        space = old.find(" ", same - 30, same)
        start = space + 1 if space >= 0 else same - 10
    lead = "…" if start else ""
    return tuple(lead + excerpt(text[start:], most) for text in (old, new))  # type: ignore[return-value]


def _file(path: Path) -> str:
    return f"data/{path[0]}.yml"
