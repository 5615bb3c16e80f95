"""Ways through records: the fields that carry a mark, the records and texts inside a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar, get_args

from macros.model.fields import Path, Record, Source, TextKind

M = TypeVar("M")
R = TypeVar("R", bound=Record)


@cache
def marked_fields(kind: type[Record], mark: type[M]) -> dict[str, M]:
    """The fields whose annotation carries a mark (`TextKind` or `Ref`), with the mark."""
    marks = {}
    for name, field in kind.model_fields.items():
        for part in (*field.metadata, *annotation_parts(field.annotation)):
            if isinstance(part, mark):
                marks[name] = part
    return marks


def annotation_parts(annotation: object) -> Iterator[object]:
    """An annotation and everything inside it."""
    yield annotation
    for part in get_args(annotation):
        yield from annotation_parts(part)


@cache
def record_fields(kind: type[Record]) -> dict[str, type[Record]]:
    """The fields that hold records, with the class of these."""
    return {
        name: part
        for name, field in kind.model_fields.items()
        for part in annotation_parts(field.annotation)
        if isinstance(part, type) and issubclass(part, Record)
    }


def records(record: Record, path: Path = ()) -> Iterator[tuple[Path, Record]]:
    """A record and all records inside it, each with its path (`("updates", 0, "sources", 1)`)."""
    yield path, record
    for name in record_fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            yield from records(value, (*path, name))
        for index, entry in enumerate(value if isinstance(value, tuple) else ()):
            yield from records(entry, (*path, name, index))


def with_records(
    record: R,
    change: Callable[[Record, str], Record | None],
    update: Mapping[str, object] = MappingProxyType({}),
) -> R:
    """A copy of a record with changed records directly inside it; itself if nothing changes.

    Args:
        record: The record.
        change: Given an entry and the name of its field, what takes its place; `None` removes it.
        update: Other values of further fields.
    """
    update = dict(update)
    for name in record_fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            new = change(value, name)
            if new is not value:
                update[name] = new
        elif value:
            entries = [change(entry, name) for entry in value]
            if any(new is not old for new, old in zip(entries, value, strict=True)):
                update[name] = tuple(entry for entry in entries if entry is not None)
    return record.model_copy(update=update) if update else record


def inside(record: Record) -> list[Record]:
    """A record and all records inside it, in the same order, without the sources."""
    return [entry for _, entry in records(record) if not isinstance(entry, Source)]


def cited(record: Record) -> Iterator[Source]:
    """All citations inside a record."""
    return (entry for _, entry in records(record) if isinstance(entry, Source))


def has(kind: type[Record], name: str) -> bool:
    """Whether records of a class have a field or a property of that name."""
    return name in kind.model_fields or hasattr(kind, name)


def text_prefix(record: Record, prefix: str = "") -> str:
    """What the ids of a record's texts begin with, given the prefix of the list it is in."""
    return prefix if record.text_key is None else f"{prefix}{record.text_key}."


def inner_prefix(record: Record, name: str, inner: Record, base: str) -> str:
    """What the ids of the texts of a record inside another begin with.

    Args:
        record: The outer record.
        name: Its field in which the inner record is.
        inner: The inner record.
        base: What the ids of the texts of the outer record begin with.
    """
    if inner.is_part or not isinstance(getattr(record, name), tuple):
        return base
    return f"{name}." if record.names_lists else ""


def texts(record: Record, prefix: str = "") -> Iterator[tuple[str, Record, str]]:
    """All texts of a record and of the records inside it.

    Yields:
        The id of the text, the record that holds it, and the name of its field. The id is `title`
        at the top of a file, `<entry's id>.<field>` below it.
    """
    base = text_prefix(record, prefix)
    for name in marked_fields(type(record), TextKind):
        if getattr(record, name) is not None:
            yield base + name, record, name
    for name in record_fields(type(record)):
        value = getattr(record, name)
        for entry in (value,) if isinstance(value, Record) else value or ():
            yield from texts(entry, inner_prefix(record, name, entry, base))
