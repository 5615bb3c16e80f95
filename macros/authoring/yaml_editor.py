"""Add entries to YAML files and change translations in them; every other line stays as it is.

ruamel.yaml writes what is new, in the style of the data files, and changes an entry by a round trip
of its lines. A round trip of a whole file would move comments behind a list into it, and lay out
anew what people laid out by hand.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)

from macros.corpus.source import MAX_BYTES, SourceFile, read
from macros.errors import TrackerError
from macros.model.fields import Path

FOLD = 104
"""Longer texts are folded at this width, not counting their indentation."""

Fields = Mapping[str, object]
_Edit = tuple[int, int, str]  # lines from the first to before the second become the text


class EditError(TrackerError):
    """A file is laid out in a way in which the change would touch something else."""


def append_entry(text: str, path: Path, entry: Fields, order: Sequence[str] = ()) -> str:
    """Add an entry at the end of a list.

    Args:
        text: A file that reads without problems.
        path: The way to the list, such as `("updates",)` or `("events", 2, "reports")`.
        entry: The fields of the entry, in the order in which they are written.
        order: The usual order of the keys of the file, for a list that is not there yet.

    Raises:
        EditError: The entry cannot be added without touching something else.
    """
    source, lines = read("", text.encode()), text.splitlines(keepends=True)
    expected: Any = _mutable(source.value) or {}
    parent, key = expected, path[-1]
    try:
        for step in path[:-1]:
            parent = parent[step]
        is_new_key = key not in parent
        present = len(parent.setdefault(key, []))
        parent[key].append(_mutable(entry))
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise EditError(".".join(map(str, path))) from error
    if is_new_key:
        row = _row_of_new_key(source, lines, str(key), order)
        return _splice(text, [(row, row, f"{key}:\n{_dump([entry])}")], expected)
    row, column = _place(source, path)
    end = _end_of_block(lines, row, column)
    last = _place(source, (*path, present - 1))[0] if present else row
    if not lines[last].lstrip().startswith("- "):  # a list in brackets
        changed = _round_trip(lines[row:end], column, lambda block: _append(block, key, entry))
        return _splice(text, [(row, end, changed)], expected)
    above = _above_comments(lines, last)
    gap = "\n" if present > 1 and not lines[above - 1].strip() else ""
    indent = lines[last].partition("-")[0]
    item = gap + textwrap.indent(textwrap.dedent(_dump([entry])), indent)
    return _splice(text, [(end, end, item)], expected)


def set_entries(text: str, entries: Mapping[str, Fields], order: Sequence[str]) -> str:
    """Add or change records at the top of a file; fields that are `None` stay as they are.

    Args:
        text: A file that reads without problems, or nothing but comments.
        entries: The fields to set, by the key of their record.
        order: All keys in the order in which new ones are put.

    Raises:
        EditError: A record cannot be changed without touching something else.
    """
    source, lines = read("", text.encode()), text.splitlines(keepends=True)
    expected: dict[str, Any] = _mutable(source.value) or {}
    edits: list[_Edit] = []
    for key in (key for key in order if key in entries):
        fields = entries[key]
        if key not in expected:
            row = _row_of_new_key(source, lines, key, order)
            head = _dump({key: None})
            edits.append((row, row, head + textwrap.indent(_dump(fields), "  ")))
            expected[key] = dict(fields)
            continue
        wanted = {name: value for name, value in fields.items() if value is not None}
        if {**expected[key], **wanted} != expected[key]:
            row, column = _place(source, (key,))
            end = _end_of_block(lines, row, column)
            changed = _round_trip(lines[row:end], column, partial(_set, key=key, fields=wanted))
            edits.append((row, end, changed))
            expected[key].update(wanted)
    return _splice(text, edits, expected)


@dataclass(frozen=True)
class Replacement:
    """A key or value that takes the place of another, at a path.

    `before` is a key with its value that goes before it in the same mapping.
    """

    path: Path
    old: str
    new: str
    key: bool = False
    before: str = ""


def replace_words(source: SourceFile, replacements: Sequence[Replacement]) -> bytes:
    """Replace keys and values of one line; all else stays as it is, comments too.

    Raises:
        EditError: A word does not stand where it is looked for.
    """
    lines = source.raw.decode().splitlines(keepends=True)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    places = {source.position(wanted.path, key=wanted.key): wanted for wanted in replacements}
    for row, column in sorted(places, reverse=True):
        wanted, line = places[row, column], lines[row - 1]
        lead, rest = line[: column - 1], line[column - 1 :]
        if not rest.startswith(wanted.old):
            raise EditError(f"{source.name}:{row}")
        is_flow = bool(lead.strip(" -"))
        gap = (", " if is_flow else newline + " " * len(lead)) if wanted.before else ""
        new = wanted.new + rest.removeprefix(wanted.old)
        lines[row - 1] = f"{lead}{wanted.before}{gap}{new}"
    return "".join(lines).encode()


def new_file(comment: str, record: Fields) -> str:
    """Write the text of a new file: a comment of one line and the keys of a record."""
    return f"# {' '.join(comment.split())}\n{_dump(record)}"


# --- places -------------------------------------------------------------------------------------


def _place(source: SourceFile, path: Path) -> tuple[int, int]:
    """Find the row and column, from 0, of a key or an item."""
    row, column = source.position(path, key=True)
    return row - 1, column - 1


def _end_of_block(lines: Sequence[str], row: int, column: int) -> int:
    """Find the row behind the value of a key; comments that follow are not part of it."""
    end = row + 1
    for number, line in enumerate(lines[row + 1 :], row + 2):
        content = line.strip()
        depth = len(line) - len(line.lstrip(" "))
        if content and (depth > column or (depth == column and content.startswith("- "))):
            end = number
        elif content and not content.startswith("#"):
            break
    return end


def _row_of_new_key(
    source: SourceFile, lines: Sequence[str], key: str, order: Sequence[str]
) -> int:
    """Find where a new key goes: behind the nearest one before it in the order, else at the top."""
    present = source.value or {}
    if not present or key not in order:
        return len(lines)
    before = [name for name in order[: order.index(key)] if name in present]
    if before:
        return _end_of_block(lines, *_place(source, (before[-1],)))
    first = min(_place(source, (name,))[0] for name in present)
    above = _above_comments(lines, first)
    return above or first  # comments at the very top are about the file


def _above_comments(lines: Sequence[str], row: int) -> int:
    while row and lines[row - 1].lstrip().startswith("#"):
        row -= 1
    return row


def _splice(text: str, edits: Sequence[_Edit], expected: object) -> str:
    """Make the edits, and check that the file then holds what is expected."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if edits and lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    # from the end on; edits in one place keep their order
    for start, end, new in sorted(edits, key=lambda edit: edit[:2])[::-1]:
        lines[start:end] = [new.replace("\n", newline)]
    changed = "".join(lines)
    after = read("", changed.encode())
    if after.problems or (_mutable(after.value) or {}) != expected:
        raise EditError
    return changed


# --- values -------------------------------------------------------------------------------------


def _yaml() -> YAML:
    editor = YAML()
    editor.width = MAX_BYTES  # lines are broken only where `_styled_text` says so
    editor.preserve_quotes = True
    editor.indent(mapping=2, sequence=4, offset=2)
    return editor


def _dump(value: object) -> str:
    out = io.StringIO()
    _yaml().dump(_styled(value), out)
    return out.getvalue()


def _round_trip(lines: Sequence[str], column: int, change: Callable[[CommentedMap], None]) -> str:
    """Change one key and its value, given by their lines and the column of the key."""
    lead, block = lines[0][:column], " " * column + "".join(lines)[column:]
    out = io.StringIO()
    try:
        loaded = _yaml().load(textwrap.dedent(block.replace("\r\n", "\n")))
        change(loaded)
        _yaml().dump(loaded, out)
    except (YAMLError, AttributeError, KeyError) as error:
        raise EditError from error
    return lead + textwrap.indent(out.getvalue(), " " * column)[column:]


def _append(block: CommentedMap, key: str | int, entry: Fields) -> None:
    if block[key]:
        block[key].append(_styled(entry, flow=True))
    else:
        block[key] = _styled([entry])


def _set(block: CommentedMap, key: str, fields: Mapping[str, Any]) -> None:
    record = block[key]
    for name, value in fields.items():
        if record.get(name) != value:
            record[name] = _styled_text(value, flow=bool(record.fa.flow_style()))


def _styled(value: object, *, nested: bool = False, flow: bool = False) -> Any:
    """Give a value the style of the data files: small mappings in an entry are in braces."""
    styled: CommentedMap | CommentedSeq
    if isinstance(value, Mapping):
        inner = value.values()
        flow = flow or (nested and not any(isinstance(v, (Mapping, list, tuple)) for v in inner))
        styled = CommentedMap(
            (key, _styled(part, nested=True, flow=flow)) for key, part in value.items()
        )
    elif isinstance(value, (list, tuple)):
        flow = flow or not any(isinstance(part, Mapping) for part in value)
        styled = CommentedSeq(_styled(part, nested=nested, flow=flow) for part in value)
    else:
        return _styled_text(value, flow) if isinstance(value, str) else value
    if flow:
        styled.fa.set_flow_style()
    return styled


def _styled_text(text: str, flow: bool) -> str | date:
    """Choose plain text where every YAML reads it so, a block if long, else quotation marks."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        with suppress(ValueError):  # ruamel.yaml puts text that is a date in quotation marks
            return date.fromisoformat(text)
    if not flow and ("\n" in text or (len(text) > FOLD and " " in text)):
        block: str = LiteralScalarString(text) if "\n" in text else _folded(text)
        out = io.StringIO()
        _yaml().dump({"k": block}, out)
        if read("", out.getvalue().encode()).value == {"k": text}:
            return block
    resolver: Any = yaml.resolver.Resolver()  # by YAML 1.1, where `no` is no text
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    is_plain = tag.endswith(":str") and _reads_as(text, text, flow)
    return text if is_plain else DoubleQuotedScalarString(text)


def _reads_as(written: str, text: str, flow: bool) -> bool:
    result = read("", (f"[{written}]" if flow else f"k: {written}").encode())
    return not result.problems and result.value in ((text,), {"k": text})


def _folded(text: str) -> Any:
    rows = textwrap.wrap(text, FOLD, break_long_words=False, break_on_hyphens=False)
    folded: Any = FoldedScalarString(text)  # its type does not know where it is to be broken
    folded.fold_pos = [end - 1 for end in accumulate(len(row) + 1 for row in rows[:-1])]
    return folded


def _mutable(value: Any) -> Any:
    """Copy a value, with lists in the place of tuples."""
    if isinstance(value, Mapping):
        return {key: _mutable(part) for key, part in value.items()}
    return [_mutable(part) for part in value] if isinstance(value, (list, tuple)) else value
