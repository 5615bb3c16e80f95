"""Checks across records and files: everything that one record alone cannot know to be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile
from macros.i18n.locale import is_language
from macros.model.fields import PARAGRAPH, Anchored, Path, Record, Ref, Source, TextKind
from macros.model.funding import Contribution
from macros.model.reference import Body, Document, Period, Session
from macros.model.resolution import Correction, Event, OperativeParagraph, Partner, Resolution
from macros.model.restricted_markdown import faults
from macros.model.retirements import Retirements
from macros.model.traversal import has, inside, marked_fields, record_fields, records

RESERVED = re.compile(
    r"(op|period|partner|timeline|answer)-"
    r"|(page-title|paragraphs|progress|timeline|funding|contributions|resources|partners|documents|related)$"
)
"""Anchors that a resolution's page makes by itself."""

_RESOLUTIONS = "data/resolutions/"

Known = Mapping[str, Collection[Any]]
"""What may be referred to, by kind."""
Entries = list[tuple[Path, Record]]
"""Records of a file that fit, with their paths."""
Fault = tuple[Path, str, dict[str, Any]]
"""Something wrong with a record: where in it, the code of the problem and its values."""


def check(
    corpus: Corpus,
    good: Mapping[str, Record],
    sources: Mapping[str, SourceFile],
    failed: Mapping[str, type[Record]],
) -> Iterator[Problem]:
    """Find all problems across the records of a corpus in its working language.

    Args:
        corpus: The corpus.
        good: The records that fit, by the names of their files.
        sources: The files, for the positions.
        failed: What the files that do not fit should hold. The parts of them that fit are checked
            too, and nothing that they would hold is called missing.
    """
    known = _known(corpus, failed)
    yield from _same_names(corpus, good, sources)
    for name, record in good.items():
        yield from _file(sources[name], type(record), list(records(record)), known, corpus)
    for name, kind in failed.items():
        own = failed.keys() - {name} if name.startswith(_RESOLUTIONS) else failed
        fitting = list(_fitting(sources[name].value, kind))
        yield from _file(sources[name], kind, fitting, _known(corpus, own), corpus)


def _known(corpus: Corpus, failed: Collection[str]) -> dict[str, Collection[Any]]:
    """What may be referred to; kinds whose file could not be read are left out."""
    known: dict[str, Collection[Any]] = {
        kind: getattr(corpus, f"{kind}s")
        for kind in ("document", "organization", "period", "place", "session")
        if f"data/{kind}s.yml" not in failed
    }
    if "data/vocabulary.yml" not in failed:
        for name, words in corpus.words.items():
            known["status" if name == "statuses" else name.removesuffix("s")] = words
    if not any(name.startswith(_RESOLUTIONS) for name in failed):
        known |= {"resolution": corpus.resolutions, "mechanism": corpus.mechanisms}
    return known


def _same_names(
    corpus: Corpus, good: Mapping[str, Record], sources: Mapping[str, SourceFile]
) -> Iterator[Problem]:
    """Labels and mechanisms that two resolutions have."""
    labels: dict[str, str] = {}
    mechanisms: dict[str, str] = {}
    for name, record in good.items():
        if not isinstance(record, Resolution):
            continue
        source, label = sources[name], corpus.label(PurePosixPath(name).stem)
        if (other := labels.setdefault(label, name)) != name:
            yield source.problem(("number",), "same_label", label=label, other=other)
        for index, mechanism in enumerate(record.mechanisms):
            if (other := mechanisms.setdefault(mechanism.id, name)) != name:
                at = ("mechanisms", index, "id")
                yield source.problem(at, "mechanism_twice", id=mechanism.id, other=other)


def _file(
    source: SourceFile, kind: type[Record], entries: Entries, known: Known, corpus: Corpus
) -> Iterator[Problem]:
    """The problems of one file and of those records in it that fit."""
    within: dict[str, Collection[Any]] = {}
    if kind is Resolution:
        within = {
            "paragraph": _listed(source.value, "operative_paragraphs", "number"),
            "event": _listed(source.value, "events", "id"),
        }
        if "mechanism" in known:
            within["mechanism"] = {*known["mechanism"], *_listed(source.value, "mechanisms", "id")}
    wrong = {problem.place for problem in source.problems}
    for problem in _references(source, kind, source.value, {**known, **within}):
        if problem.place not in wrong:  # a word of the wrong kind is not also called unknown
            yield problem
    for path, record in entries:
        for name, text in marked_fields(type(record), TextKind).items():
            for code, passage in faults(getattr(record, name) or "") if text.rich else ():
                yield source.problem((*path, name), code, passage=passage)
        for base, find in _CHECKS.items():
            if isinstance(record, base):
                for at, code, values in find(record, corpus):
                    yield source.problem((*path, *at), code, **values)
    yield from _unique(source, entries)


def _listed(value: Any, name: str, key: str) -> list[str]:
    """What the entries of a list in a file are called, whether they fit or not."""
    entries = [entry for _, entry in _entries(value, name, ())] if isinstance(value, dict) else []
    return [str(entry[key]) for entry in entries if isinstance(entry, dict) and key in entry]


def _entries(value: Mapping[str, Any], name: str, path: Path) -> Iterator[tuple[Path, Any]]:
    """The entries of a list in a mapping, or what stands there in its place, each with its path."""
    content = value.get(name)
    if isinstance(content, tuple):
        yield from (((*path, name, index), entry) for index, entry in enumerate(content))
    elif content is not None:
        yield (*path, name), content


def _fitting(value: Any, kind: type[Record], path: Path = ()) -> Iterator[tuple[Path, Record]]:
    """The records in a value, as large as they fit, with all inside them."""
    if not isinstance(value, dict):
        return
    try:
        yield from records(kind.model_validate(value), path)
    except ValidationError:
        for name, inner in record_fields(kind).items():
            for at, entry in _entries(value, name, path):
                yield from _fitting(entry, inner, at)


def _references(
    source: SourceFile, kind: type[Record], value: Any, known: Known, path: Path = ()
) -> Iterator[Problem]:
    """References to what does not exist, also in mappings that do not fit."""
    if not isinstance(value, dict):
        return
    for name, mark in marked_fields(kind, Ref).items():
        for at, entry in _entries(value, name, path) if mark.kind in known else ():
            word = entry if mark.kind == "goal" else str(entry)
            is_word = isinstance(entry, str | int) and not isinstance(entry, bool)
            if is_word and word not in known[mark.kind]:
                close = hint(str(word), map(str, known[mark.kind]))
                yield source.problem(at, f"unknown_{mark.kind}", value=str(word), **close)
    for name, inner in record_fields(kind).items():
        for at, entry in _entries(value, name, path):
            yield from _references(source, inner, entry, known, at)


def _unique(source: SourceFile, entries: Entries) -> Iterator[Problem]:
    """Ids used twice, and ids that could be mistaken for those made by the site."""
    seen: dict[Any, Path] = {}
    in_resolution = source.name.startswith(_RESOLUTIONS)
    whole_file = in_resolution or source.name.endswith("statements.yml")
    for path, record in entries:
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


# --- checks of single records ---------------------------------------------------------


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


def _source(record: Source, corpus: Corpus) -> Iterator[Fault]:
    document = corpus.documents.get(record.document)
    if document and document.paragraphs and record.paragraph is not None:
        number = re.match(r"\d+", record.paragraph)
        if not number or not 1 <= int(number[0]) <= document.paragraphs:
            values = {"document": document.key, "last": document.paragraphs}
            yield ("paragraph",), "no_such_paragraph", {"value": record.paragraph, **values}


def _document(record: Document, corpus: Corpus) -> Iterator[Fault]:
    if bool(record.symbol) == bool(record.id):
        yield (), "symbol_or_id", {}


def _contribution(record: Contribution, corpus: Corpus) -> Iterator[Fault]:
    for index, report in enumerate(record.reports):
        if report.amount is not None and report.currency is None:
            at = ("reports", index, "amount")
            yield at, "amount_without_currency", {"currency": corpus.body.currency}


def _in_order(record: Event | Contribution | Partner, corpus: Corpus) -> Iterator[Fault]:
    order = list(corpus.periods)
    places = [order.index(report.period) for report in record.reports if report.period in order]
    if places != sorted(set(places)):
        yield ("reports",), "reports_out_of_order", {"id": record.id}


def _operative_paragraph(record: OperativeParagraph, corpus: Corpus) -> Iterator[Fault]:
    if not re.fullmatch(PARAGRAPH, record.number):
        yield ("number",), "paragraph_number", {"value": record.number}


def _period(record: Period, corpus: Corpus) -> Iterator[Fault]:
    if record.last.latest < record.first.earliest:
        values = {"first": str(record.first), "last": str(record.last)}
        yield ("last",), "period_backwards", values
    if bool(record.report) == bool(record.compiled_from):
        yield (), "report_or_documents", {}


def _correction(record: Correction, corpus: Corpus) -> Iterator[Fault]:
    if record.published and record.date.latest < record.published.earliest:
        values = {"date": str(record.date), "published": str(record.published)}
        yield ("published",), "correction_backwards", values
    resolution = corpus.resolutions.get(record.resolution or "")
    if record.entry and (resolution or not record.resolution):
        anchors = {
            entry.anchor
            for entry in (inside(resolution) if resolution else ())
            if isinstance(entry, Anchored)
        }
        if record.entry not in anchors:
            yield (
                ("entry",),
                "no_such_entry",
                {"value": record.entry, **hint(record.entry, anchors)},
            )


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


def _body(record: Body, corpus: Corpus) -> Iterator[Fault]:
    for index, language in enumerate(record.languages):
        if language in record.languages[:index] or not is_language(language):
            yield ("languages", index), "language", {"value": language}
    yield from _placeholders(_patterns(record))


def _session(record: Session, corpus: Corpus) -> Iterator[Fault]:
    parts = ("session", "number", "symbol")
    names = ("label_pattern", "symbol_pattern")
    yield from _placeholders(((name,), getattr(record, name), parts) for name in names)


def _placeholders(
    patterns: Iterable[tuple[Path, str | None, tuple[str, ...]]],
) -> Iterator[Fault]:
    for at, pattern, names in patterns:
        for part in re.findall(r"\{([^}]*)\}?", pattern or ""):
            if part not in names:
                yield at, "placeholder", {"value": f"{{{part}}}", **hint(part, names)}


def _patterns(body: Body) -> Iterator[tuple[Path, str | None, tuple[str, ...]]]:
    """The patterns of an organ, each with its path and the names that may stand in it."""
    parts = ("session", "number", "symbol")
    yield ("label_pattern",), body.label_pattern, parts
    yield ("symbol_pattern",), body.symbol_pattern, parts
    yield ("akn_pattern",), body.akn_pattern, (*parts, "date")
    for index, pattern in enumerate(body.alias_patterns):
        yield ("alias_patterns", index), pattern, parts
    for index, links in enumerate(body.document_links):
        yield ("document_links", index, "address"), links.address, ("symbol", "lang")


_CHECKS: Mapping[type[Record] | tuple[type[Record], ...], Callable[..., Iterator[Fault]]] = {
    Resolution: _resolution,
    Source: _source,
    Document: _document,
    Contribution: _contribution,
    (Contribution, Event, Partner): _in_order,
    OperativeParagraph: _operative_paragraph,
    Period: _period,
    Correction: _correction,
    Retirements: _retirements,
    Body: _body,
    Session: _session,
}
