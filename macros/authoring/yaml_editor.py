"""Adding to data files without touching what is there: text of a file in, text of the file out.

ruamel.yaml finds the places and writes the new entry. The entry is put in as lines of its own: a round trip of the
whole file would put it below the comment that belongs to the next list. What comes out is read again, so that nothing
but the new entry can have changed.
"""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
from collections.abc import Container, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML, ScalarNode
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)

from macros.corpus import source
from macros.corpus.source import Path

WIDTH = 110
"""Where texts are folded."""

LONGEST_ID = 40
WORDS_OF_ID = 5


class AuthoringError(ValueError):
    """The entry cannot be put into the file without changing something else; the text says where."""


def add_entry(text: str, path: Path, entry: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """A file with one more entry at the end of a list.

    In: the text of a file that reads without a problem; the way to the list (`("updates",)`, or
    `("events", 2, "reports")`); the entry; the keys of the file in their usual order, for a list that is not there yet.
    Out: the text, every other line as it was. Raises `AuthoringError` where that cannot be done.
    """
    end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    lines = text.split("\n")
    if lines[-1].strip("\r"):  # no line break at the end of the file
        lines.append("")
        lines[-2] += end[:-1]
    changed = _with_entry(lines, path, entry, order, end[:-1])
    _verify(text, changed, path, entry)
    return changed


def new_file(comment: str, record: Mapping[str, Any]) -> str:
    """The text of a new file: a comment of one line, and the keys of a record."""
    return f"# {' '.join(comment.split())}\n{_written(record, 0)}"


def readable_id(words: str, taken: Container[str], otherwise: str) -> str:
    """An id from the first words of a text, unlike those that are taken.

    Short words say little and are left out, unless they are names. `otherwise` is for texts without Latin letters.
    """
    latin = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    found = re.findall(r"[A-Za-z0-9]+", re.sub(r"['’]s?\b", "", latin))
    telling = [word for index, word in enumerate(found) if _tells(word, first=not index)]
    stem = ""
    for word in (telling or found)[:WORDS_OF_ID]:
        longer = f"{stem}-{word.lower()}".lstrip("-")
        if stem and len(longer) > LONGEST_ID:
            break
        stem = longer[:LONGEST_ID]
    stem = stem or otherwise
    number = 1
    while (found_id := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return found_id


def _tells(word: str, *, first: bool) -> bool:
    """Whether a word says something: long ones, numbers, abbreviations and names do."""
    is_name = len(word) > 1 and (word.isupper() or (word[0].isupper() and not first))
    return len(word) > 3 or word.isdecimal() or is_name


# --- the place ------------------------------------------------------------------------------------------


def _with_entry(
    lines: list[str], path: Path, entry: Mapping[str, Any], order: Sequence[str], end: str
) -> str:
    top = YAML().compose("\n".join(lines))
    parent = _reached(top, path[:-1])
    key = str(path[-1])
    if parent is not None and not isinstance(parent, MappingNode):
        raise AuthoringError(".".join(map(str, path)))
    pairs = {name.value: (name, value) for name, value in parent.value} if parent else {}
    if key not in pairs:
        place, column = _place_of_key(lines, pairs, key, order)
        return _inserted(lines, place, [" " * column + f"{key}:", *_item(entry, column + 2)], end)
    name, node = pairs[key]
    if not isinstance(node, SequenceNode):
        raise AuthoringError(".".join(map(str, path)))
    if not node.flow_style:
        dash, column = node.start_mark.column, name.start_mark.column
        place = _end_of_block(lines, node.end_mark.line, column)
        gap = (
            [""]
            if len(node.value) > 1 and _stands_apart(lines, node.value[-1].start_mark.line)
            else []
        )
        return _inserted(lines, place, gap + _item(entry, dash), end)
    line, column = node.end_mark.line, node.end_mark.column - 1  # at the closing bracket
    if node.value:
        last = node.value[-1].end_mark
        row = lines[last.line]
        lines[last.line] = f"{row[: last.column]}, {_flow(entry)}{row[last.column :]}"
        return "\n".join(lines)
    start = node.start_mark
    if start.line != line:
        raise AuthoringError(".".join(map(str, path)))
    lines[line] = lines[line][: start.column].rstrip() + lines[line][column + 1 :]
    return _inserted(lines, line + 1, _item(entry, name.start_mark.column + 2), end)


def _reached(node: Node | None, path: Path) -> Node | None:
    for part in path:
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, MappingNode) and (
            found := [v for k, v in node.value if k.value == part]
        ):
            node = found[0]
        else:
            raise AuthoringError(".".join(map(str, path)))
    return node


def _place_of_key(
    lines: list[str], pairs: Mapping[str, tuple[Node, Node]], key: str, order: Sequence[str]
) -> tuple[int, int]:
    """The line before which a new key goes, and its column: before the first key that usually follows it, else last."""
    if not pairs:
        return len(lines) - 1, 0
    column = next(iter(pairs.values()))[0].start_mark.column
    after = list(order)[list(order).index(key) + 1 :] if key in order else ()
    starts = {name: mark[0].start_mark.line for name, mark in pairs.items()}
    following = min((line for name, line in starts.items() if name in after), default=None)
    if following is None:
        return len(lines) - 1, column
    return (
        following if following == min(starts.values()) else _end_of_block(lines, following, column)
    ), column


def _end_of_block(lines: list[str], bound: int, column: int) -> int:
    """The line behind a block: empty lines and comments before `bound` that are no deeper than `column` follow it."""
    bound = min(bound, len(lines) - 1)
    while bound > 0:
        line = lines[bound - 1].rstrip("\r ")
        depth = len(line) - len(line.lstrip(" "))
        if line and not (line.lstrip(" ").startswith("#") and depth <= column):
            break
        bound -= 1
    return bound


def _stands_apart(lines: list[str], line: int) -> bool:
    """Whether an empty line comes before a line, or before the comment above it."""
    above = line - 1
    while above > 0 and lines[above].lstrip(" ").startswith("#"):
        above -= 1
    return not lines[above].strip("\r ")


def _inserted(lines: list[str], place: int, new: Sequence[str], end: str) -> str:
    return "\n".join([*lines[:place], *(line + end for line in new), *lines[place:]])


def _verify(before: str, after: str, path: Path, entry: Mapping[str, Any]) -> None:
    """Read both texts and make sure that they differ by the entry alone."""
    was, now = _value(before), _value(after)
    if now is None or not _same_but(was, now, path, _frozen(entry)):
        raise AuthoringError(".".join(map(str, path)))


def _same_but(was: Any, now: Any, path: Path, entry: Any) -> bool:
    if not path:
        return now == (*(was or ()), entry)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (
            len(was) == len(now)
            and was[:step] + was[step + 1 :] == now[:step] + now[step + 1 :]
            and _same_but(was[step], now[step], rest, entry)
        )
    was, now = dict(was or {}), dict(now)
    return _same_but(was.pop(step, None), now.pop(step, None), rest, entry) and was == now


def _value(text: str) -> Any:
    return source.read("", text.encode()).value


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _frozen(entry) for key, entry in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value


# --- the entry ------------------------------------------------------------------------------------------


class _Plain(str):
    """Text that is written without quotation marks; dates too, which this data reads as text."""


class _Representer(RoundTripRepresenter):
    def plain(self, text: _Plain) -> ScalarNode:
        tag = self.dumper.resolver.resolve(ScalarNode, str(text), (True, False))
        return self.represent_scalar(tag, str(text))


_Representer.add_representer(_Plain, _Representer.plain)


def _written(value: Any, column: int, *, flow: bool = False) -> str:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width = source.MAX_BYTES  # folded below, where it is known what may be
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_styled(value, column, flow), out)
    return out.getvalue()


def _item(entry: Mapping[str, Any], dash: int) -> list[str]:
    """The lines of an entry of a list whose hyphens stand in a column."""
    lines = _written([entry], dash).rstrip("\n").split("\n")
    return [(" " * dash + line[2:]).rstrip() for line in lines]


def _flow(entry: Mapping[str, Any]) -> str:
    """An entry on one line, for a list that is written with brackets."""
    return _written(entry, 0, flow=True).rstrip("\n")


def _styled(value: Any, column: int, flow: bool = False, depth: int = 0) -> Any:
    """A value in the style of the data files: small mappings inside an entry in flow style, long texts folded.

    `column` is where the keys of the mapping stand, `depth` how many mappings it lies in.
    """
    if isinstance(value, Mapping):
        flow = flow or (
            depth > 0
            and not any(isinstance(entry, (list, tuple, Mapping)) for entry in value.values())
        )
        found = CommentedMap()
        for key, entry in value.items():
            if isinstance(entry, str) and not flow:
                found[key] = _block_text(entry, column, len(key) + 2)
            else:
                found[key] = _styled(entry, column + 2, flow, depth + 1)
    elif isinstance(value, (list, tuple)):
        flow = flow or not any(isinstance(entry, Mapping) for entry in value)
        found = CommentedSeq(_styled(entry, column + 2, flow, depth) for entry in value)
    else:
        return _line_text(value, "[{}]") if isinstance(value, str) else value
    if flow:
        found.fa.set_flow_style()
    return found


def _block_text(text: str, column: int, before: int) -> str:
    if "\n" in text:
        return LiteralScalarString("\n".join(line.rstrip() for line in text.split("\n")))
    if column + before + len(text) > WIDTH and " " in text:
        folded = FoldedScalarString(text)
        lines = textwrap.wrap(
            text, WIDTH - column - 2, break_long_words=False, break_on_hyphens=False
        )
        ends = [
            sum(len(line) + 1 for line in lines[: count + 1]) - 1 for count in range(len(lines) - 1)
        ]
        folded.fold_pos = ends  # type: ignore[attr-defined]
        return folded
    return _line_text(text, "k: {}")


def _line_text(text: str, within: str) -> str:
    """Text in one line, in quotation marks where it would be read as something else without."""
    read = source.read("", within.format(text).encode())
    plain = not read.problems and read.value in ((text,), {"k": text})
    return _Plain(text) if plain else DoubleQuotedScalarString(text)
