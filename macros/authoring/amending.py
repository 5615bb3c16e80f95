"""Careful changes to translation files: entries are added or filled in, every other byte stays as it was.

A file is changed as text, at the places its YAML parser names; then it is read again, and if it does not hold
exactly what was meant, the change is refused.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from typing import Any, Iterable, Sequence

import yaml

from macros.corpus.source import read

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Resolver = yaml.resolver.Resolver

WIDTH = 110
"""Longer texts are folded, where they have spaces to be folded at."""


class CannotAmend(Exception):
    """A file is written in a form that cannot be changed without touching what is there; `file` is its name."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


@dataclass(frozen=True)
class Entry:
    """What the file shall hold for one text; a `text` of `None` is left for the translator to write."""

    key: str
    original: str
    text: str | None = None


@dataclass(frozen=True)
class _Change:
    """Characters `start` to `end` of a file become `new`."""

    start: int
    end: int
    new: str


def amended(name: str, raw: bytes, entries: Iterable[Entry], order: Sequence[str]) -> bytes:
    """A translation file with some entries added or changed.

    In: its name and bytes (already known to be readable; a file may be new, with nothing but comments in it), the
    entries, and the ids of all texts in the order of the original file, in which new entries are put. Out: its
    new bytes. Raises `CannotAmend`.
    """
    text = raw.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    top = yaml.compose(text, Loader=_Loader)
    nodes: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    if top is not None:
        if not isinstance(top, yaml.MappingNode) or top.flow_style:
            raise CannotAmend(name)
        nodes = {key.value: (key, value) for key, value in top.value}
        if any(key.start_mark.column for key, _ in nodes.values()):
            raise CannotAmend(name)
    before = read(name, raw).value or {}
    after = {key: dict(value) for key, value in before.items()}
    changes: list[_Change] = []
    added: dict[int, list[str]] = {}
    places = {key: place for place, key in enumerate(order)}
    for entry in sorted(entries, key=lambda entry: places[entry.key]):
        if entry.key in nodes:
            changes += _updated(text, nodes[entry.key][1], entry, before[entry.key], newline)
        else:
            added.setdefault(_place(text, nodes, entry.key, order), []).append(
                _written(entry, newline)
            )
        after.setdefault(entry.key, {}).update(original=entry.original, text=entry.text)
    for place, blocks in added.items():
        joint = newline if text[:place] and not text[:place].endswith("\n") else ""
        changes.append(_Change(place, place, joint + "".join(blocks)))
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    result = text.encode("utf-8")
    found = read(name, result)
    if found.problems or (found.value or {}) != after:
        raise CannotAmend(name)
    return result


def _written(entry: Entry, newline: str) -> str:
    """A new entry."""
    original = _scalar(entry.original, newline)
    text = "" if entry.text is None else f" {_scalar(entry.text, newline)}"
    return f"{_key(entry.key)}:{newline}  original: {original}{newline}  text:{text}{newline}"


def _updated(text: str, node: yaml.Node, entry: Entry, old: Any, newline: str) -> Iterable[_Change]:
    """The changes of an entry that is there; nothing where it says the same already."""
    fields = {key.value: value for key, value in node.value}
    for name, wanted in (("original", entry.original), ("text", entry.text)):
        if wanted is None or old.get(name) == wanted:
            continue
        if name in fields:
            yield _replaced(text, fields[name], wanted, newline, bool(node.flow_style))
        else:  # there is always an original to put it after
            end = _end(text, fields["original"])
            indent = " " * node.start_mark.column
            if node.flow_style:
                yield _Change(end, end, f", text: {json.dumps(wanted, ensure_ascii=False)}")
            else:
                end += len(
                    re.split(r"[\r\n]", text[end:], maxsplit=1)[0]
                )  # a comment behind the original stays there
                yield _Change(
                    end, end, f"{newline}{indent}text: {_scalar(wanted, newline, indent + '  ')}"
                )


def _replaced(text: str, node: yaml.Node, wanted: str, newline: str, in_flow: bool) -> _Change:
    """One value in the place of another. A comment behind it stays; a folded text stays folded."""
    start, end = node.start_mark.index, _end(text, node)
    indent = " " * (_indent(text, start) + 2)
    if in_flow:
        new = json.dumps(wanted, ensure_ascii=False)
    elif node.style in (">", "|"):
        header = text[start:end].partition("\n")[0]
        _, mark, comment = header.partition("#")
        new = _block(wanted, f" {mark}{comment.rstrip()}" if mark else "", indent, newline)
    else:
        behind = re.split(r"[\r\n]", text[end:], maxsplit=1)[0]
        if "\n" in wanted and behind.strip():  # a comment cannot stand behind a block
            new = json.dumps(wanted, ensure_ascii=False)
        else:
            new = _scalar(wanted, newline, indent, folded=False)
            end += 0 if behind.strip() else len(behind)
    return _Change(start, end, new if text[start - 1].isspace() else f" {new}")


def _end(text: str, node: yaml.Node) -> int:
    """Where the characters of a value end; the parser counts the empty lines behind a folded text with it."""
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip()) if node.style in (">", "|") else end


def _indent(text: str, place: int) -> int:
    """How far the line of a place is indented."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return len(line) - len(line.lstrip(" "))


def _place(
    text: str, nodes: dict[str, tuple[yaml.Node, yaml.Node]], key: str, order: Sequence[str]
) -> int:
    """Where a new entry belongs: behind the nearest text before it that the file has, else at its beginning."""
    earlier = order[: order.index(key)]
    present = list(nodes)
    previous = next((other for other in reversed(earlier) if other in nodes), None)
    following = present.index(previous) + 1 if previous is not None else 0
    if previous is None and nodes:
        first = nodes[present[0]][0].start_mark.index
        return first - len(_comments_before(text[:first]))
    at = nodes[present[following]][0].start_mark.index if following < len(present) else len(text)
    lines = text[:at].splitlines(keepends=True)
    while previous is not None and lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        at -= len(lines.pop())  # a comment above an entry stays with it
    return at


def _comments_before(head: str) -> str:
    """The comment that belongs to the first entry: what stands before it behind the first empty line."""
    empty = re.search(r"^\r?\n", head, re.MULTILINE)
    return head[empty.end() :] if empty else ""


# --- values as YAML ------------------------------------------------------------------------------------------


def _key(key: str) -> str:
    return (
        key
        if read("", f"{key}: x".encode()).value == {key: "x"}
        else json.dumps(key, ensure_ascii=False)
    )


def _scalar(text: str, newline: str, indent: str = "    ", folded: bool = True) -> str:
    """A text as the value of a key: plain where that says the same in every YAML, else quoted; a long one folded."""
    if "\n" in text or (folded and len(text) > WIDTH and " " in text):
        return _block(text, "", indent, newline)
    plain = read("", f"k: {text}".encode())
    tag = _Resolver().resolve(yaml.ScalarNode, text, (True, False))
    if plain.value == {"k": text} and not plain.problems and tag.endswith(":str"):
        return text
    return json.dumps(text, ensure_ascii=False)


def _block(text: str, comment: str, indent: str, newline: str) -> str:
    """A text as a folded block, a literal one where it has several lines; quoted where neither says the same."""
    if "\n" in text:
        style, lines = "|-", [indent + line if line else "" for line in text.split("\n")]
    else:
        style, lines = ">-", textwrap.wrap(
            text, WIDTH, initial_indent=indent, subsequent_indent=indent,
            break_long_words=False, break_on_hyphens=False, replace_whitespace=False, expand_tabs=False,
        )  # fmt: skip
    block = newline.join([style + comment, *lines])
    if read("", f"k:\n  k: {block}{newline}".encode()).value == {"k": {"k": text}}:
        return block
    return json.dumps(text, ensure_ascii=False)
