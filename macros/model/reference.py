"""What resolutions refer to: the organ, its sessions, periods, documents, places and words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from macros.model.fields import (
    CONTACT,
    LANGUAGE,
    LINK,
    Basis,
    Currency,
    Date,
    DocumentRef,
    Entry,
    Id,
    LabelId,
    PlaceRef,
    Record,
    Ref,
    RichText,
    Text,
)


class Session(Record):
    """A session of the organ."""

    id: LabelId = Field(examples=[2, 3])
    """Its number or name in addresses; never changed."""
    name: Text = Field(examples=["Second session", "Special session on housing"])
    """Its name."""
    place: PlaceRef | None = None
    """Where it met: id of a place in places.yml."""
    meetings: tuple[Date, ...] = ()
    """Its dates; more than one where it was resumed."""
    expected: Date | None = None
    """When it is expected, if it has not met yet."""
    note: Text | None = Field(None, examples=["It was resumed in 2025.", "It was held online."])
    """What a reader should know of it."""
    documents: tuple[DocumentRef, ...] = ()
    """Its report and other documents."""
    label_pattern: str | None = Field(None, examples=["{number} ({session})", "{session}/{number}"])
    """Short name of its resolutions, where it differs from that in body.yml."""
    symbol_pattern: str | None = Field(
        None, examples=["A/RES/{number} ({session})", "A/RES/{session}/{number}"]
    )
    """Symbols of its resolutions, where they differ from those in body.yml."""


class Period(Entry):
    """A reporting period, covered by one report or compiled from other documents."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["report"]}, {"required": ["compiled_from"]}]}
    )

    id: Id = Field(examples=["eb-2024-2", "eb-2025-1"])
    """The organ's own label for it, part of permanent addresses."""
    name: Text = Field(examples=["Second session of 2024 of the Executive Board", "Report of 2024"])
    """Its name."""
    first: Date = Field(examples=["2024-05-01", "2024-05"])
    """First day covered."""
    last: Date = Field(examples=["2024-12-31", "2024-12"])
    """Last day covered."""
    report: DocumentRef | None = None
    """Symbol (or id) of the report in documents.yml; absent: there is none."""
    compiled_from: tuple[DocumentRef, ...] = ()
    """Symbols (or ids) of the documents that a period without a report was compiled from."""
    as_of: Date = Field(examples=["2024-10-01", "2024-10"])
    """The date the report's statements hold for."""
    as_of_basis: Literal["verified", "inferred"]
    """Whether the report gives that date, or it is concluded from other facts."""
    note: Text | None = Field(None, examples=["Only months are given.", "As in the letter."])
    """How the dates are known."""
    introduction: RichText | None = Field(
        None, examples=["The report covers the first half of 2025.", "It responds to resolution 1."]
    )
    """First paragraph of the report made from the data; absent: the organ and the period."""

    @property
    def judged_on(self) -> date:
        """The day on which its milestones are judged: the first that its as-of date can mean.

        What lies within an inexact date may still have been to come.
        """
        return self.as_of.earliest

    @property
    def documents(self) -> tuple[str, ...]:
        """Its report, or the documents that it was compiled from."""
        return (self.report,) if self.report else self.compiled_from


@cache
def _slug(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-")


class Document(Record):
    """A document that is cited."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["symbol"]}, {"required": ["id"]}]}
    )

    symbol: str | None = Field(None, examples=["A/74/8", "A/76/639"])
    """Document symbol; absent for documents without one."""
    id: Id | None = Field(None, examples=["rural-linkages-newsletter-7", "web-page-of-2025"])
    """Only for documents without a symbol: small letters, digits and hyphens; never changed."""
    kind: Annotated[str, Ref("document_kind")]
    """Id of a document kind in vocabulary.yml."""
    title: Text = Field(examples=["Report of the Executive Director", "Draft guidelines"])
    """Its title in the working language."""
    title_basis: Basis = "unofficial"
    """How the title is known: verified (word for word), inferred (by rule), cited (as generally
    cited) or unofficial (our own)."""
    date: Date | None = None
    """The date it bears; absent: not known."""
    paragraphs: Annotated[int, Field(ge=1)] | None = Field(None, examples=[49, 12])
    """Number of paragraphs, where known; cited paragraphs are then checked."""
    url: Annotated[str, Field(pattern=LINK)] | None = Field(
        None, examples=["https://example.org/newsletter-7.pdf", "https://example.org/report"]
    )
    """Address, where the organ's pattern does not give it."""
    contained_in: DocumentRef | None = None
    """Symbol (or id) of the document that holds its text."""
    note: Text | None = Field(None, examples=["It may have changed.", "Only a draft was seen."])
    """What a reader should know of it."""

    @property
    def key(self) -> str:
        """What the data refers to it by: its symbol, else its id."""
        return self.symbol or self.id or ""

    @property
    def anchor(self) -> str:
        """Its permanent anchor on the page of documents."""
        return self.id or _slug(self.key)

    @property
    def text_key(self) -> str | None:
        """Its symbol or id."""
        return self.key


class Organization(Record):
    """A partner, contributor or author."""

    id: Id = Field(examples=["world-bank", "government-kenya"])
    """What the data refers to it by: small letters, digits and hyphens; never changed."""
    name: Text = Field(examples=["World Bank", "Government of Kenya"])
    """Its official name."""
    short: Text | None = Field(None, examples=["IBRD", "WFP"])
    """Abbreviation or short name."""
    kind: Annotated[str, Ref("organization_kind")]
    """Id of an organization kind in vocabulary.yml."""
    country: PlaceRef | None = None
    """Id of a place in places.yml."""
    contact: Annotated[str, Field(pattern=CONTACT)] | None = Field(
        None, examples=["mailto:unit@example.org", "https://example.org/unit"]
    )
    """Where readers reach it, if it is a responsible unit: mailto: or https:."""


class Place(Record):
    """A city, country or region, named in the organ's official terms."""

    id: Id = Field(examples=["nairobi", "kenya"])
    """What the data refers to it by: small letters, digits and hyphens; never changed."""
    name: Text = Field(examples=["Nairobi", "Kenya"])
    """Its official name."""
    kind: Literal["city", "country", "region"]
    """What sort of place it is."""
    country: PlaceRef | None = None
    """Id of the country a city lies in."""


class Sessions(Record):
    """The file of sessions, in order."""

    sessions: tuple[Session, ...]
    """All sessions, in order."""


class Periods(Record):
    """The file of reporting periods, oldest first."""

    periods: tuple[Period, ...]
    """All reporting periods, oldest first."""


class Documents(Record):
    """The file of documents."""

    documents: tuple[Document, ...]
    """All documents that are cited."""


class Organizations(Record):
    """The file of organizations."""

    organizations: tuple[Organization, ...]
    """All organizations that sources name."""


class Places(Record):
    """The file of places."""

    places: tuple[Place, ...]
    """All places that sources name."""


class DocumentLinks(Record):
    """Where official texts are found, for symbols that begin with one of `prefixes`."""

    prefixes: Annotated[tuple[str, ...], Field(min_length=1)] = Field(examples=[["A/"], ["CL/"]])
    """How such symbols begin."""
    address: Annotated[str, Field(pattern=LINK)] = Field(
        examples=["https://example.org/{lang}/{symbol}", "https://example.org/{symbol}"]
    )
    """Address of a document, with {symbol} and, where it has languages, {lang}."""
    languages: tuple[str, ...] = Field((), examples=[["en", "zh"], ["fr"]])
    """Languages the address knows, the first for all others."""


class Body(Record):
    """The organ and how its tracker works."""

    format: Literal[2]
    """Version of the data format."""
    site_name: Text = Field(examples=["Resolution tracker", "What became of the resolutions"])
    """Title of the site."""
    description: Text = Field(
        examples=["What became of every resolution.", "All resolutions by status."]
    )
    """One sentence for search engines and the home page."""
    name: Text = Field(examples=["Assembly of the Lakes", "Commission on Rivers"])
    """Name of the organ."""
    short_name: Text = Field(examples=["Lakes Assembly", "Commission"])
    """Its short name."""
    secretariat: Text = Field(examples=["Secretariat of the Assembly", "Bureau of the Commission"])
    """Who implements and reports."""
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=LANGUAGE)], ...], Field(min_length=1)
    ] = Field(examples=[["en", "zh"], ["fr"]])
    """Tags of the languages of the site; the first is the one the data is written in."""
    currency: Currency
    tracks_funding: bool = True
    """Whether the site has pages, columns and exports of funding."""
    reporting_interval_months: Annotated[int, Field(ge=1, le=120)] = Field(examples=[6, 12])
    """Months from one report to the next."""
    label_pattern: str = Field(
        "{session}/{number}", examples=["{session}/{number}", "{session}-{number}"]
    )
    """Short name of a resolution, from {session}, {number} and {symbol}."""
    symbol_pattern: str | None = Field(
        None, examples=["A/RES/{session}/{number}", "E/RES/{session}/{number}"]
    )
    """How symbols of resolutions are made, from {session} and {number}; absent: they have none."""
    alias_patterns: tuple[str, ...] = Field((), examples=[["{session}/{number}"], ["{symbol}"]])
    """Further addresses, from {session}, {number}, {symbol}."""
    akn_pattern: str | None = Field(
        None,
        examples=[
            "/akn/un/statement/deliberation/unga/{date}/{session}-{number}",
            "/akn/un/statement/deliberation/ecosoc/{date}/{session}-{number}",
        ],
    )
    """How identifiers after Akoma Ntoso for the United Nations (AKN4UN) are made, from {date},
    {session} and {number}; absent: none are. They are marked as not authoritative."""
    document_links: tuple[DocumentLinks, ...] = ()
    """Where official texts are found."""
    contact: Annotated[str, Field(pattern=CONTACT)] | None = Field(
        None, examples=["mailto:secretariat@example.org", "https://example.org/contact"]
    )
    """Address for readers: mailto: or https:."""
    notes: Text | None = Field(None, examples=["Names imply no opinion.", "Dates are local."])
    """Standing note for every page, for example on place names."""


class Translation(Record):
    """One text in another language, with the original it was made from."""

    original: str = Field(examples=["Adequate housing for all", "Clean water for all"])
    """The text in the working language that was translated."""
    text: Annotated[str, Field(min_length=1)] | None = Field(
        None, examples=["人人享有适当住房", "De l’eau propre pour tous"]
    )
    """The translation. Empty while it waits to be written: the original is shown until then."""
    basis: Basis | None = None
    """For titles only: how the translated title is known."""
