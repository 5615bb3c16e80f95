"""YAML with positions: bytes in; plain values, the place of each, and all problems out.

Reads the core schema of YAML 1.2 (so dates stay text and only `true` and `false` are booleans) from
the event stream of the C parser. Anchors, aliases, tags and several documents in one file have no
use in this data and are refused, which also rules out alias bombs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NoReturn

import yaml

from macros.corpus.problems import Problem, Severity, shorten
from macros.model.fields import Path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?\Z")
_CONSTANTS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u200b\u2028-\u202e\u2060-\u206f\ufeff]"
    # marks that only scripts such as Arabic need, next to their letters
    "|(?<![\u0590-\u1fff])[\u200c-\u200f](?![\u0590-\u1fff])"
)
"""Control characters, and those that change how a text reads and cannot be seen."""
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_MISTYPED_KEYS = (
    ("full_width_colon", re.compile(r"[- ]*([A-Za-z_]+) *：")),
    ("no_break_space", re.compile(r"[- ]*(?:([A-Za-z_]+):)?\xa0")),
    ("space_after_colon", re.compile(r"[- ]*([A-Za-z_]+):[^\s/:]")),
)
"""What makes a key and its value one word for YAML, by the code of the problem."""
_AMBIGUOUS = {"yes", "no", "on", "off", "y", "n"}

Position = tuple[int, int]


@dataclass(slots=True)
class SourceFile:
    """One file as read: its value (`None` if it could not be read) and its problems."""

    name: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    raw: bytes = field(default=b"", repr=False)
    _root: yaml.Node | None = field(default=None, repr=False)

    def position(self, path: Path, *, key: bool = False) -> Position:
        """Line and column (from 1) of the value at a path or of its key, else of its parent."""
        place = self._node(path, key)
        return (place.start_mark.line + 1, place.start_mark.column + 1) if place else (1, 1)

    def _node(self, path: Path, key: bool = False) -> yaml.Node | None:
        # composed when first asked for, which is seldom
        if self._root is None and self.value is not None:
            self._root = yaml.compose(self.raw, _Loader)
        node = place = self._root
        for part in path:
            pair = _child(node, part)
            if pair is None:
                break
            node = pair[1]
            place = pair[0] if key else node
        return place

    def find_comment(self, path: Path) -> Iterator[Problem]:
        """Find the comment behind an unquoted text, which was perhaps meant as its end."""
        if b" #" not in self.raw:
            return
        node = self._node(path)
        if isinstance(node, yaml.ScalarNode) and not node.style:
            end = node.end_mark
            rest = self.raw.decode().split("\n")[end.line][end.column :].strip()
            if rest.startswith("#"):
                values = {"passage": shorten(rest)}
                yield Problem(self.name, end.line + 1, end.column + 1, "text_cut_off", values)

    def problem(
        self,
        path: Path,
        code: str,
        *,
        key: bool = False,
        severity: Severity = "error",
        **values: Any,
    ) -> Problem:
        """A problem at the value (or key) of a path."""
        return Problem(self.name, *self.position(path, key=key), code, values, severity)


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and the value of an entry of a mapping; of a sequence, the entry twice."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


class _RefusedError(Exception):
    """The file cannot be read any further; the reason is already among its problems."""


def read(name: str, raw: bytes) -> SourceFile:
    """Read one YAML file; never raises for any content.

    Args:
        name: The file's name as problems shall show it.
        raw: Its bytes.

    Returns:
        The file; sequences in its value are tuples, so that the value can be frozen.
    """
    text, problem = decode(name, raw)
    if problem:
        return SourceFile(name, problems=[problem])
    builder = _Builder(name)
    try:
        return SourceFile(name, builder.build(text), builder.problems, raw)
    except _RefusedError:
        pass
    except yaml.YAMLError as error:
        builder.problems.append(syntax_problem(name, text, error))
    return SourceFile(name, problems=builder.problems, raw=raw)


def syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    """Say why a text cannot be read as YAML: by a common mistake near that place, if there is one.

    Args:
        name: The name of the file.
        text: Its content.
        error: What the parser says.
    """
    if not isinstance(error, yaml.MarkedYAMLError):  # a character that YAML does not allow
        return Problem(name, 1, 1, "syntax", {"reason": getattr(error, "reason", str(error))})
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines() or [""]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "end of stream" in str(error.problem) and error.context_mark:  # a quotation mark is open
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
    elif line > len(lines):  # the parser stands behind the end of the file
        line, column = len(lines), len(lines[-1]) + 1
    if lines[line - 1].startswith("\t"):
        return Problem(name, line, column, "tab")
    for number in range(line, max(line - 4, 0), -1):  # the parser notices it lines later
        if mistake := find_mistyped_key(lines[number - 1]):
            code, key, place = mistake
            return Problem(name, number, place + 1, code, {"key_name": key})
    return Problem(name, line, column, "syntax", {"reason": error.problem or ""})


def find_mistyped_key(text: str) -> tuple[str, str, int] | None:
    """Find what keeps the beginning of a line from being a key.

    Returns:
        The code of the problem, the key and the place of the mistake.
    """
    for code, pattern in _MISTYPED_KEYS:
        if match := pattern.match(text):
            return code, match[1] or "key", match.end() - 1
    return None


def decode(name: str, raw: bytes, limit: int = MAX_BYTES) -> tuple[str, Problem | None]:
    """Decode a file; gives its text, or the problem that keeps it from being read."""

    def refused(code: str, at: int, **values: Any) -> tuple[str, Problem]:
        lines = re.split(rb"\r\n|\r|\n", raw[:at])
        column = len(lines[-1].decode("utf-8", "replace")) + 1
        return "", Problem(name, len(lines), column, code, values)

    if len(raw) > limit:
        return refused("too_large", 0, size=len(raw), limit=limit)
    if raw.startswith(b"\xef\xbb\xbf"):
        return refused("byte_order_mark", 0)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused("not_utf8", error.start)
    if control := INVISIBLE.search(text):
        at = len(text[: control.start()].encode())
        return refused("control_character", at, character=f"U+{ord(control[0]):04X}")
    if conflict := _CONFLICT.search(text):
        return refused("conflict_marker", len(text[: conflict.start()].encode()))
    return text, None


class _Builder:
    """Builds a value from parser events, and notes what is wrong on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def build(self, text: str) -> Any:
        self.next: Callable[[], Any] = _Loader(text).get_event
        value, documents = None, 0
        while type(event := self.next()) is not yaml.StreamEndEvent:
            if type(event) is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.refuse(event, "several_documents")
            elif not isinstance(event, yaml.StreamStartEvent | yaml.DocumentEndEvent):
                value = self.value(event, 0)
        return value

    def value(self, event: Any, depth: int) -> Any:
        """The value that begins with an event."""
        self.check(event)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if depth >= MAX_DEPTH:
            self.refuse(event, "too_deep", limit=MAX_DEPTH)
        if kind is yaml.MappingStartEvent:
            return self.mapping(depth)
        entries = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            entries.append(self.value(event, depth + 1))
        return tuple(entries)

    def mapping(self, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            self.check(event)
            if not isinstance(getattr(event, "value", None), str):
                self.refuse(event, "complex_key")
            key = intern(event.value)  # thousands of entries have the same names
            line = lines.setdefault(key, event.start_mark.line + 1)
            if key in entries:
                self.note(event, "duplicate_key", key=key, line=line)
            entries.setdefault(key, self.value(self.next(), depth + 1))
        return entries

    def check(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            self.refuse(event, "alias", name=event.anchor)
        if event.anchor is not None:
            self.note(event, "anchor", name=event.anchor)
        if event.tag is not None and event.tag != "!":
            self.note(event, "tag", name=event.tag)

    def note(self, event: Any, code: str, **values: Any) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, code, values))

    def refuse(self, event: Any, code: str, **values: Any) -> NoReturn:
        self.note(event, code, **values)
        raise _RefusedError

    def scalar(self, event: Any) -> Any:
        """The value of a scalar by the core schema."""
        text: str = event.value
        if not event.implicit[0] or event.style not in (None, ""):
            if control := INVISIBLE.search(text):  # written as an escape
                self.note(event, "control_character", character=f"U+{ord(control[0]):04X}")
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.match(text) and len(text) < 20:
            return int(text)
        if _THOUSANDS.match(text):
            whole, _, part = text.partition(".")
            values = {"value": text, "short": whole, "long": whole + part}
            self.note(event, "thousands", **values)
        if _FLOAT.match(text) and len(text) < 40:
            return float(text)
        if text.lower() in _AMBIGUOUS:
            self.note(event, "ambiguous_word", word=text)
        return text
