"""All checks of the files of an organ: of each record, of each file, and of one with others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from macros.corpus.checks import dates, funding, organ, references
from macros.corpus.checks.faults import Entries
from macros.corpus.checks.references import RESOLUTIONS, Known, list_entries, list_keys
from macros.corpus.checks.texts import check_texts
from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem, Severity
from macros.corpus.source import SourceFile
from macros.model.fields import Path, Record
from macros.model.resolution import Resolution
from macros.model.traversal import record_fields, records

_CHECKS = [
    (kind, find)
    for module in (references, dates, funding, organ)
    for kind, find in module.CHECKS.items()
]
_NOTICES = {"completed_before_adoption", "mobilized_over_required"}
"""Codes of what is unusual and may yet be right."""


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
    yield from references.find_same_names(corpus, good, sources)
    for name, record in good.items():
        yield from _file(sources[name], type(record), list(records(record)), known, corpus)
    for name, kind in failed.items():
        own = failed.keys() - {name} if name.startswith(RESOLUTIONS) else failed
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
    if not any(name.startswith(RESOLUTIONS) for name in failed):
        known |= {"resolution": corpus.resolutions, "mechanism": corpus.mechanisms}
    return known


def _file(
    source: SourceFile, kind: type[Record], entries: Entries, known: Known, corpus: Corpus
) -> Iterator[Problem]:
    """The problems of one file and of those records in it that fit."""
    within: dict[str, Collection[Any]] = {}
    if kind is Resolution:
        within = {
            "paragraph": list_keys(source.value, "operative_paragraphs", "number"),
            "event": list_keys(source.value, "events", "id"),
        }
        if "mechanism" in known:
            within["mechanism"] = {
                *known["mechanism"],
                *list_keys(source.value, "mechanisms", "id"),
            }
    wrong = {problem.place for problem in source.problems}
    for problem in references.find_unknown(source, kind, source.value, {**known, **within}):
        if problem.place not in wrong:  # a word of the wrong kind is not also called unknown
            yield problem
    yield from check_texts(source, entries)
    for path, record in entries:
        for base, find in _CHECKS:
            if isinstance(record, base):
                for at, code, values in find(record, corpus):
                    severity: Severity = "notice" if code in _NOTICES else "error"
                    yield source.problem((*path, *at), code, severity=severity, **values)
    yield from references.find_duplicates(source, entries)


def _fitting(value: Any, kind: type[Record], path: Path = ()) -> Iterator[tuple[Path, Record]]:
    """The records in a value, as large as they fit, with all inside them."""
    if not isinstance(value, dict):
        return
    try:
        yield from records(kind.model_validate(value), path)
    except ValidationError:
        for name, inner in record_fields(kind).items():
            for at, entry in list_entries(value, name, path):
                yield from _fitting(entry, inner, at)
