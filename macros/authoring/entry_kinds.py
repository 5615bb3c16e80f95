"""The kinds of entries that `tracker new` adds: where each goes, and which options it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_origin

from macros.authoring.new_entries import STATEMENTS, resolution_file
from macros.corpus import Corpus
from macros.corpus.corpus import LISTS
from macros.model import Record, Ref, Resolution, Source, resolution
from macros.model.events import Event
from macros.model.fields import descriptions
from macros.model.funding import Contribution, Resource
from macros.model.reference import Document, Organization, Period, Place, Session
from macros.model.traversal import marked_fields, record_fields, records

_SINGULAR = {"themes": "theme", "goals": "goal", "meetings": "meeting", "id": "key"}


@dataclass(frozen=True)
class EntryKind:
    """A kind of entries."""

    record: type[Record]
    help: str
    list: str = ""
    """The list that holds them; empty for resolutions, each a file of its own."""
    argument: str = "RESOLUTION"
    subject: str = ""
    """The field that the argument of the command gives, if it does not name a resolution."""
    words: tuple[str, ...] = ()
    """The fields of which an id is made, and by which entries are found to be the same; the first
    that has a value counts."""
    page: str = "resolutions/{slug}/#{id}"

    def file(self, slug: str | None) -> str:
        """Name the file that holds such entries; `slug` is that of a resolution, if of one."""
        if self.list in LISTS:
            return f"data/{self.list}.yml"
        in_resolution = slug and (not self.list or self.list in Resolution.model_fields)
        return resolution_file(str(slug)) if in_resolution else STATEMENTS

    def entries(self, corpus: Corpus, slug: str | None) -> tuple[Record, ...]:
        """List the entries that there are, in their order."""
        if self.list in LISTS:
            return tuple(getattr(corpus, self.list).values())
        return tuple(getattr(self._holder(corpus, slug), self.list))

    def taken(self, corpus: Corpus, slug: str | None) -> set[str]:
        """List the ids that a new entry may not have."""
        if self.list in LISTS:
            return set(getattr(corpus, self.list))
        entries = (entry for _, entry in records(self._holder(corpus, slug)))
        return {str(key) for entry in entries if (key := getattr(entry, "id", None))}

    def _holder(self, corpus: Corpus, slug: str | None) -> Record:
        in_resolution = slug and self.list in Resolution.model_fields
        return corpus.resolutions[str(slug)] if in_resolution else corpus.statements

    @property
    def has_reports(self) -> bool:
        """Whether later reports are added to an entry that is there."""
        return "reports" in self.record.model_fields


_OPTIONAL = "[RESOLUTION]"

KINDS: Mapping[str, EntryKind] = MappingProxyType({
    "resolution": EntryKind(
        Resolution, "Begin the file of a resolution. LABEL is its name, such as 2/11.",
        argument="LABEL", page="resolutions/{slug}/",
    ),
    "period": EntryKind(
        Period, "Begin a reporting period. ID is its permanent address, such as eb-2025-1.",
        "periods", "ID", "id", page="periods/{id}/",
    ),
    "session": EntryKind(
        Session, "Add a session of the organ. ID is its number.",
        "sessions", "ID", "id", page="sessions/{id}/",
    ),
    "assessment": EntryKind(
        resolution.Assessment, "Judge the status of a RESOLUTION in a period.",
        "assessments",
    ),
    "update": EntryKind(
        resolution.Update, "Add a progress note to a RESOLUTION.",
        "updates", words=("text",),
    ),
    "event": EntryKind(
        Event, "Add a milestone, or with --again its outcome.",
        "events", words=("title",),
    ),
    "contribution": EntryKind(
        Contribution, "Add money given, or with --again a new amount.",
        "contributions", words=("purpose",),
    ),
    "resource": EntryKind(
        Resource, "Add what was required and mobilized. Without a RESOLUTION: for all of them.",
        "resources", _OPTIONAL,
    ),
    "partner": EntryKind(
        resolution.Partner, "Add a partner, or with --again a later report.",
        "partners", words=("organization",),
    ),
    "paragraph": EntryKind(
        resolution.OperativeParagraph, "Add an operative paragraph to a RESOLUTION.",
        "operative_paragraphs", words=("number",),
    ),
    "relation": EntryKind(
        resolution.Relation, "Tie a RESOLUTION to another.",
        "relations", page="resolutions/{slug}/",
    ),
    "statement": EntryKind(
        resolution.OrganStatement, "Add a statement about the organ as a whole.",
        "statements", "", words=("text",), page="periods/{period}/",
    ),
    "correction": EntryKind(
        resolution.Correction,
        "Say what was published wrongly. Without a RESOLUTION: on the whole site.",
        "corrections", _OPTIONAL, words=("text",), page="corrections/#{id}",
    ),
    "document": EntryKind(
        Document, "Add a document. SYMBOL is its symbol, or an id where it has none.",
        "documents", "SYMBOL", "symbol", words=("title",), page="documents/",
    ),
    "organization": EntryKind(
        Organization, "Add an organization by its official NAME.",
        "organizations", "NAME", "name", words=("short", "name"), page="partners/#{id}",
    ),
    "place": EntryKind(
        Place, "Add a city, country or region by its official NAME.",
        "places", "NAME", "name", words=("name",), page="partners/#place-{id}",
    ),
})  # fmt: skip
"""All kinds, by the name of their command."""


def option_name(record: type[Record], name: str) -> str:
    """Name the option, which is also the question, for a field."""
    mark = marked_fields(record, Ref).get(name)
    return "operative" if mark and mark.kind == "paragraph" else _SINGULAR.get(name, name)


def is_list(record: type[Record], name: str) -> bool:
    """Whether a field holds several values."""
    return get_origin(record.model_fields[name].annotation) is tuple


def ordered_fields(record: type[Record]) -> list[str]:
    """List the fields in the order in which they are written."""
    order = {"id": -2, "held": -1, "sources": 1}
    return sorted(record.model_fields, key=lambda name: order.get(name, 0))


def options_of(kind: EntryKind) -> dict[str, tuple[str, bool]]:
    """List the options of the command for a kind.

    Returns:
        By name the help, as the model describes the field, and whether it may be given again.
    """
    options = dict(_options(kind.record))
    if kind.subject:
        options.pop(option_name(kind.record, kind.subject))
    if kind.has_reports:
        options["again"] = "Id of one that is in the data: add what a later report says.", False
    if kind.record is resolution.Correction:
        options.pop("resolution")
    if kind.record is Resolution:
        options.pop("number")
        options["symbol"] = "Its symbol as seen in a source; else made from the pattern.", False
        options["adopted"] = "Day of its adoption, where known.", False
    return options


def _options(record: type[Record]) -> Iterator[tuple[str, tuple[str, bool]]]:
    inner = record_fields(record)
    for name in ordered_fields(record):
        if inner.get(name) is Source or name == "reports":
            yield from _options(inner[name])
        elif name not in inner:
            is_multiple = is_list(record, name) or (record, name) == (Source, "paragraph")
            text = descriptions(record).get(name) or str(record.model_fields[name].description)
            yield option_name(record, name), (text, is_multiple)
