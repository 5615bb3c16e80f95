"""A generic comparison of all records of two corpora, field by field. Pure.

A path says where a record is: its file below `data/`, then lists and ids, such as
`("resolutions/2-4", "events", "expert-meeting")`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from macros.corpus.corpus import LISTS, Corpus
from macros.model import PartialDate, Record, Ref, Source, TextKind
from macros.model.funding import Resource
from macros.model.resolution import Relation
from macros.model.traversal import marked_fields, record_fields

Path = tuple[str, ...]
K = TypeVar("K")
V = TypeVar("V")

JUDGED = {"status": "statuses", "constrained_by_funding": "constraints"}
"""The topics of what the newest assessments say, by field."""

TOPICS = (
    *("resolutions", *JUDGED.values(), "events", "contributions", "resources"),
    *("statements", "texts", "pages", "details"),
)
"""All topics, in the order of a report."""


@dataclass(frozen=True)
class Term:
    """A value that has words: a date, or the id of an entry; `kind` is that of `Ref`."""

    kind: str
    id: str


@dataclass(frozen=True)
class Money:
    """An amount with all that belongs to it."""

    amount: Decimal
    currency: str
    approximate: bool = False


@dataclass(frozen=True)
class Change:
    """One field of an entry that says something else, or (without a `field`) a whole entry.

    `topic` is the section of the report; `entry` the path within the file; `title` what helps to
    recognize the entry. `before` or `after` is `None` for what is not there.
    """

    topic: str
    file: str
    entry: str
    title: str
    field: str | None
    before: object
    after: object


def list_differing(
    old: Mapping[K, V], new: Mapping[K, V]
) -> Iterator[tuple[K, V | None, V | None]]:
    """List the keys of two mappings that have different values, with both."""
    pairs = ((key, old.get(key), new.get(key)) for key in {**new, **old})
    return (pair for pair in pairs if pair[1] != pair[2])


def compare_records(before: Corpus, after: Corpus) -> Iterator[Change]:
    """List all that differs besides texts: fields of entries, and whole entries.

    The newest report of an entry is compared as part of the entry itself.
    """
    old, new = list_records(before), list_records(after)
    for path in {**new, **old}:
        was, now = old.get(path), new.get(path)
        if all(_is_newest_report(path, records) for records in (old, new) if path in records):
            continue
        title = _title(new.get(path) or old[path])
        place = _topic(path), f"data/{path[0]}.yml", ".".join(path[1:]), title
        if was and now:
            for field, *values in list_differing(list_values(was), list_values(now)):
                yield Change(*place, field, *values)
        elif _is_outermost(path, old if now else new):
            yield Change(*place, None, was and list_values(was), now and list_values(now))


def compare_assessments(before: Corpus, after: Corpus) -> Iterator[Change]:
    """List the statuses and funding flags, of resolutions and paragraphs, that differ."""
    for place, was, now in list_differing(_list_judged(before), _list_judged(after)):
        yield Change(*place, was, now)


def _list_judged(corpus: Corpus) -> dict[tuple[str, str, str, str, str], object]:
    order = list(corpus.periods)
    judged: dict[tuple[str, str, str, str, str], object] = {}
    for slug, resolution in corpus.resolutions.items():
        file = f"data/resolutions/{slug}.yml"
        for entry in sorted(resolution.assessments, key=lambda entry: order.index(entry.period)):
            values = list_values(entry)
            for field, topic in JUDGED.items():
                judged[topic, file, entry.paragraph or "", "", field] = values[field]
    return judged


def list_records(corpus: Corpus) -> dict[Path, Record]:
    """List every record of a corpus by its path; sources count as values of the records."""
    entries: dict[Path, Record] = {}
    for path, record in corpus.top_records():
        _collect(record, path, entries)
    return entries


def _collect(record: Record, path: Path, entries: dict[Path, Record]) -> None:
    entries[path] = record
    for name in record_fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            _collect(value, (*path, name), entries)
        elif name != "sources":
            for number, entry in enumerate(value or (), 1):
                key = _key(entry, number)
                while (*path, name, key) in entries:
                    key += "'"
                _collect(entry, (*path, name, key), entries)


def _key(entry: Record, number: int) -> str:
    """Give what an entry of a list is recognized by from one version to the next."""
    if isinstance(entry, Relation):
        return f"{entry.kind}-{entry.resolution}"
    names = (getattr(entry, name, None) for name in ("key", "id", "period"))
    return str(next((name for name in names if name is not None), number))


def list_values(record: Record) -> dict[str, object]:
    """List what a record says by field: no texts, no inner records but its newest report."""
    fields = type(record).model_fields.keys()
    names = {*fields, "gap"} if isinstance(record, Resource) else {*fields}
    names -= {"held", *marked_fields(type(record), TextKind), *record_fields(type(record))}
    if "sources" in fields:
        names = names - {"currency", "approximate"} | {"sources"}  # those belong to the amounts
    values = {name: _convert(record, name, getattr(record, name)) for name in sorted(names)}
    reports = getattr(record, "reports", ())
    return values | (list_values(reports[-1]) if reports else {})


def _convert(record: Record, name: str, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_convert(record, name, part) for part in value)
    if isinstance(value, Decimal):
        is_approximate = getattr(record, "approximate", False)
        return Money(value, getattr(record, "currency", ""), is_approximate)
    if isinstance(value, Source):
        return ", ".join(filter(None, (value.document, value.paragraph)))
    if isinstance(value, PartialDate):
        return Term("date", str(value))
    reference = marked_fields(type(record), Ref).get(name)
    if value is not None and (reference or name == "outcome"):
        return Term(reference.kind if reference else "outcome", str(value))
    return value


def _title(record: Record) -> str:
    """Give the text that tells most of a record."""
    texts = (getattr(record, name) for name in marked_fields(type(record), TextKind))
    return max((str(text) for text in texts if text), key=len, default="")


def _topic(path: Path) -> str:
    if len(path) == 2 or not path[0].startswith(("resolutions/", "statements")):
        return "details"
    part = "resolutions" if len(path) == 1 else path[1]
    return part if part in TOPICS else "statements"


def _is_newest_report(path: Path, records: Mapping[Path, Record]) -> bool:
    if path[-2:-1] != ("reports",):
        return False
    newest: object = [*getattr(records[path[:-2]], "reports", ())][-1]
    return newest is records[path]


def _is_outermost(path: Path, others: Mapping[Path, Record]) -> bool:
    """Tell whether an entry that came or went does not lie in another one that did."""
    is_listed = len(path) == 2 and path[0] in (*LISTS, "retired")
    return len(path) == 1 or is_listed or path[:-1] in others or path[:-2] in others
