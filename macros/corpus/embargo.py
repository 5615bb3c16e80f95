"""What is embargoed: drafts, and what is to be published from a day on.

An entry, a reporting period (with all that was reported in it) or a whole resolution can be held. A
published site is made from a corpus without them, and without the documents, organizations and
places that only they name; a preview of drafts shows them, each text marked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from macros.corpus.corpus import Corpus
from macros.corpus.translations import DRAFT_STATE, LocalText
from macros.model.dates import PartialDate
from macros.model.fields import DRAFT, Record, Ref, TextKind
from macros.model.resolution import Resolution
from macros.model.traversal import marked_fields, records, with_records

R = TypeVar("R", bound=Record)

_NAMED = {"document": "documents", "organization": "organizations", "place": "places"}
"""What cannot be held by itself: published if anything published, or nothing at all, refers to
it."""


def waits(held: PartialDate | str | None, today: date) -> bool:
    """Whether something held as a draft, or until a day, is not to be published yet."""
    if isinstance(held, PartialDate):
        return held.earliest > today
    return held == DRAFT


def published(corpus: Corpus, today: date) -> Corpus:
    """The corpus without what is held on a day, and without what nothing else refers to.

    It is the same corpus if nothing is held.
    """
    embargo = _Embargo(corpus, today)
    return embargo.published() if embargo.is_needed else corpus


def with_drafts(corpus: Corpus, today: date) -> Corpus:
    """The corpus with what is held on a day, the texts of which are marked as drafts."""
    embargo = _Embargo(corpus, today)
    return embargo.marked() if embargo.is_needed else corpus


class _Embargo:
    def __init__(self, corpus: Corpus, today: date) -> None:
        self.corpus, self.today = corpus, today
        self.periods = {key for key, entry in corpus.periods.items() if waits(entry.held, today)}
        self.resolutions = {
            slug for slug, entry in corpus.resolutions.items() if waits(entry.held, today)
        }

    @property
    def is_needed(self) -> bool:
        """Whether anything at all is held."""
        return any(map(self.holds, _all_records(self.corpus)))

    def holds(self, record: Record) -> bool:
        return (
            waits(getattr(record, "held", None), self.today)
            or getattr(record, "period", None) in self.periods
        )

    # --- without what is held ---

    def published(self) -> Corpus:
        cut = {
            slug: self.cut(resolution)
            for slug, resolution in self.corpus.resolutions.items()
            if slug not in self.resolutions
        }
        mechanisms = {way.id for resolution in cut.values() for way in resolution.mechanisms}
        existing: dict[str, Collection[str]] = {"resolution": cut.keys(), "mechanism": mechanisms}
        resolutions = {
            slug: _sever(resolution, existing | _inside(resolution))
            for slug, resolution in cut.items()
        }
        corpus = replace(
            self.corpus,
            periods=_without(self.corpus.periods, self.periods),
            statements=_sever(self.cut(self.corpus.statements), existing),
            resolutions=MappingProxyType(resolutions),
        )
        return self.without_unnamed(corpus)

    def cut(self, record: R) -> R:
        """A record without held entries, and those of which all reports or terms are held."""

        def change(entry: Record, name: str) -> Record | None:
            if self.holds(entry):
                return None
            entry = self.cut(entry)
            left = getattr(entry, "reports", True) and getattr(entry, "terms", True)
            return entry if left else None

        return with_records(record, change)

    def without_unnamed(self, corpus: Corpus) -> Corpus:
        """A corpus without what only held records refer to."""
        before = _names(self.corpus)
        while unnamed := {
            (name, key) for name, key in before - _names(corpus) if key in getattr(corpus, name)
        }:
            lists: dict[str, Any] = {
                name: _without(getattr(corpus, name), {key for of, key in unnamed if of == name})
                for name in {name for name, _ in unnamed}
            }
            corpus = replace(corpus, **lists)
        return corpus

    # --- with it, marked ---

    def marked(self) -> Corpus:
        return self.corpus.with_records(lambda _, record: self.mark(record))

    def mark(self, record: R, inside: bool = False, paragraphs: Collection[str] = ()) -> R:
        """A record with the texts of all that is held, or not published with it, marked.

        An entry one report of which is held is marked too.

        Args:
            record: The record.
            inside: Whether it is inside something held.
            paragraphs: The paragraphs of the resolution that are held.
        """
        if isinstance(record, Resolution):
            paragraphs = {
                entry.number for entry in record.operative_paragraphs if self.holds(entry)
            }
        gone = {"resolution": self.resolutions, "paragraph": paragraphs}
        terms = getattr(record, "terms", ())
        held = (
            inside
            or self.holds(record)
            or any(map(self.holds, getattr(record, "reports", ())))
            or (bool(terms) and all(map(self.holds, terms)))
            or _is_about(record, lambda kind, key: key in gone.get(kind, ()))
        )
        update: dict[str, Any] = {}
        for name in marked_fields(type(record), TextKind) if held else ():
            if (text := getattr(record, name)) is not None:
                language = getattr(text, "language", self.corpus.language)
                update[name] = LocalText(text, language, DRAFT_STATE)
        return with_records(record, lambda entry, _: self.mark(entry, held, paragraphs), update)


def _all_records(corpus: Corpus) -> Iterator[Record]:
    """All records of a corpus, with all inside them."""
    return (record for _, top in corpus.top_records() for _, record in records(top))


def _names(corpus: Corpus) -> set[tuple[str, str]]:
    """The documents, organizations and places that anything refers to, each with its list."""
    names: set[tuple[str, str]] = set()
    for record in _all_records(corpus):
        for name, mark in marked_fields(type(record), Ref).items():
            if mark.kind in _NAMED and (value := getattr(record, name)) is not None:
                keys = value if isinstance(value, tuple) else (value,)
                names.update((_NAMED[mark.kind], key) for key in keys)
    return names


def _without(entries: Mapping[str, R], gone: Collection[str]) -> Mapping[str, R]:
    return MappingProxyType({key: entry for key, entry in entries.items() if key not in gone})


def _sever(record: R, existing: Mapping[str, Collection[str]]) -> R:
    """A record without references to what is not there, and without entries about it alone."""

    def is_missing(kind: str, key: str) -> bool:
        return kind in existing and key not in existing[kind]

    update: dict[str, Any] = {}
    for name, mark in marked_fields(type(record), Ref).items():
        value = getattr(record, name)
        if isinstance(value, tuple):
            update[name] = tuple(key for key in value if not is_missing(mark.kind, key))
        elif value is not None and is_missing(mark.kind, value):
            update[name] = None
    return with_records(
        record,
        lambda entry, _: None if _is_about(entry, is_missing) else _sever(entry, existing),
        update,
    )


def _is_about(record: Record, matches: Callable[[str, str], bool]) -> bool:
    """Whether a record is all about a paragraph or a resolution that `matches(kind, key)`."""
    return any(
        mark.kind in ("paragraph", "resolution")
        and isinstance(key, str)
        and matches(mark.kind, key)
        for name, mark in marked_fields(type(record), Ref).items()
        for key in (getattr(record, name),)
    )


def _inside(resolution: Resolution) -> dict[str, Collection[str]]:
    """What the entries of a resolution may refer to within it."""
    return {
        "event": {event.id for event in resolution.events},
        "paragraph": {paragraph.number for paragraph in resolution.operative_paragraphs},
    }
