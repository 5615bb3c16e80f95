"""Checks of texts for readers."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from macros.corpus.checks.faults import Entries
from macros.corpus.problems import Problem
from macros.corpus.source import INVISIBLE, SourceFile
from macros.model.fields import TextKind
from macros.model.restricted_markdown import faults
from macros.model.traversal import marked_fields


def check_texts(source: SourceFile, entries: Entries) -> Iterator[Problem]:
    """Find what no text may hold, and texts of which YAML leaves out the end as a comment."""
    for path, record in entries:
        for name, mark in marked_fields(type(record), TextKind).items():
            if not (text := getattr(record, name)):
                continue
            yield from source.find_comment((*path, name))
            if mark.rich:
                yield from check_rich_text(source, (*path, name), text)


def check_rich_text(
    source: SourceFile, path: tuple[str | int, ...], text: str
) -> Iterator[Problem]:
    """Find what restricted Markdown may not hold."""
    for code, passage in faults(text):
        yield source.problem(path, code, passage=passage)
    if invisible := INVISIBLE.search(unescape(text)):
        yield source.problem(path, "control_character", character=f"U+{ord(invisible[0]):04X}")
