"""An organ's data as one immutable value per language: all that pages and exports are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from macros.model.fields import Record
from macros.model.funding import Mechanism
from macros.model.reference import Body, Document, Organization, Period, Place, Session
from macros.model.resolution import Resolution, Statements
from macros.model.retirements import Retired
from macros.model.vocabulary import Vocabulary

A_PAGE = {"organizations": 400, "places": 400, "documents": 150}
"""Entries on a page of the lists of organizations, of places and of documents."""

SINGLE = ("body", "vocabulary", "statements")
"""Files that hold one record."""
LISTS = ("sessions", "periods", "documents", "organizations", "places")
"""Files that hold one list of entries with ids."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Everything an organ's data says, with its texts in one language.

    `report_template` is the organ's own template of the Word report, if it has one.

    Mappings are by id (resolutions by slug, documents by symbol or id) and keep their order:
    resolutions by session and number, periods and sessions as written. Two corpora are never equal,
    so that results of pure functions can be cached by corpus.
    """

    language: str
    body: Body
    vocabulary: Vocabulary
    statements: Statements
    sessions: Mapping[str, Session]
    periods: Mapping[str, Period]
    documents: Mapping[str, Document]
    organizations: Mapping[str, Organization]
    places: Mapping[str, Place]
    resolutions: Mapping[str, Resolution]
    retired: Retired = field(default_factory=Retired)
    report_template: bytes | None = None

    @cached_property
    def words(self) -> Mapping[str, Mapping[Any, Any]]:
        """The vocabulary by list and id: `words["statuses"]["implemented"]`."""
        return {name: {entry.id: entry for entry in entries} for name, entries in self.vocabulary}

    @cached_property
    def latest_period(self) -> Period | None:
        """The newest reporting period."""
        return self.periods[list(self.periods)[-1]] if self.periods else None

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each resolution among all."""
        return {slug: place for place, slug in enumerate(self.resolutions)}

    @cached_property
    def mechanisms(self) -> Mapping[str, tuple[str, Mechanism]]:
        """All mechanisms by their ids, each with the slug of its resolution."""
        return {
            mechanism.id: (slug, mechanism)
            for slug, resolution in self.resolutions.items()
            for mechanism in resolution.mechanisms
        }

    def top_records(self) -> Iterator[tuple[tuple[str, ...], Record]]:
        """All records that no other holds: each with the stem of its file, and its key in a list.

        Yields:
            For example `(("periods", "eb-2024-2"), …)` or `(("resolutions/2-4",), …)`.
        """
        for stem in SINGLE:
            yield (stem,), getattr(self, stem)
        for stem in LISTS:
            for key, entry in getattr(self, stem).items():
                yield (stem, key), entry
        for retirement in self.retired.entries:
            yield ("retired", retirement.address), retirement
        for slug, resolution in self.resolutions.items():
            yield (f"resolutions/{slug}",), resolution

    def with_records(self, change: Callable[[str, Any], Any], **update: Any) -> Corpus:
        """A copy with other records.

        Args:
            change: Given the stem of a file and a record of it, what takes its place.
            update: Other values of further fields.
        """
        update |= {stem: change(stem, getattr(self, stem)) for stem in SINGLE}
        for stem in LISTS:
            entries = getattr(self, stem).items()
            update[stem] = MappingProxyType({key: change(stem, entry) for key, entry in entries})
        retired = tuple(change("retired", entry) for entry in self.retired.entries)
        resolutions = {
            slug: change(f"resolutions/{slug}", entry) for slug, entry in self.resolutions.items()
        }
        return replace(
            self,
            **update,
            retired=replace(self.retired, entries=retired),
            resolutions=MappingProxyType(resolutions),
        )

    def label(self, slug: str) -> str:
        """The short name of a resolution, such as `2/4`."""
        resolution = self.resolutions[slug]
        pattern = self._session_pattern(resolution, "label_pattern") or self.body.label_pattern
        return resolution.label or resolution.fill(pattern) or slug

    def symbol_pattern(self, resolution: Resolution) -> str | None:
        """How the symbol of a resolution is made: by its session, else by the organ."""
        pattern = self._session_pattern(resolution, "symbol_pattern")
        return pattern or self.body.symbol_pattern

    def _session_pattern(self, resolution: Resolution, name: str) -> str | None:
        session = self.sessions.get(resolution.session or "")
        return getattr(session, name) if session else None

    def place(self, kind: str, key: str) -> int:
        """The place of an entry in the list of its kind: `place("documents", "A/74/8")`."""
        return list(getattr(self, kind)).index(key)

    def list_page(self, kind: str, key: str) -> str:
        """The address of the page that lists an organization, a place or a document."""
        top = "documents/" if kind == "documents" else "partners/"
        number = self.place(kind, key) // A_PAGE[kind] + 1
        return top if number == 1 else f"{top}page-{number}/"
