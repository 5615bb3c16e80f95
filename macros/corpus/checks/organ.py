"""Checks of the organ, its patterns, sessions, places and documents, and of retirements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.corpus.checks.faults import Checks, Fault
from macros.corpus.corpus import Corpus
from macros.corpus.problems import hint
from macros.i18n.locale import is_language
from macros.model.fields import Path
from macros.model.reference import Body, Document, Documents, Place, Session
from macros.model.retirements import Retirements

_PARTS = ("session", "number", "symbol")

Pattern = tuple[Path, str | None, tuple[str, ...]]
"""A pattern, with its path and the names that may stand in it."""


def _body(record: Body, corpus: Corpus) -> Iterator[Fault]:
    for index, language in enumerate(record.languages):
        if not is_language(language):
            yield ("languages", index), "language", {"value": language}
    yield from _placeholders(_patterns(record))


def _session(record: Session, corpus: Corpus) -> Iterator[Fault]:
    names = ("label_pattern", "symbol_pattern")
    yield from _placeholders(((name,), getattr(record, name), _PARTS) for name in names)


def _placeholders(patterns: Iterable[Pattern]) -> Iterator[Fault]:
    for at, pattern, names in patterns:
        for part in re.findall(r"\{([^}]*)\}?", pattern or ""):
            if part not in names:
                yield at, "placeholder", {"value": f"{{{part}}}", **hint(part, names)}


def _patterns(body: Body) -> Iterator[Pattern]:
    """List the patterns of an organ."""
    yield ("label_pattern",), body.label_pattern, _PARTS
    yield ("symbol_pattern",), body.symbol_pattern, _PARTS
    yield ("akn_pattern",), body.akn_pattern, (*_PARTS, "date")
    for index, pattern in enumerate(body.alias_patterns):
        yield ("alias_patterns", index), pattern, _PARTS
    for index, links in enumerate(body.document_links):
        yield ("document_links", index, "address"), links.address, ("symbol", "lang")


def _place(record: Place, corpus: Corpus) -> Iterator[Fault]:
    if record.country == record.id:
        yield ("country",), "own_country", {"id": record.id}


def _document(record: Document, corpus: Corpus) -> Iterator[Fault]:
    if bool(record.symbol) == bool(record.id):
        yield (), "symbol_or_id", {}


def _documents(record: Documents, corpus: Corpus) -> Iterator[Fault]:
    keys: dict[str, str] = {}
    for index, document in enumerate(record.documents):
        other = keys.setdefault(document.key.casefold(), document.key)
        if other != document.key:
            values = {"value": document.key, "other": other}
            yield ("documents", index, "symbol"), "same_symbol", values


def _retirements(record: Retirements, corpus: Corpus) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, entry in enumerate(record.retired):
        at, values = ("retired", index), {"address": entry.address}
        if (entry.to is None) == (entry.was is None):
            yield at, "retirement_either", values
        if entry.leads_out:
            yield at, "retirement_address", values
        if entry.address in seen:
            yield (*at, "address"), "retirement_twice", values
        seen.add(entry.address)


CHECKS: Checks = {
    Body: _body,
    Session: _session,
    Place: _place,
    Document: _document,
    Documents: _documents,
    Retirements: _retirements,
}
