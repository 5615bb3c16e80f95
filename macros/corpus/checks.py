"""Checks across records and files: everything that one record alone cannot know to be wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Callable, Iterable, Iterator, Mapping

from pydantic import ValidationError

from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem, hint
from macros.corpus.source import Path, SourceFile
from macros.i18n.locale import is_language
from macros.model import restricted_markdown as richtext
from macros.model.fields import (
    PARAGRAPH,
    Record,
    Ref,
    Source,
    TextKind,
    has,
    marked_fields,
    record_in,
    records,
)
from macros.model.funding import Contribution
from macros.model.reference import Body, Document, Period
from macros.model.resolution import Correction, Event, OperativeParagraph, Partner, Resolution
from macros.model.retirements import Retirement

_WORDS = (
    "status", "theme", "goal", "event_kind", "contribution_kind", "contribution_state", "organization_kind",
    "document_kind", "relation_kind",
)  # fmt: skip
"""What the vocabulary lists."""

RESERVED = re.compile(
    r"(op|period|partner|timeline|answer)-"
    r"|(page-title|paragraphs|progress|timeline|funding|contributions|resources|partners|documents|related)$"
)
"""Anchors that a resolution's page makes by itself."""


def check(
    corpus: Corpus, files: Mapping[str, Record], sources: Mapping[str, SourceFile], failed: set[str]
) -> Iterator[Problem]:
    """All problems across the records of a corpus in its working language.

    In: the records that were read, by the name of their file; the files, for the positions; and the names of the
    files that could not be read: what they would hold is not complained of as missing.
    """
    known = _known(corpus, failed)
    labels: dict[str, str] = {}
    mechanisms: dict[str, str] = {}
    right: set[int] = (
        set()
    )  # sources without a fault: the same stand below thousands of statements (see `fields.spared`)
    for name, record in files.items():
        source, entries = sources[name], list(records(record))
        own = known
        if isinstance(record, Resolution):
            own = known | _within(record)
            yield from _resolution(source, record, corpus)
            label = corpus.label(PurePosixPath(name).stem)
            if (other := labels.setdefault(label, name)) != name:
                yield source.problem(("number",), "same_label", label=label, other=other)
            for index, mechanism in enumerate(record.mechanisms):
                if (other := mechanisms.setdefault(mechanism.id, name)) != name:
                    yield source.problem(
                        ("mechanisms", index, "id"), "mechanism_twice", id=mechanism.id, other=other
                    )
        for path, entry in entries:
            if id(entry) in right:
                continue
            problems = list(_record(source, path, entry, own, corpus))
            yield from problems
            if isinstance(entry, Source) and not problems:
                right.add(id(entry))
        yield from _unique(source, entries)


def check_misfit(
    source: SourceFile, kind: type[Record], corpus: Corpus, failed: set[str]
) -> Iterator[Problem]:
    """The problems in the parts of a file that fit, where the whole does not: all mistakes are told at once."""
    fitting = list(_fitting(source.value, kind, ()))
    known = _known(corpus, failed)
    own = known | {
        "paragraph": _listed(source.value, "operative_paragraphs", "number"),
        "event": _listed(source.value, "events", "id"),
    }
    if "mechanism" in known:
        own["mechanism"] = [*known["mechanism"], *_listed(source.value, "mechanisms", "id")]
    for path, entry in fitting:
        yield from _record(source, path, entry, own, corpus)
    yield from _unique(source, fitting)
    told = {problem.place for problem in source.problems}
    for problem in _references(source, (), source.value, kind, {path for path, _ in fitting}, own):
        if problem.place not in told:  # a word of the wrong kind is not also called unknown
            yield problem


def _listed(value: Any, name: str, key: str) -> list[str]:
    """What the entries of a list in a file are called, whether they fit or not."""
    entries = value.get(name) if isinstance(value, dict) else None
    named = entries if isinstance(entries, tuple) else ()
    return [str(entry[key]) for entry in named if isinstance(entry, dict) and key in entry]


def _fitting(value: Any, kind: type[Record], path: Path) -> Iterator[tuple[Path, Record]]:
    """The records in a value, as large as they fit, with all inside them."""
    if not isinstance(value, dict):
        return
    try:
        yield from records(kind.model_validate(value), path)
    except ValidationError:
        for at, inner, entry in _inside(value, kind, path):
            yield from _fitting(entry, inner, at)


def _inside(
    value: Mapping[str, Any], kind: type[Record], path: Path
) -> Iterator[tuple[Path, type[Record], Any]]:
    for name, held in value.items():
        if name in kind.model_fields and (inner := record_in(kind.model_fields[name].annotation)):
            for index, entry in enumerate(held) if isinstance(held, tuple) else [(None, held)]:
                yield (*path, name) if index is None else (*path, name, index), inner, entry


def _references(
    source: SourceFile,
    path: Path,
    value: Any,
    kind: type[Record],
    done: set[Path],
    known: Mapping[str, Any],
) -> Iterator[Problem]:
    """Unknown words in the mappings that do not fit themselves, though something else may be wrong with them."""
    if not isinstance(value, dict) or path in done:
        return
    for name, mark in marked_fields(kind, Ref).items():
        held = value.get(name)
        for index, word in enumerate(held) if isinstance(held, tuple) else [(None, held)]:
            if isinstance(word, (str, int)) and not isinstance(word, bool):
                at = (*path, name) if index is None else (*path, name, index)
                yield from _unknown(
                    source, at, mark, word if mark.kind == "goal" else str(word), known
                )
    for at, inner, entry in _inside(value, kind, path):
        yield from _references(source, at, entry, inner, done, known)


def _unknown(
    source: SourceFile, at: Path, mark: Ref, word: Any, known: Mapping[str, Any]
) -> Iterator[Problem]:
    if mark.kind in known and word not in known[mark.kind]:
        yield source.problem(
            at,
            f"unknown_{mark.kind}",
            value=str(word),
            **hint(str(word), map(str, known[mark.kind])),
        )


def _known(corpus: Corpus, failed: set[str]) -> dict[str, Iterable[Any]]:
    """What may be referred to, by kind; kinds whose file could not be read are left out."""
    known: dict[str, Iterable[Any]] = {}
    for kind in ("document", "organization", "period", "place", "session"):
        if f"data/{kind}s.yml" not in failed:
            known[kind] = getattr(corpus, f"{kind}s")
    if "data/vocabulary.yml" not in failed:
        plural = {"status": "statuses"}
        for kind in _WORDS:
            known[kind] = corpus.words[plural.get(kind, f"{kind}s")]
    if not any(name.startswith("data/resolutions/") for name in failed):
        known["resolution"] = corpus.resolutions
        known["mechanism"] = dict.fromkeys(corpus.mechanisms)
    return known


def _within(resolution: Resolution) -> dict[str, Iterable[Any]]:
    """What may be referred to within one resolution only."""
    return {
        "event": [event.id for event in resolution.events],
        "paragraph": [paragraph.number for paragraph in resolution.operative_paragraphs],
    }


def _resolution(source: SourceFile, resolution: Resolution, corpus: Corpus) -> Iterator[Problem]:
    judged: set[tuple[str, str | None]] = set()
    for index, assessment in enumerate(resolution.assessments):
        if (case := (assessment.period, assessment.paragraph)) in judged:
            yield source.problem(
                ("assessments", index), "judged_twice", period=case[0], paragraph=case[1] or "–"
            )
        judged.add(case)
    if (symbol := resolution.symbol) and symbol.basis == "inferred" and corpus.body.symbol_pattern:
        if (expected := resolution.fill(corpus.body.symbol_pattern)) and expected != symbol.value:
            yield source.problem(
                ("symbol", "value"), "symbol_pattern", value=symbol.value, expected=expected
            )


def _unique(source: SourceFile, entries: Iterable[tuple[Path, Record]]) -> Iterator[Problem]:
    """Ids used twice, and ids that could be mistaken for those made by the site."""
    seen: dict[Any, Path] = {}
    in_resolution = source.name.startswith("data/resolutions/")
    for path, record in entries:
        if isinstance(record, Document):
            value: Any = record.key
        elif path and isinstance(path[-1], int) and has(type(record), "id"):
            value = record.id
        else:
            continue
        scope = (
            value if in_resolution or source.name.endswith("statements.yml") else (path[:-1], value)
        )
        at = (*path, "id")  # or the record itself, where the id is made from something else
        if scope in seen:
            line = source.position(seen[scope])[0]
            yield source.problem(at, "id_used_twice", id=str(value), line=line)
        seen.setdefault(scope, at)
        if in_resolution and "id" in type(record).model_fields and RESERVED.match(str(value)):
            yield source.problem(at, "reserved_id", id=value)


def _record(
    source: SourceFile, path: Path, record: Record, known: Mapping[str, Any], corpus: Corpus
) -> Iterator[Problem]:
    for name, mark in marked_fields(type(record), Ref).items():
        value, words = getattr(record, name), known.get(mark.kind)
        if value is None or words is None:
            continue
        for index, word in enumerate(value if isinstance(value, tuple) else (value,)):
            if word not in words:
                at = (*path, name, index) if isinstance(value, tuple) else (*path, name)
                yield from _unknown(source, at, mark, word, known)
    for name, kind in marked_fields(type(record), TextKind).items():
        if kind.rich and (text := getattr(record, name)):
            for code, found in richtext.faults(text):
                yield source.problem((*path, name), code, passage=found)
    for extra in _extras(type(record)):
        yield from extra(source, path, record, corpus)


@cache
def _extras(kind: type[Record]) -> list[Callable[..., Iterator[Problem]]]:
    return [extra for base, extra in _EXTRA.items() if issubclass(kind, base)]


def _source(source: SourceFile, path: Path, record: Source, corpus: Corpus) -> Iterator[Problem]:
    document = corpus.documents.get(record.document)
    if not document or not document.paragraphs or record.paragraph is None:
        return
    number = re.match(r"\d+", record.paragraph)
    if not number or not 1 <= int(number[0]) <= document.paragraphs:
        yield source.problem(
            (*path, "paragraph"),
            "no_such_paragraph",
            value=record.paragraph,
            document=document.key,
            last=document.paragraphs,
        )


def _document(
    source: SourceFile, path: Path, record: Document, corpus: Corpus
) -> Iterator[Problem]:
    if bool(record.symbol) == bool(record.id):
        yield source.problem(path, "symbol_or_id")


def _contribution(
    source: SourceFile, path: Path, record: Contribution, corpus: Corpus
) -> Iterator[Problem]:
    for index, report in enumerate(record.reports):
        if report.amount is not None and report.currency is None:
            yield source.problem(
                (*path, "reports", index, "amount"),
                "amount_without_currency",
                currency=corpus.body.currency,
            )
    yield from _in_order(source, path, record, corpus)


def _in_order(
    source: SourceFile, path: Path, record: Event | Contribution | Partner, corpus: Corpus
) -> Iterator[Problem]:
    order = list(corpus.periods)
    places = [order.index(report.period) for report in record.reports if report.period in order]
    if places != sorted(set(places)):
        yield source.problem((*path, "reports"), "reports_out_of_order", id=record.id)


def _operative_paragraph(
    source: SourceFile, path: Path, record: OperativeParagraph, corpus: Corpus
) -> Iterator[Problem]:
    if not re.fullmatch(PARAGRAPH, record.number):
        yield source.problem((*path, "number"), "paragraph_number", value=record.number)


def _period(source: SourceFile, path: Path, record: Period, corpus: Corpus) -> Iterator[Problem]:
    if record.last.latest < record.first.earliest:
        yield source.problem(
            (*path, "last"), "period_backwards", first=str(record.first), last=str(record.last)
        )


def _correction(
    source: SourceFile, path: Path, record: Correction, corpus: Corpus
) -> Iterator[Problem]:
    if record.published and record.date.latest < record.published.earliest:
        yield source.problem(
            (*path, "published"),
            "correction_backwards",
            date=str(record.date),
            published=str(record.published),
        )


def _retirement(
    source: SourceFile, path: Path, record: Retirement, corpus: Corpus
) -> Iterator[Problem]:
    if (record.to is None) == (record.was is None):
        yield source.problem(path, "retirement_either", address=record.address)
    if record.leads_out:
        yield source.problem(path, "retirement_address", address=record.address)
    if any(entry.address == record.address for entry in corpus.retired.entries[: path[1]]):  # type: ignore[misc]
        yield source.problem((*path, "address"), "retirement_twice", address=record.address)


def _body(source: SourceFile, path: Path, record: Body, corpus: Corpus) -> Iterator[Problem]:
    for index, language in enumerate(record.languages):
        if language in record.languages[:index] or not is_language(language):
            yield source.problem(("languages", index), "language", value=language)
    patterns: dict[Path, str] = {("label_pattern",): record.label_pattern}
    if record.symbol_pattern:
        patterns[("symbol_pattern",)] = record.symbol_pattern
    patterns |= {
        ("alias_patterns", index): pattern for index, pattern in enumerate(record.alias_patterns)
    }
    addresses = {
        ("document_links", index, "address"): links.address
        for index, links in enumerate(record.document_links)
    }
    akn = {("akn_pattern",): record.akn_pattern} if record.akn_pattern else {}
    parts = ("session", "number", "symbol")
    for found, names in (
        (patterns, parts),
        (akn, (*parts, "date")),
        (addresses, ("symbol", "lang")),
    ):
        for at, pattern in found.items():
            for part in re.findall(r"\{([^}]*)\}?", pattern):
                if part not in names:
                    yield source.problem(
                        at, "placeholder", value=f"{{{part}}}", **hint(part, names)
                    )


_EXTRA: Mapping[type[Record], Callable[..., Iterator[Problem]]] = {
    Source: _source,
    Document: _document,
    Contribution: _contribution,
    Event: _in_order,
    Partner: _in_order,
    OperativeParagraph: _operative_paragraph,
    Period: _period,
    Correction: _correction,
    Body: _body,
    Retirement: _retirement,
}
