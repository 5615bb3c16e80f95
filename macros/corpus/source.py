"""YAML with positions: bytes in; plain values, the place of each, and all problems out.

Reads the core schema of YAML 1.2 (so dates stay text and only `true` and `false` are booleans) from the
event stream of the C parser, without recursion. Anchors, aliases, tags and several documents in one file
have no use in this data and are refused, which also rules out alias bombs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from sys import intern
from typing import Any

import yaml

from macros.corpus.problems import Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?\Z")
_CONSTANTS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff]")
_AMBIGUOUS = {"yes", "no", "on", "off", "y", "n"}

Path = tuple[str | int, ...]
Position = tuple[int, int]


@dataclass(slots=True)
class SourceFile:
    """One file as read: its value (`None` if it could not be read) and problems.

    The places of what is in it are found when the first of them is asked for, which is seldom and spares memory.
    """

    name: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    raw: bytes = field(default=b"", repr=False)
    _places: _Places | None = field(default=None, repr=False)

    @property
    def values_at(self) -> dict[Path, Position]:
        """Line and column (from 1) of each value, by its path."""
        return self._found.values

    @property
    def keys_at(self) -> dict[Path, Position]:
        """The same of each key, by the path of its value."""
        return self._found.keys

    @property
    def _found(self) -> _Places:
        if self._places is None:
            self._places = _Places()
            try:
                _Builder(SourceFile(self.name), self._places).build(self.raw.decode())
            except (
                _Refused,
                yaml.YAMLError,
            ):  # told when it was read; the places up to there are known
                pass
        return self._places

    def position(self, path: Path, *, key: bool = False) -> Position:
        """Line and column (from 1) of the value at a path, or of its key; else of its nearest parent."""
        places = (self.keys_at, self.values_at) if key else (self.values_at, self.keys_at)
        for length in range(len(path), -1, -1):
            for at in places:
                if found := at.get(path[:length]):
                    return found
        return (1, 1)

    def problem(
        self, path: Path, code: str, *, key: bool = False, severity: str = "error", **values: Any
    ) -> Problem:
        """A problem at the value (or key) of a path."""
        line, column = self.position(path, key=key)
        return Problem(self.name, line, column, code, values, severity)


@dataclass(slots=True)
class _Places:
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)


class _Refused(Exception):
    """The file cannot be read any further; the reason is already among its problems."""


def read(name: str, raw: bytes) -> SourceFile:
    """Read one YAML file.

    In: the file's name as problems shall show it, and its bytes. Out: a `SourceFile`; sequences are
    tuples, so that the value can be frozen. Never raises for any content.
    """
    result = SourceFile(name)
    text, problem = decode(name, raw)
    if problem:
        result.problems.append(problem)
        return result
    result.raw = raw
    try:
        _Builder(result).build(text)
    except _Refused:
        result.value = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        lines = raw.splitlines() or [b""]
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if line > len(lines):  # the parser stands behind the end of the file
            line, column = len(lines), len(lines[-1].decode("utf-8", "replace")) + 1
        code = "tab" if lines[line - 1].startswith(b"\t") else "syntax"
        result.problems.append(Problem(name, line, column, code, {"reason": error.problem or ""}))
        result.value = None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        result.problems.append(
            Problem(name, 1, 1, "syntax", {"reason": getattr(error, "reason", "") or str(error)})
        )
        result.value = None
    return result


def decode(name: str, raw: bytes, limit: int = MAX_BYTES) -> tuple[str, Problem | None]:
    """The text of a file, or the problem that keeps it from being read: its size, its encoding, control characters."""

    def refused(code: str, at: int, **values: Any) -> tuple[str, Problem]:
        lines = re.split(rb"\r\n|\r|\n", raw[:at])
        return "", Problem(
            name, len(lines), len(lines[-1].decode("utf-8", "replace")) + 1, code, values
        )

    if len(raw) > limit:
        return refused("too_large", 0, size=len(raw), limit=limit)
    if raw.startswith(b"\xef\xbb\xbf"):
        return refused("byte_order_mark", 0)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused("not_utf8", error.start)
    if found := _CONTROL.search(text):
        return refused(
            "control_character",
            len(text[: found.start()].encode()),
            character=f"U+{ord(found[0]):04X}",
        )
    return text, None


class _Builder:
    """Builds the value from parser events with a stack of open collections, and notes places if it is given where to."""

    def __init__(self, result: SourceFile, places: _Places | None = None) -> None:
        self.result = result
        self.places = places
        self.stack: list[tuple[Any, str | int | None]] = []
        """Open collections, each with its key or place in the one around it."""
        self.key: list[str | None] = []

    def build(self, text: str) -> None:
        next_event, documents, kind = _Loader(text).get_event, 0, None
        while kind is not yaml.StreamEndEvent:
            event = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.check(event)
                self.scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.check(event)
                self.open(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.refuse(event, "several_documents")
            elif kind is yaml.AliasEvent:
                self.refuse(event, "alias", name=event.anchor)

    def note(self, event: yaml.Event, code: str, **values: Any) -> None:
        mark = event.start_mark
        self.result.problems.append(
            Problem(self.result.name, mark.line + 1, mark.column + 1, code, values)
        )

    def refuse(self, event: yaml.Event, code: str, **values: Any) -> None:
        self.note(event, code, **values)
        raise _Refused

    def check(self, event: yaml.Event) -> None:
        if event.anchor is not None:
            self.note(event, "anchor", name=event.anchor)
        if event.tag is not None and event.tag != "!":
            self.note(event, "tag", name=event.tag)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if self.stack and isinstance(self.stack[-1][0], dict) and self.key[-1] is None:
            self.start_entry(event)
        else:
            self.put(event, self.resolve(event))

    def resolve(self, event: yaml.ScalarEvent) -> Any:
        text = event.value
        if not event.implicit[0] or event.style not in (None, ""):
            if found := _CONTROL.search(text):  # written as an escape
                self.note(event, "control_character", character=f"U+{ord(found[0]):04X}")
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.match(text) and len(text) < 20:
            return int(text)
        if _FLOAT.match(text) and len(text) < 40:
            return float(text)
        if text.lower() in _AMBIGUOUS:
            self.note(event, "ambiguous_word", word=text)
        return text

    def start_entry(self, event: yaml.ScalarEvent) -> None:
        key = intern(event.value)  # a name that thousands of entries have
        if self.places:
            self.places.keys.setdefault(self.path(key), _position(event))
        elif key in self.stack[-1][0]:
            line, _ = self.result.position(self.path(key), key=True)
            self.note(event, "duplicate_key", key=key, line=line)
        self.key[-1] = key

    def put(self, event: yaml.Event, value: Any) -> str | int | None:
        """Store a value in the open collection; returns its key or place there."""
        at: str | int | None = None
        if not self.stack:
            self.result.value = value
        else:
            container = self.stack[-1][0]
            if isinstance(container, dict):
                at = self.key[-1]
                container.setdefault(at, value)
                self.key[-1] = None
            else:
                at = len(container)
                container.append(value)
        if self.places:
            self.places.values.setdefault(self.path(at), _position(event))
        return at

    def path(self, at: str | int | None) -> Path:
        """The path of what has a key or a place in the open collection."""
        return (*(above for _, above in self.stack[1:]), at) if self.stack else ()  # type: ignore[arg-type]

    def open(self, event: yaml.CollectionStartEvent, value: Any) -> None:
        if self.stack and isinstance(self.stack[-1][0], dict) and self.key[-1] is None:
            self.refuse(event, "complex_key")
        if len(self.stack) >= MAX_DEPTH:
            self.refuse(event, "too_deep", limit=MAX_DEPTH)
        self.stack.append((value, self.put(event, value)))
        self.key.append(None)

    def close(self, event: yaml.CollectionEndEvent) -> None:
        value, at = self.stack.pop()
        self.key.pop()
        if not isinstance(value, list):
            return
        frozen = tuple(value)
        if self.stack:
            self.stack[-1][0][at] = frozen
        else:
            self.result.value = frozen


def _position(event: yaml.Event) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1
