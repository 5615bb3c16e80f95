"""The corpus as it stood after a reporting period: without what became known later. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from macros.corpus.corpus import Corpus
from macros.model.fields import Record, Source
from macros.model.funding import Mechanism
from macros.model.resolution import Correction, Relation, Resolution
from macros.model.traversal import cited, with_records
from macros.queries.status import reported_in

R = TypeVar("R", bound=Record)


@lru_cache(maxsize=64)
def as_of(corpus: Corpus, period: str) -> Corpus:
    """Return the corpus as it stood after one reporting period, without what came later.

    What belongs to no period (operative paragraphs, mechanisms, relations) is left out if all its
    sources are later; resolutions, if they were neither adopted nor reported by then. Of documents
    that are only listed nothing says when they became known, so that only those cited are there.
    Corrections stay, whenever they were made.
    """
    ids = list(corpus.periods)
    periods = {key: corpus.periods[key] for key in ids[: ids.index(period) + 1]}
    last = periods[period].last.latest
    later = {entry.report for key, entry in corpus.periods.items() if key not in periods}
    later |= {
        key for key, entry in corpus.documents.items() if entry.date and entry.date.earliest > last
    }
    later -= {document for entry in periods.values() for document in entry.documents}
    resolutions = {
        slug: resolution
        for slug, resolution in corpus.resolutions.items()
        if not periods.keys().isdisjoint(reported_in(resolution, corpus))
        or _is_adopted(corpus, resolution, last)
    }
    snapshot = _Snapshot(periods, later, resolutions)
    return replace(
        corpus,
        periods=MappingProxyType(periods),
        statements=snapshot.cut(corpus.statements),
        resolutions=MappingProxyType(
            {slug: snapshot.cut(resolution) for slug, resolution in resolutions.items()}
        ),
    )


def _is_adopted(corpus: Corpus, resolution: Resolution, day: date) -> bool:
    """Whether a resolution is known to have been adopted by a day."""
    session = corpus.sessions.get(resolution.session or "")
    when = resolution.adoption.date or next(iter(session.meetings if session else ()), None)
    return when is not None and when.earliest <= day


@dataclass(frozen=True)
class _Snapshot:
    """What there is: ids of periods and resolutions, and the documents that came later."""

    periods: Collection[str]
    later: Collection[str | None]
    resolutions: Collection[str]

    def cut(self, record: R) -> R:
        """Return a record without what came later."""
        result = with_records(record, lambda entry, _: self._entry(entry))
        if isinstance(result, Resolution):
            return result.model_copy(update={"documents": ()})
        if isinstance(result, Mechanism):
            sources = {source.document for source in cited(result)}
            documents = tuple(key for key in result.documents if key in sources)
            return result.model_copy(update={"documents": documents})
        return result

    def _entry(self, entry: Record) -> Record | None:
        """Return an entry as it stood, or `None` if it came later."""
        if period := getattr(entry, "period", None):
            return entry if period in self.periods else None
        if isinstance(entry, Correction):
            return entry
        if isinstance(entry, Source):
            return None if entry.document in self.later else entry
        if isinstance(entry, Relation) and entry.resolution not in self.resolutions:
            return None
        result = self.cut(entry)
        lists: list[Any] = [
            getattr(result, name)
            for name in ("reports", "terms", "sources")
            if name in type(result).model_fields
        ]
        return result if all(lists) else None
