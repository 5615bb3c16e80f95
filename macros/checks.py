"""Checks across records and files: everything that one record alone cannot know to be wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Mapping

from macros import richtext
from macros.diagnostics import Problem, hint
from macros.model import (
    Contribution,
    Document,
    Event,
    OperativeParagraph,
    Period,
    Record,
    Ref,
    Resolution,
    Source,
    TextKind,
    marked_fields,
    records,
)
from macros.source import Path, SourceFile

if TYPE_CHECKING:
    from macros.corpus import Corpus

_RESERVED = re.compile(
    r"(op|period|partner|timeline|answer)-"
    r"|(page-title|paragraphs|progress|timeline|funding|contributions|resources|partners|documents|related)$"
)
"""Anchors that a resolution's page makes by itself."""


def check(corpus: Corpus, sources: Mapping[str, SourceFile]) -> Iterator[Problem]:
    """All problems across the records of a corpus in its working language.

    `sources` are the files the records came from, by name, for the positions.
    """
    known = _known(corpus)
    stems = {f"data/{stem}.yml": _holder(corpus, stem) for stem in
             ("body", "vocabulary", "statements", "sessions", "periods", "documents", "organizations", "places")}  # fmt: skip
    for name, entries in stems.items():
        if name in sources:
            for path, record in entries:
                yield from _record(sources[name], path, record, known, corpus)
            yield from _unique(sources[name], entries)
    labels: dict[str, str] = {}
    for slug, resolution in corpus.resolutions.items():
        source = sources[f"data/resolutions/{slug}.yml"]
        yield from _resolution(source, resolution, known, corpus)
        if (other := labels.setdefault(corpus.label(slug), slug)) != slug:
            yield source.problem(("number",), "same_label", label=corpus.label(slug), other=f"data/resolutions/{other}.yml")


def _holder(corpus: Corpus, stem: str) -> list[tuple[Path, Record]]:
    """The records of one file with their paths in it."""
    value = getattr(corpus, stem)
    if isinstance(value, Record):
        return list(records(value))
    return [found for index, entry in enumerate(value.values()) for found in records(entry, (stem, index))]


def _known(corpus: Corpus) -> dict[str, Iterable[Any]]:
    words = corpus.words
    return {
        "document": corpus.documents,
        "organization": corpus.organizations,
        "period": corpus.periods,
        "place": corpus.places,
        "resolution": corpus.resolutions,
        "session": corpus.sessions,
        "status": words["statuses"],
        "theme": words["themes"],
        "goal": words["goals"],
        "event_kind": words["event_kinds"],
        "contribution_kind": words["contribution_kinds"],
        "contribution_state": words["contribution_states"],
        "organization_kind": words["organization_kinds"],
        "document_kind": words["document_kinds"],
        "relation_kind": words["relation_kinds"],
        "mechanism": [mechanism.id for _, mechanism in corpus.mechanisms()],
        "event": (),
        "paragraph": (),
    }


def _resolution(source: SourceFile, resolution: Resolution, known: Mapping[str, Any], corpus: Corpus) -> Iterator[Problem]:
    own = {
        **known,
        "event": [event.id for event in resolution.events],
        "paragraph": [paragraph.number for paragraph in resolution.operative_paragraphs],
    }
    entries = list(records(resolution))
    for path, record in entries:
        yield from _record(source, path, record, own, corpus)
    yield from _unique(source, entries)
    judged: set[tuple[str, str | None]] = set()
    for index, assessment in enumerate(resolution.assessments):
        if (case := (assessment.period, assessment.paragraph)) in judged:
            yield source.problem(("assessments", index), "judged_twice", period=case[0], paragraph=case[1] or "–")
        judged.add(case)
    if (symbol := resolution.symbol) and symbol.basis == "inferred" and corpus.body.symbol_pattern:
        if (expected := resolution.fill(corpus.body.symbol_pattern)) and expected != symbol.value:
            yield source.problem(("symbol", "value"), "symbol_pattern", value=symbol.value, expected=expected)


def _unique(source: SourceFile, entries: Iterable[tuple[Path, Record]]) -> Iterator[Problem]:
    """Ids used twice, and ids that could be mistaken for those made by the site."""
    seen: dict[Any, Path] = {}
    in_resolution = source.name.startswith("data/resolutions/")
    for path, record in entries:
        if isinstance(record, Document):
            value: Any = record.key
        elif path and isinstance(path[-1], int) and hasattr(record, "id"):
            value = record.id
        else:
            continue
        scope = value if in_resolution or source.name.endswith("statements.yml") else (path[:-1], value)
        at = (*path, "id") if (*path, "id") in source.values_at else path
        if scope in seen:
            line = source.position(seen[scope])[0]
            yield source.problem(at, "id_used_twice", id=str(value), line=line)
        seen.setdefault(scope, at)
        if in_resolution and "id" in type(record).model_fields and _RESERVED.match(str(value)):
            yield source.problem(at, "reserved_id", id=value)


def _record(source: SourceFile, path: Path, record: Record, known: Mapping[str, Any], corpus: Corpus) -> Iterator[Problem]:
    for name, mark in marked_fields(type(record), Ref).items():
        value = getattr(record, name)
        for at, word in [((*path, name, i), v) for i, v in enumerate(value)] if isinstance(value, tuple) else [((*path, name), value)]:
            if word is not None and word not in known[mark.kind]:
                yield source.problem(at, f"unknown_{mark.kind}", value=str(word), **hint(str(word), map(str, known[mark.kind])))
    for name, kind in marked_fields(type(record), TextKind).items():
        if kind.rich and (text := getattr(record, name)):
            for code, found in richtext.faults(text):
                yield source.problem((*path, name), code, found=found)
    for kind, extra in _EXTRA.items():
        if isinstance(record, kind):
            yield from extra(source, path, record, corpus)


def _source(source: SourceFile, path: Path, record: Source, corpus: Corpus) -> Iterator[Problem]:
    document = corpus.documents.get(record.document)
    if not document or not document.paragraphs or record.paragraph is None:
        return
    number = re.match(r"\d+", record.paragraph)
    if not number or not 1 <= int(number[0]) <= document.paragraphs:
        yield source.problem(
            (*path, "paragraph"), "no_such_paragraph", value=record.paragraph, document=document.key, last=document.paragraphs
        )


def _document(source: SourceFile, path: Path, record: Document, corpus: Corpus) -> Iterator[Problem]:
    if bool(record.symbol) == bool(record.id):
        yield source.problem(path, "symbol_or_id")


def _contribution(source: SourceFile, path: Path, record: Contribution, corpus: Corpus) -> Iterator[Problem]:
    for index, report in enumerate(record.reports):
        if report.amount is not None and report.currency is None:
            yield source.problem((*path, "reports", index, "amount"), "amount_without_currency", currency=corpus.body.currency)
    yield from _in_order(source, path, record, corpus)


def _in_order(source: SourceFile, path: Path, record: Event | Contribution, corpus: Corpus) -> Iterator[Problem]:
    order = list(corpus.periods)
    places = [order.index(report.period) for report in record.reports if report.period in order]
    if places != sorted(set(places)):
        yield source.problem((*path, "reports"), "reports_out_of_order", id=record.id)


def _operative_paragraph(source: SourceFile, path: Path, record: OperativeParagraph, corpus: Corpus) -> Iterator[Problem]:
    if not re.fullmatch(r"\d+[a-z]*( (bis|ter|quater))?( \([a-z0-9]+\))*", record.number):
        yield source.problem((*path, "number"), "paragraph_number", value=record.number)


def _period(source: SourceFile, path: Path, record: Period, corpus: Corpus) -> Iterator[Problem]:
    if record.last.latest < record.first.earliest:
        yield source.problem((*path, "last"), "period_backwards", first=str(record.first), last=str(record.last))


_EXTRA: Mapping[type[Record], Callable[..., Iterator[Problem]]] = {
    Source: _source,
    Document: _document,
    Contribution: _contribution,
    Event: _in_order,
    OperativeParagraph: _operative_paragraph,
    Period: _period,
}
