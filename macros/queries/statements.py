"""What resolutions hold: statements, citations, partners, places, corrections. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from macros.corpus.corpus import Corpus
from macros.model.events import Event
from macros.model.fields import Record
from macros.model.resolution import AnyStatement, Correction, Partner
from macros.model.traversal import cited, has, inside
from macros.queries.grouping import entries, group

NAMED = 12
"""Resolutions that declare a relation to one, or contributions through a mechanism, that its page
names; of more, how many."""


def statements(record: Record) -> Iterator[AnyStatement]:
    """Yield the statements inside a record: entries with an id and a source, not their reports."""
    for entry in inside(record):
        if has(type(entry), "anchor") and has(type(entry), "sources"):
            yield entry  # type: ignore[misc]


@lru_cache(maxsize=32)
def citations_by_resolution(corpus: Corpus) -> Mapping[str, Mapping[str, int]]:
    """Count how often each resolution cites each document; those that it only lists, never."""
    return {
        slug: {
            **dict.fromkeys(resolution.documents, 0),
            **Counter(source.document for source in cited(resolution)),
        }
        for slug, resolution in corpus.resolutions.items()
    }


@lru_cache(maxsize=32)
def citations(corpus: Corpus) -> Mapping[str, Mapping[str, int]]:
    """Count, for each document, the citations by each resolution that cites or lists it."""
    citations: dict[str, dict[str, int]] = {key: {} for key in corpus.documents}
    for slug, counts in citations_by_resolution(corpus).items():
        for key, count in counts.items():
            citations[key][slug] = count
    return citations


def partners(corpus: Corpus) -> dict[str, list[tuple[str, Partner]]]:
    """Group the partners of all resolutions by organization."""
    partners = entries(corpus, "partners")
    return group((partner.organization, (slug, partner)) for slug, partner in partners)


def places(corpus: Corpus) -> dict[str, list[tuple[str, Event]]]:
    """Group the events of all resolutions by place."""
    events = entries(corpus, "events")
    return group((event.place, (slug, event)) for slug, event in events if event.place)


def corrections(corpus: Corpus, slug: str | None = None) -> list[Correction]:
    """List the corrections of the whole site, or of one resolution, newest first."""
    own = [entry for entry in corpus.statements.corrections if slug in (None, entry.resolution)]
    own.reverse()
    return sorted(own, key=lambda entry: entry.date.sort_key, reverse=True)
