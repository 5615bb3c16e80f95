"""What is kept from publication: drafts, and what waits for a day.

An entry, a reporting period (with all that was reported in it) or a whole resolution can be held. A published
site is made from a corpus without them, and without the documents, organizations and places that only they name;
a preview of drafts shows them, each text marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from macros.corpus.corpus import Corpus
from macros.corpus.translations import DRAFT_STATE, LocalText
from macros.model.dates import PartialDate
from macros.model.fields import DRAFT, Record, Ref, TextKind, cited, has, inside, marked_fields
from macros.model.resolution import Resolution

R = TypeVar("R", bound=Record)


def waits(held: PartialDate | str | None, today: date) -> bool:
    """Whether something held as a draft, or until a day, is not to be published yet."""
    return held is not None and (held == DRAFT or held.earliest > today)  # type: ignore[union-attr]


def published(corpus: Corpus, today: date) -> Corpus:
    """The corpus without what is held on a day, and without what nothing else refers to; itself if nothing is held."""
    keeper = _Keeper(corpus, today)
    return keeper.without() if keeper.needed else corpus


def with_drafts(corpus: Corpus, today: date) -> Corpus:
    """The corpus with what is held on a day, the texts of which are marked as drafts."""
    keeper = _Keeper(corpus, today)
    return keeper.marked() if keeper.needed else corpus


_NAMED = {"document": "documents", "organization": "organizations", "place": "places"}
"""What cannot be held by itself: it is published if anything published refers to it, or nothing at all does."""


def _tops(corpus: Corpus) -> list[Record]:
    """The records of a corpus that are in no other."""
    tops: list[Record] = [corpus.statements]
    for name in ("sessions", "periods", "documents", "organizations", "places", "resolutions"):
        tops += getattr(corpus, name).values()
    return tops


def _named(corpus: Corpus) -> set[tuple[str, str]]:
    """The documents, organizations and places that anything refers to, by kind and key."""
    found = set()
    for record in (record for top in _tops(corpus) for record in (*inside(top), *cited(top))):
        for name, mark in marked_fields(type(record), Ref).items():
            if mark.kind in _NAMED and (value := getattr(record, name)) is not None:
                found.update(
                    (mark.kind, key) for key in (value if isinstance(value, tuple) else (value,))
                )
    return found


class _Keeper:
    def __init__(self, corpus: Corpus, today: date) -> None:
        self.corpus, self.today = corpus, today
        self.periods = {key for key, period in corpus.periods.items() if waits(period.held, today)}
        self.resolutions = {
            key for key, found in corpus.resolutions.items() if waits(found.held, today)
        }

    @property
    def needed(self) -> bool:
        """Whether anything at all is held."""
        return any(self.held(record) for top in _tops(self.corpus) for record in inside(top))

    def held(self, record: Record) -> bool:
        kind = type(record)
        return (has(kind, "held") and waits(record.held, self.today)) or (
            has(kind, "period") and record.period in self.periods
        )

    def without(self) -> Corpus:
        kept = {
            slug: r for slug, r in self.corpus.resolutions.items() if slug not in self.resolutions
        }
        cut = {slug: self.cut(resolution) for slug, resolution in kept.items()}
        mechanisms = {
            mechanism.id for resolution in cut.values() for mechanism in resolution.mechanisms
        }
        there = {"resolution": set(kept), "mechanism": mechanisms}
        return self.without_unnamed(replace(
            self.corpus,
            periods=self.left(self.corpus.periods, self.periods),
            statements=self.severed(self.cut(self.corpus.statements), there),
            resolutions=MappingProxyType({
                slug: self.severed(resolution, there | _inside(resolution)) for slug, resolution in cut.items()
            }),
        ))  # fmt: skip

    def without_unnamed(self, corpus: Corpus) -> Corpus:
        """A corpus without the documents, organizations and places that only what is held refers to."""
        before = _named(self.corpus)
        while True:
            now = _named(corpus)
            trimmed = {
                name: self.left(
                    entries,
                    {key for key in entries if (kind, key) in before and (kind, key) not in now},
                )
                for kind, name in _NAMED.items()
                for entries in (getattr(corpus, name),)
            }
            if all(len(entries) == len(getattr(corpus, name)) for name, entries in trimmed.items()):
                return corpus
            corpus = replace(corpus, **trimmed)

    def left(self, entries: Mapping[str, Any], gone: set[str]) -> Mapping[str, Any]:
        return MappingProxyType({key: entry for key, entry in entries.items() if key not in gone})

    def cut(self, record: R) -> R:
        """A record without the held entries inside it, and without entries all of whose reports or terms are held."""
        update: dict[str, Any] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Record):
                entries = tuple(self.cut(entry) for entry in value if not self.held(entry))
                update[name] = tuple(
                    entry
                    for entry in entries
                    if getattr(entry, "reports", True) and getattr(entry, "terms", True)
                )
        return record.changed(update)

    def severed(self, top: R, there: Mapping[str, set[str]]) -> R:
        """A record without references to what is not there, and without entries inside it that are about it alone."""

        def missing(kind: str, key: str) -> bool:
            return kind in there and key not in there[kind]

        def sever(record: R) -> R:
            update: dict[str, Any] = {}
            for name, mark in marked_fields(type(record), Ref).items():
                value = getattr(record, name)
                if isinstance(value, tuple):
                    update[name] = tuple(key for key in value if not missing(mark.kind, key))
                elif value is not None and missing(mark.kind, value):
                    update[name] = None
            for name in type(record).model_fields:
                value = getattr(record, name)
                if isinstance(value, tuple) and value and isinstance(value[0], Record):
                    update[name] = tuple(
                        sever(entry) for entry in value if not _is_about(entry, missing)
                    )
            return record.changed(update)

        return sever(top)

    def marked(self) -> Corpus:
        return replace(
            self.corpus,
            periods=MappingProxyType({key: self.mark(entry, False) for key, entry in self.corpus.periods.items()}),
            statements=self.mark(self.corpus.statements, False),
            resolutions=MappingProxyType({
                slug: self.mark(resolution, False) for slug, resolution in self.corpus.resolutions.items()
            }),
        )  # fmt: skip

    def mark(self, record: R, inside: bool, paragraphs: frozenset[str] = frozenset()) -> R:
        """A record with the texts of all that is held marked, and of all that is not published with it.

        An entry one report of which is held is marked too. `paragraphs` are those of the resolution that are held.
        """
        if isinstance(record, Resolution):
            paragraphs = frozenset(
                entry.number for entry in record.operative_paragraphs if self.held(entry)
            )
        gone = {"resolution": self.resolutions, "paragraph": paragraphs}
        terms = getattr(record, "terms", ())
        held = (
            inside
            or self.held(record)
            or any(map(self.held, getattr(record, "reports", ())))
            or bool(terms)
            and all(map(self.held, terms))
            or _is_about(record, lambda kind, key: key in gone.get(kind, ()))
        )
        update: dict[str, Any] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Record):
                update[name] = tuple(self.mark(entry, held, paragraphs) for entry in value)
        if held:
            for name in marked_fields(type(record), TextKind):
                if (text := getattr(record, name)) is not None:
                    update[name] = LocalText(
                        text, getattr(text, "language", self.corpus.language), DRAFT_STATE
                    )
        return record.changed(update)


def _is_about(record: Record, found: Callable[[str, str], bool]) -> bool:
    """Whether all that a record says is about a paragraph or a resolution that is `found(kind, key)`."""
    return any(
        mark.kind in ("paragraph", "resolution")
        and isinstance(value, str)
        and found(mark.kind, value)
        for name, mark in marked_fields(type(record), Ref).items()
        for value in (getattr(record, name),)
    )


def _inside(resolution: Resolution) -> dict[str, set[str]]:
    """What the entries of a resolution may refer to within it."""
    return {
        "event": {event.id for event in resolution.events},
        "paragraph": {paragraph.number for paragraph in resolution.operative_paragraphs},
    }
