"""What is kept from publication: drafts, and what waits for a day.

An entry, a reporting period (with all that was reported in it) or a whole resolution can be held. A published
site is made from a corpus without them; a preview of drafts shows them, each text marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from macros.corpus import Corpus
from macros.dates import PartialDate
from macros.fields import DRAFT, Record, Ref, TextKind, marked_fields
from macros.translations import LocalText

R = TypeVar("R", bound=Record)


def waits(held: PartialDate | str | None, today: date) -> bool:
    """Whether something held as a draft, or until a day, is not to be published yet."""
    return held is not None and (held == DRAFT or held.earliest > today)  # type: ignore[union-attr]


def published(corpus: Corpus, today: date) -> Corpus:
    """The corpus without what is held on a day, and without what refers to it alone."""
    return _Keeper(corpus, today).without()


def with_drafts(corpus: Corpus, today: date) -> Corpus:
    """The corpus with what is held on a day, the texts of which are marked as drafts."""
    return _Keeper(corpus, today).marked()


class _Keeper:
    def __init__(self, corpus: Corpus, today: date) -> None:
        self.corpus, self.today = corpus, today
        self.periods = {key for key, period in corpus.periods.items() if waits(period.held, today)}
        self.resolutions = {key for key, found in corpus.resolutions.items() if waits(found.held, today)}

    def held(self, record: Record) -> bool:
        return waits(getattr(record, "held", None), self.today) or getattr(record, "period", None) in self.periods

    def without(self) -> Corpus:
        kept = {slug: r for slug, r in self.corpus.resolutions.items() if slug not in self.resolutions}
        cut = {slug: self.cut(resolution) for slug, resolution in kept.items()}
        mechanisms = {mechanism.id for resolution in cut.values() for mechanism in resolution.mechanisms}
        gone: dict[str, set[str]] = {"resolution": self.resolutions, "period": self.periods}
        return replace(
            self.corpus,
            periods=self.left(self.corpus.periods, self.periods),
            statements=self.cut(self.corpus.statements),
            resolutions=MappingProxyType({
                slug: self.severed(resolution, gone, mechanisms) for slug, resolution in cut.items()
            }),
        )  # fmt: skip

    def left(self, entries: Mapping[str, Any], gone: set[str]) -> Mapping[str, Any]:
        return MappingProxyType({key: entry for key, entry in entries.items() if key not in gone})

    def cut(self, record: R) -> R:
        """A record without the held entries inside it, and without entries all of whose reports are held."""
        update: dict[str, Any] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Record):
                entries = tuple(self.cut(entry) for entry in value if not self.held(entry))
                update[name] = tuple(entry for entry in entries if getattr(entry, "reports", True))
        return record.model_copy(update=update) if update else record

    def severed(self, resolution: Any, gone: Mapping[str, set[str]], mechanisms: set[str]) -> Any:
        """A resolution without references to what is gone."""
        there = {
            "event": {event.id for event in resolution.events},
            "paragraph": {paragraph.number for paragraph in resolution.operative_paragraphs},
            "mechanism": mechanisms,
        }

        def missing(kind: str, key: str) -> bool:
            return key in gone[kind] if kind in gone else kind in there and key not in there[kind]

        def sever(record: R) -> R | None:
            update: dict[str, Any] = {}
            for name, mark in marked_fields(type(record), Ref).items():
                value = getattr(record, name)
                if isinstance(value, tuple):
                    update[name] = tuple(key for key in value if not missing(mark.kind, key))
                elif value is not None and missing(mark.kind, value):
                    if type(record).model_fields[name].is_required() or mark.kind == "paragraph":
                        return None  # nothing is left of what it says
                    update[name] = None
            for name in type(record).model_fields:
                value = getattr(record, name)
                if isinstance(value, tuple) and value and isinstance(value[0], Record):
                    update[name] = tuple(entry for entry in map(sever, value) if entry is not None)
            return record.model_copy(update=update) if update else record

        return sever(resolution)

    def marked(self) -> Corpus:
        return replace(
            self.corpus,
            periods=MappingProxyType({key: self.mark(entry, False) for key, entry in self.corpus.periods.items()}),
            statements=self.mark(self.corpus.statements, False),
            resolutions=MappingProxyType({
                slug: self.mark(resolution, False) for slug, resolution in self.corpus.resolutions.items()
            }),
        )  # fmt: skip

    def mark(self, record: R, inside: bool) -> R:
        """A record with the texts of all that is held marked; an entry one report of which is held is marked too."""
        held = inside or self.held(record) or any(map(self.held, getattr(record, "reports", ())))
        update: dict[str, Any] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Record):
                update[name] = tuple(self.mark(entry, held) for entry in value)
        if held:
            for name in marked_fields(type(record), TextKind):
                if (text := getattr(record, name)) is not None:
                    update[name] = LocalText(text, getattr(text, "language", self.corpus.language), "draft")
        return record.model_copy(update=update) if update else record
