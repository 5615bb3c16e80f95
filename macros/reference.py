"""What resolutions refer to: the organ, its sessions, periods, documents, partners, places and words."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from macros.fields import (
    Basis,
    Currency,
    Date,
    DocumentRef,
    Id,
    LabelId,
    PlaceRef,
    Record,
    Ref,
    Text,
)


class Session(Record):
    """A session of the organ."""

    id: LabelId
    name: Text
    place: PlaceRef | None = Field(None, description="Id of a place.")
    meetings: tuple[Date, ...] = Field((), description="Its dates; more than one where it was resumed.")
    expected: Date | None = Field(None, description="When it is expected, if it has not met yet.")
    note: Text | None = None
    documents: tuple[DocumentRef, ...] = Field((), description="Its report and other documents.")


class Period(Record):
    """A reporting period, covered by one report."""

    id: Id = Field(description="The organ's own label for it, part of permanent addresses.", examples=["eb-2024-2"])
    name: Text
    first: Date = Field(description="First day covered.")
    last: Date = Field(description="Last day covered.")
    report: DocumentRef = Field(description="Symbol of the report.")
    as_of: Date = Field(description="The date the report's statements hold for.")
    as_of_basis: Literal["verified", "inferred"]
    note: Text | None = Field(None, description="How the dates are known.")


class Document(Record):
    """A document that is cited."""

    symbol: str | None = Field(None, description="Document symbol; absent for documents without one.")
    id: Id | None = Field(None, description="Only for documents without a symbol.")
    kind: Annotated[str, Ref("document_kind")] = Field(description="Id of a document kind in vocabulary.yml.")
    title: Text
    title_basis: Basis = "unofficial"
    date: Date | None = None
    paragraphs: Annotated[int, Field(ge=1)] | None = Field(None, description="Number of paragraphs, where known.")
    url: Annotated[str, Field(pattern=r"^https://[^\s\"'<>]+$")] | None = Field(
        None, description="Address, where the organ's pattern does not give it."
    )
    contained_in: DocumentRef | None = Field(None, description="Document that holds its text.")
    note: Text | None = None

    @property
    def key(self) -> str:
        """What the data refers to it by: its symbol, else its id."""
        return self.symbol or self.id or ""

    @property
    def anchor(self) -> str:
        """Its permanent anchor on the page of documents."""
        return self.id or re.sub(r"[^a-z0-9]+", "-", self.key.lower()).strip("-")

    @property
    def text_key(self) -> str | None:
        """Its symbol or id."""
        return self.key


class Organization(Record):
    """A partner, contributor or author."""

    id: Id
    name: Text
    short: Text | None = Field(None, description="Abbreviation or short name.")
    kind: Annotated[str, Ref("organization_kind")] = Field(description="Id of an organization kind in vocabulary.yml.")
    country: PlaceRef | None = Field(None, description="Id of a place.")


class Place(Record):
    """A city, country or region, named in the organ's official terms."""

    id: Id
    name: Text
    kind: Literal["city", "country", "region"]
    country: PlaceRef | None = Field(None, description="Id of the country a city lies in.")


class Named(Record):
    """A word of the vocabulary."""

    id: Id
    name: Text


class Status(Named):
    """A state of implementation."""

    definition: Text = Field(description="What it means, for readers.")
    tone: Literal["idle", "preparing", "active", "standing", "done", "past"] = Field(
        description="Colour and shape it is drawn in."
    )


class EventKind(Named):
    """A kind of event, with the words for its two cases."""

    happened: Text = Field(description="For example: Held.")
    planned: Text = Field(description="For example: To be held.")


class ContributionState(Named):
    """A state of a contribution."""

    definition: Text
    counts: bool = Field(description="Whether amounts in this state are money that was given or set aside.")
    absent: bool = Field(False, description="Whether it says that no money has come.")


class Goal(Record):
    """A Sustainable Development Goal."""

    id: Annotated[int, Field(ge=1, le=17)]
    name: Text


class Sessions(Record):
    """The file of sessions, in order."""

    sessions: tuple[Session, ...]


class Periods(Record):
    """The file of reporting periods, oldest first."""

    periods: tuple[Period, ...]


class Documents(Record):
    """The file of documents."""

    documents: tuple[Document, ...]


class Organizations(Record):
    """The file of organizations."""

    organizations: tuple[Organization, ...]


class Places(Record):
    """The file of places."""

    places: tuple[Place, ...]


class Vocabulary(Record):
    """The organ's own words. Entries keep their order: statuses from the least to the most advanced."""

    names_lists = True

    statuses: tuple[Status, ...]
    themes: tuple[Named, ...] = ()
    goals: tuple[Goal, ...] = ()
    event_kinds: tuple[EventKind, ...] = ()
    contribution_kinds: tuple[Named, ...] = ()
    contribution_states: tuple[ContributionState, ...] = ()
    organization_kinds: tuple[Named, ...] = ()
    document_kinds: tuple[Named, ...] = ()
    relation_kinds: tuple[Named, ...] = ()


class DocumentLinks(Record):
    """Where official texts are found, for symbols that begin with one of `prefixes`."""

    prefixes: Annotated[tuple[str, ...], Field(min_length=1)]
    address: Annotated[str, Field(pattern=r"^https://[^\s\"'<>]+$")] = Field(
        description="With {symbol} and, where it has languages, {lang}."
    )
    languages: tuple[str, ...] = Field((), description="Languages the address knows, the first for all others.")


class Body(Record):
    """The organ and how its tracker works."""

    format: Literal[1] = Field(description="Version of the data format.")
    site_name: Text = Field(description="Title of the site.")
    description: Text = Field(description="One sentence for search engines and the home page.")
    name: Text = Field(description="Name of the organ.")
    short_name: Text
    secretariat: Text = Field(description="Who implements and reports.")
    languages: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")], ...], Field(min_length=1)]
    currency: Currency
    reporting_interval_months: Annotated[int, Field(ge=1, le=120)]
    label_pattern: str = Field("{session}/{number}", description="Short name of a resolution.")
    symbol_pattern: str | None = Field(None, examples=["HSP/HA.{session}/Res.{number}"])
    alias_patterns: tuple[str, ...] = Field((), description="Further addresses, from {session}, {number}, {symbol}.")
    document_links: tuple[DocumentLinks, ...] = ()
    contact: Annotated[str, Field(pattern=r"^(mailto:|https://)[^\s\"'<>]+$")] | None = Field(
        None, description="Address for readers: mailto: or https:."
    )
    notes: Text | None = Field(None, description="Standing note for every page, for example on place names.")


class Translation(Record):
    """One text in another language, beside the original it was made from."""

    original: str = Field(description="The text in the working language that was translated.")
    text: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="The translation. Empty while it waits to be written: the original is shown until then."
    )
    basis: Basis | None = Field(None, description="For titles: verified, cited or unofficial.")
