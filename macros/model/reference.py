"""What resolutions refer to: the organ, its sessions, periods, documents, partners, places and words."""

from __future__ import annotations

import re
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
    Text,
)

_ID = "What the data refers to it by: small letters, digits and hyphens; never changed."


class Session(Record):
    """A session of the organ."""

    id: LabelId = Field(
        description="Its number or name in addresses; never changed.", examples=[2, 3]
    )
    name: Text = Field(
        description="Its name.", examples=["Second session", "Special session on housing"]
    )
    place: PlaceRef | None = Field(None, description="Where it met: id of a place in places.yml.")
    meetings: tuple[Date, ...] = Field(
        (), description="Its dates; more than one where it was resumed."
    )
    expected: Date | None = Field(None, description="When it is expected, if it has not met yet.")
    note: Text | None = Field(
        None,
        description="What a reader should know of it.",
        examples=["It was adjourned and resumed in 2025.", "It was held online."],
    )
    documents: tuple[DocumentRef, ...] = Field((), description="Its report and other documents.")


class Period(Entry):
    """A reporting period, covered by one report."""

    id: Id = Field(
        description="The organ's own label for it, part of permanent addresses.",
        examples=["eb-2024-2", "eb-2025-1"],
    )
    name: Text = Field(
        description="Its name.",
        examples=["Second session of 2024 of the Executive Board", "Report of 2024"],
    )
    first: Date = Field(description="First day covered.", examples=["2024-05-01", "2024-05"])
    last: Date = Field(description="Last day covered.", examples=["2024-12-31", "2024-12"])
    report: DocumentRef = Field(description="Symbol (or id) of the report in documents.yml.")
    as_of: Date = Field(
        description="The date the report's statements hold for.", examples=["2024-10-01", "2024-10"]
    )
    as_of_basis: Literal["verified", "inferred"] = Field(
        description="Whether the report gives that date, or it is concluded from other facts."
    )
    note: Text | None = Field(
        None,
        description="How the dates are known.",
        examples=[
            "The report gives the months, not the days.",
            "The day is that of the letter to members.",
        ],
    )


@cache
def _slug(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-")


class Document(Record):
    """A document that is cited."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["symbol"]}, {"required": ["id"]}]}
    )

    symbol: str | None = Field(
        None,
        description="Document symbol; absent for documents without one.",
        examples=["A/74/8", "A/76/639"],
    )
    id: Id | None = Field(
        None,
        description="Only for documents without a symbol: small letters, digits and hyphens; never changed.",
        examples=["rural-linkages-newsletter-7", "web-page-of-2025"],
    )
    kind: Annotated[str, Ref("document_kind")] = Field(
        description="Id of a document kind in vocabulary.yml.", examples=["report", "decision"]
    )
    title: Text = Field(
        description="Its title in the working language.",
        examples=["Report of the Executive Director", "Draft guidelines"],
    )
    title_basis: Basis = Field(
        "unofficial",
        description="How the title is known: verified (word for word), inferred (by rule), cited (as generally cited) "
        "or unofficial (our own).",
    )
    date: Date | None = Field(None, description="The date it bears; absent: not known.")
    paragraphs: Annotated[int, Field(ge=1)] | None = Field(
        None,
        description="Number of paragraphs, where known; cited paragraphs are then checked.",
        examples=[49, 12],
    )
    url: Annotated[str, Field(pattern=LINK)] | None = Field(
        None,
        description="Address, where the organ's pattern does not give it.",
        examples=["https://example.org/newsletter-7.pdf", "https://example.org/report"],
    )
    contained_in: DocumentRef | None = Field(
        None, description="Symbol (or id) of the document that holds its text."
    )
    note: Text | None = Field(
        None,
        description="What a reader should know of it.",
        examples=["Seen on an unknown day; it may have changed.", "Only a draft was seen."],
    )

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

    id: Id = Field(description=_ID, examples=["world-bank", "government-kenya"])
    name: Text = Field(
        description="Its official name.", examples=["World Bank", "Government of Kenya"]
    )
    short: Text | None = Field(
        None, description="Abbreviation or short name.", examples=["IBRD", "WFP"]
    )
    kind: Annotated[str, Ref("organization_kind")] = Field(
        description="Id of an organization kind in vocabulary.yml.",
        examples=["government", "un-entity"],
    )
    country: PlaceRef | None = Field(
        None, description="Id of a place in places.yml.", examples=["kenya", "uganda"]
    )
    contact: Annotated[str, Field(pattern=CONTACT)] | None = Field(
        None,
        description="Where readers reach it, if it is a responsible unit: mailto: or https:.",
        examples=["mailto:unit@example.org", "https://example.org/unit"],
    )


class Place(Record):
    """A city, country or region, named in the organ's official terms."""

    id: Id = Field(description=_ID, examples=["nairobi", "kenya"])
    name: Text = Field(description="Its official name.", examples=["Nairobi", "Kenya"])
    kind: Literal["city", "country", "region"] = Field(description="What sort of place it is.")
    country: PlaceRef | None = Field(
        None, description="Id of the country a city lies in.", examples=["kenya", "uganda"]
    )


class Named(Record):
    """A word of the vocabulary."""

    id: Id = Field(description=_ID, examples=["implemented", "housing"])
    name: Text = Field(
        description="The word as readers see it.", examples=["Implemented", "Housing"]
    )


class Status(Named):
    """A state of implementation."""

    definition: Text = Field(
        description="What it means, for readers.",
        examples=[
            "Everything that the source speaks of has been done.",
            "Only preparatory steps are reported.",
        ],
    )
    tone: Literal["idle", "preparing", "active", "standing", "done", "past"] = Field(
        description="Colour and shape it is drawn in."
    )


class EventKind(Named):
    """A kind of event, with the words for its two cases."""

    happened: Text = Field(
        description="The word for it once it has happened.", examples=["Held", "Published"]
    )
    planned: Text = Field(
        description="The word for it while it is planned.",
        examples=["To be held", "To be published"],
    )


class ContributionState(Named):
    """A state of a contribution."""

    definition: Text = Field(
        description="What it means, for readers.",
        examples=["The money has come in.", "Promised but not yet given."],
    )
    counts: bool = Field(
        description="Whether amounts in this state are money that was given or set aside."
    )
    absent: bool = Field(False, description="Whether it says that no money has come.")


class Goal(Record):
    """A Sustainable Development Goal."""

    id: Annotated[int, Field(ge=1, le=17)] = Field(description="Its number.", examples=[11, 13])
    name: Text = Field(
        description="Its short name.",
        examples=["Sustainable cities and communities", "Climate action"],
    )


class Sessions(Record):
    """The file of sessions, in order."""

    sessions: tuple[Session, ...] = Field(description="All sessions, in order.")


class Periods(Record):
    """The file of reporting periods, oldest first."""

    periods: tuple[Period, ...] = Field(description="All reporting periods, oldest first.")


class Documents(Record):
    """The file of documents."""

    documents: tuple[Document, ...] = Field(description="All documents that are cited.")


class Organizations(Record):
    """The file of organizations."""

    organizations: tuple[Organization, ...] = Field(
        description="All organizations that sources name."
    )


class Places(Record):
    """The file of places."""

    places: tuple[Place, ...] = Field(description="All places that sources name.")


class Vocabulary(Record):
    """The organ's own words. Entries keep their order: statuses from the least to the most advanced."""

    names_lists = True

    statuses: tuple[Status, ...] = Field(
        description="States of implementation, from the least to the most advanced."
    )
    themes: tuple[Named, ...] = Field((), description="What resolutions are about.")
    goals: tuple[Goal, ...] = Field((), description="Sustainable Development Goals.")
    event_kinds: tuple[EventKind, ...] = Field((), description="Kinds of events.")
    contribution_kinds: tuple[Named, ...] = Field((), description="Kinds of contributions.")
    contribution_states: tuple[ContributionState, ...] = Field(
        (), description="How far a contribution has come."
    )
    organization_kinds: tuple[Named, ...] = Field((), description="Kinds of organizations.")
    document_kinds: tuple[Named, ...] = Field((), description="Kinds of documents.")
    relation_kinds: tuple[Named, ...] = Field(
        (), description="How one resolution is tied to another."
    )


class DocumentLinks(Record):
    """Where official texts are found, for symbols that begin with one of `prefixes`."""

    prefixes: Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        description="How such symbols begin.", examples=[["A/", "E/"], ["CL/"]]
    )
    address: Annotated[str, Field(pattern=LINK)] = Field(
        description="Address of a document, with {symbol} and, where it has languages, {lang}.",
        examples=[
            "https://documents.example.org/{lang}/{symbol}",
            "https://example.org/documents/{symbol}",
        ],
    )
    languages: tuple[str, ...] = Field(
        (),
        description="Languages the address knows, the first for all others.",
        examples=[["en", "zh"], ["fr"]],
    )


class Body(Record):
    """The organ and how its tracker works."""

    format: Literal[1] = Field(description="Version of the data format.")
    site_name: Text = Field(
        description="Title of the site.",
        examples=["Resolution tracker of the Assembly", "What became of the resolutions"],
    )
    description: Text = Field(
        description="One sentence for search engines and the home page.",
        examples=[
            "What became of every resolution of the Assembly, and who pays for it.",
            "The state of all resolutions, with their sources.",
        ],
    )
    name: Text = Field(
        description="Name of the organ.", examples=["Assembly of the Lakes", "Commission on Rivers"]
    )
    short_name: Text = Field(
        description="Its short name.", examples=["Lakes Assembly", "Commission"]
    )
    secretariat: Text = Field(
        description="Who implements and reports.",
        examples=["Secretariat of the Assembly", "Bureau of the Commission"],
    )
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=LANGUAGE)], ...], Field(min_length=1)
    ] = Field(
        description="Tags of the languages of the site; the first is the one the data is written in.",
        examples=[["en", "zh"], ["fr"]],
    )
    currency: Currency
    reporting_interval_months: Annotated[int, Field(ge=1, le=120)] = Field(
        description="Months from one report to the next.", examples=[6, 12]
    )
    label_pattern: str = Field(
        "{session}/{number}",
        description="Short name of a resolution, from {session}, {number} and {symbol}.",
        examples=["{session}/{number}", "{session}-{number}"],
    )
    symbol_pattern: str | None = Field(
        None,
        description="How symbols of resolutions are made, from {session} and {number}; absent: they have none.",
        examples=["A/RES/{session}/{number}", "E/RES/{session}/{number}"],
    )
    alias_patterns: tuple[str, ...] = Field(
        (),
        description="Further addresses, from {session}, {number}, {symbol}.",
        examples=[["{session}/{number}"], ["{symbol}"]],
    )
    akn_pattern: str | None = Field(
        None,
        description="How identifiers after Akoma Ntoso for the United Nations (AKN4UN) are made, from {date}, {session} "
        "and {number}; absent: none are. They are marked as not authoritative.",
        examples=[
            "/akn/un/statement/deliberation/unga/{date}/{session}-{number}",
            "/akn/un/statement/deliberation/ecosoc/{date}/{session}-{number}",
        ],
    )
    document_links: tuple[DocumentLinks, ...] = Field(
        (), description="Where official texts are found."
    )
    contact: Annotated[str, Field(pattern=CONTACT)] | None = Field(
        None,
        description="Address for readers: mailto: or https:.",
        examples=["mailto:secretariat@example.org", "https://example.org/contact"],
    )
    notes: Text | None = Field(
        None,
        description="Standing note for every page, for example on place names.",
        examples=[
            "The designations employed do not imply the expression of any opinion.",
            "Dates are those of Nairobi.",
        ],
    )


class Translation(Record):
    """One text in another language, beside the original it was made from."""

    original: str = Field(
        description="The text in the working language that was translated.",
        examples=["Adequate housing for all", "Clean water for all"],
    )
    text: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description="The translation. Empty while it waits to be written: the original is shown until then.",
        examples=["人人享有适当住房", "De l’eau propre pour tous"],
    )
    basis: Basis | None = Field(
        None, description="For titles only: how the translated title is known."
    )
