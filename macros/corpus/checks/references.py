"""Checks of names: references to what does not exist, ids and references that stand twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from macros.corpus.checks.faults import Checks, Entries, Fault
from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile
from macros.model.fields import PARAGRAPH, Anchored, Path, Record, Ref, Source
from macros.model.reference import Document
from macros.model.resolution import Correction, OperativeParagraph, Relation, Resolution
from macros.model.traversal import has, inside, marked_fields, record_fields

RESERVED = re.compile(
    r"(op|period|partner|timeline|answer)-"
    r"|(page-title|paragraphs|progress|timeline|funding|contributions|resources|partners|documents|related)$"
)
"""Anchors that a resolution's page makes by itself."""

RESOLUTIONS = "data/resolutions/"

Known = Mapping[str, Collection[Any]]
"""What may be referred to, by kind."""


def find_unknown(
    source: SourceFile, kind: type[Record], value: Any, known: Known, path: Path = ()
) -> Iterator[Problem]:
    """Find references to what does not exist, also in mappings that do not fit."""
    if not isinstance(value, dict):
        return
    for name, mark in marked_fields(kind, Ref).items():
        for at, entry in list_entries(value, name, path) if mark.kind in known else ():
            word = entry if mark.kind == "goal" else str(entry)
            is_word = isinstance(entry, str | int) and not isinstance(entry, bool)
            if is_word and word not in known[mark.kind]:
                close = hint(str(word), map(str, known[mark.kind]))
                yield source.problem(at, f"unknown_{mark.kind}", value=str(word), **close)
    for name, inner in record_fields(kind).items():
        for at, entry in list_entries(value, name, path):
            yield from find_unknown(source, inner, entry, known, at)


def list_keys(value: Any, name: str, key: str) -> list[str]:
    """List what the entries of a list in a file are called, whether they fit or not."""
    entries = (
        [entry for _, entry in list_entries(value, name, ())] if isinstance(value, dict) else []
    )
    return [str(entry[key]) for entry in entries if isinstance(entry, dict) and key in entry]


def list_entries(value: Mapping[str, Any], name: str, path: Path) -> Iterator[tuple[Path, Any]]:
    """List the entries of a list in a mapping, or what stands in its place, with their paths."""
    content = value.get(name)
    if isinstance(content, tuple):
        yield from (((*path, name, index), entry) for index, entry in enumerate(content))
    elif content is not None:
        yield (*path, name), content


def find_same_names(
    corpus: Corpus, good: Mapping[str, Record], sources: Mapping[str, SourceFile]
) -> Iterator[Problem]:
    """Find labels, symbols and mechanisms that two resolutions have."""
    owners: dict[tuple[str, str], str] = {}
    for name, record in good.items():
        if not isinstance(record, Resolution):
            continue
        source, label = sources[name], corpus.label(PurePosixPath(name).stem)
        if (other := owners.setdefault(("label", label), name)) != name:
            yield source.problem(("number",), "same_label", label=label, other=other)
        symbol = record.symbol.value if record.symbol else f"no symbol: {name}"
        if (other := owners.setdefault(("symbol", symbol.casefold()), name)) != name:
            yield source.problem(("symbol", "value"), "same_symbol", value=symbol, other=other)
        for index, mechanism in enumerate(record.mechanisms):
            if (other := owners.setdefault(("mechanism", mechanism.id), name)) != name:
                at = ("mechanisms", index, "id")
                yield source.problem(at, "mechanism_twice", id=mechanism.id, other=other)


def find_duplicates(source: SourceFile, entries: Entries) -> Iterator[Problem]:
    """Find ids used twice, and ids that could be mistaken for those made by the site."""
    seen: dict[Any, Path] = {}
    in_resolution = source.name.startswith(RESOLUTIONS)
    whole_file = in_resolution or source.name.endswith("statements.yml")
    for path, record in entries:
        yield from _find_repeated(source, path, record)
        if isinstance(record, Document):
            value: Any = record.key
        elif path and isinstance(path[-1], int) and has(type(record), "id"):
            value = record.id  # type: ignore[attr-defined]
        else:
            continue
        scope = value if whole_file else (path[:-1], value)
        at = (*path, "id")  # or the record itself, where the id is made from something else
        if scope in seen:
            line = source.position(seen[scope])[0]
            yield source.problem(at, "id_used_twice", id=str(value), line=line)
        seen.setdefault(scope, at)
        if in_resolution and "id" in type(record).model_fields and RESERVED.match(str(value)):
            yield source.problem(at, "reserved_id", id=value)


def _find_repeated(source: SourceFile, path: Path, record: Record) -> Iterator[Problem]:
    """Find references, sources and relations that stand twice in one list of a record."""
    for name, values in record:
        if not isinstance(values, tuple) or len(values) < 2:
            continue
        seen: set[str] = set()
        for index, value in enumerate(values):
            match value:
                case str() | int():
                    words = str(value)
                case Source():
                    words = f"{value.document} {value.paragraph or ''}".strip()
                case Relation():
                    words = f"{value.kind} {value.resolution}"
                case _:
                    break
            if words in seen:
                yield source.problem((*path, name, index), "listed_twice", value=words)
            seen.add(words)


def _resolution(record: Resolution, corpus: Corpus) -> Iterator[Fault]:
    judged: set[tuple[str, str | None]] = set()
    for index, assessment in enumerate(record.assessments):
        if (case := (assessment.period, assessment.paragraph)) in judged:
            values = {"period": case[0], "paragraph": case[1] or "–"}
            yield ("assessments", index), "judged_twice", values
        judged.add(case)
    symbol, pattern = record.symbol, corpus.symbol_pattern(record)
    expected = record.fill(pattern) if pattern else None
    if symbol and symbol.basis == "inferred" and expected and expected != symbol.value:
        yield ("symbol", "value"), "symbol_pattern", {"value": symbol.value, "expected": expected}
    for index, relation in enumerate(record.relations):
        at, other = ("relations", index, "resolution"), corpus.resolutions.get(relation.resolution)
        if other is record:
            yield at, "related_to_itself", {"value": relation.resolution}
        elif other and _supersedes(relation, corpus):
            if _is_newer(other, record, corpus):
                yield at, "supersedes_newer", {"value": relation.resolution}
            elif record in _list_superseded(other, corpus):
                yield at, "supersedes_in_circle", {"value": relation.resolution}


def _supersedes(relation: Relation, corpus: Corpus) -> bool:
    kind = corpus.words["relation_kinds"].get(relation.kind)
    return bool(kind and kind.supersedes)


def _list_superseded(record: Resolution, corpus: Corpus) -> list[Resolution]:
    """List the resolutions that one supersedes, directly or through others."""
    superseded: list[Resolution] = []
    pending = [record]
    while pending:
        for relation in pending.pop().relations:
            other = corpus.resolutions.get(relation.resolution)
            if other and _supersedes(relation, corpus) and other not in superseded:
                superseded.append(other)
                pending.append(other)
    return superseded


def _is_newer(record: Resolution, other: Resolution, corpus: Corpus) -> bool:
    """Whether a resolution is known to be newer than another: by adoption, else by session."""
    if record.adoption.date and other.adoption.date:
        return record.adoption.date.earliest > other.adoption.date.latest
    sessions = list(corpus.sessions)
    if record.session in sessions and other.session in sessions:
        return sessions.index(record.session) > sessions.index(other.session)
    return False


def _source(record: Source, corpus: Corpus) -> Iterator[Fault]:
    document = corpus.documents.get(record.document)
    if document and document.paragraphs and record.paragraph is not None:
        bare = re.sub(r"\([^)]*\)", "", record.paragraph)  # without parts such as (3)
        match = re.match(r"\d+(?: *[-–,] *\d+)*", bare)
        numbers = [int(number) for number in re.findall(r"\d+", match[0] if match else "0")]
        if numbers != sorted(numbers) or numbers[0] < 1 or numbers[-1] > document.paragraphs:
            values = {"document": document.key, "last": document.paragraphs}
            yield ("paragraph",), "no_such_paragraph", {"value": record.paragraph, **values}


def _operative_paragraph(record: OperativeParagraph, corpus: Corpus) -> Iterator[Fault]:
    if not re.fullmatch(PARAGRAPH, record.number):
        yield ("number",), "paragraph_number", {"value": record.number}


def _correction(record: Correction, corpus: Corpus) -> Iterator[Fault]:
    resolution = corpus.resolutions.get(record.resolution or "")
    if record.entry and (resolution or not record.resolution):
        entries = inside(resolution) if resolution else ()
        anchors = {entry.anchor for entry in entries if isinstance(entry, Anchored)}
        if record.entry not in anchors:
            values = {"value": record.entry, **hint(record.entry, anchors)}
            yield ("entry",), "no_such_entry", values


CHECKS: Checks = {
    Resolution: _resolution,
    Source: _source,
    OperativeParagraph: _operative_paragraph,
    Correction: _correction,
}
